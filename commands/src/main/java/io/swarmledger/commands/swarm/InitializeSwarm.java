package io.swarmledger.commands.swarm;

import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.swarm.SwarmInitialized;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Brings a swarm into being, once.
 *
 * @param maxAgents how far it may be scaled; left out, without limit
 */
public record InitializeSwarm(
        @TargetAggregateIdentifier String swarmId,
        String topology,
        Long maxAgents,
        Map<String, Object> config,
        Double initializedAt)
        implements SwarmCommand {

    public InitializeSwarm {
        swarmId = swarmId == null ? DEFAULT_ID : Require.newId("swarmId", swarmId);
        Require.name("topology", Require.text("topology", topology));
        Require.count("maxAgents", maxAgents);
        config = Require.object(config);
        Require.time("initializedAt", initializedAt);
    }

    /** The default swarm. */
    public InitializeSwarm(String topology, long maxAgents) {
        this(null, topology, maxAgents, null, null);
    }

    /** A swarm without configuration. */
    public InitializeSwarm(String swarmId, String topology, long maxAgents) {
        this(swarmId, topology, maxAgents, null, null);
    }

    @Override
    public String aggregateId() {
        return swarmId;
    }

    @Override
    public LedgerEvent event() {
        return new SwarmInitialized(topology, maxAgents, config, initializedAt);
    }
}
