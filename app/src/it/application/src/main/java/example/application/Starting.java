package example.application;

import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.events.agent.AgentSpawned;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/** Starts each agent whose role says so before whoever spawned it is answered: a command for the aggregate of its event. */
@Component
@ProcessingGroup("starting")
class Starting {

    private final CommandGateway commands;

    Starting(CommandGateway commands) {
        this.commands = commands;
    }

    @EventHandler
    void on(AgentSpawned spawned) {
        if (spawned.role().equals("at once")) {
            commands.sendAndWait(new StartAgent(spawned.agentId()));
        }
    }
}
