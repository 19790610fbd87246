package io.swarmledger.commands.incident;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.Decides;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.Violation;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.incident.IncidentAcknowledged;
import io.swarmledger.events.incident.IncidentCleared;
import io.swarmledger.events.incident.IncidentEvent;
import io.swarmledger.events.incident.IncidentRaised;
import java.util.List;
import org.axonframework.modelling.command.AggregateRoot;

/** What people and rules said of a cause of trouble. It may be said whenever, and as often as one likes. */
@AggregateRoot(type = Incident.TYPE)
public final class Incident extends LedgerAggregate {

    static final String TYPE = "incident";

    /** What a ledger is told of it: declared as an application declares its own. */
    public static final AggregateType DECLARED =
            new AggregateType(TYPE, IncidentEvent.class, Incident.class, "1", Incident::decide, ObserveIncident::new);

    private long acknowledgements;

    private Incident() {}

    private static LedgerCommand decide(String id, LedgerEvent event) {
        if (event instanceof IncidentRaised e) {
            return new RaiseIncident(id, e.rule(), e.title(), e.swarmId(), e.note(), e.at());
        }
        if (event instanceof IncidentCleared e) {
            return new ClearIncident(id, e.rule(), e.title(), e.swarmId(), e.note(), e.at());
        }
        IncidentAcknowledged e = (IncidentAcknowledged) event;
        return new AcknowledgeIncident(id, e.rule(), e.title(), e.swarmId(), e.note(), e.at());
    }

    @Decides
    void handle(AcknowledgeIncident command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(RaiseIncident command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ClearIncident command, Envelope envelope) {
        decide(command, envelope);
    }

    @Decides
    void handle(ObserveIncident fact, Envelope envelope) {
        observe(fact, envelope);
    }

    @Override
    protected List<Violation> judge(LedgerEvent proposed) {
        return List.of();
    }

    @Override
    protected LedgerEvent complete(LedgerEvent proposed, double now) {
        if (proposed instanceof IncidentAcknowledged e) {
            return new IncidentAcknowledged(id(), e.rule(), e.title(), e.swarmId(), e.note(), or(e.at(), now));
        }
        if (proposed instanceof IncidentRaised e) {
            return new IncidentRaised(id(), e.rule(), e.title(), e.swarmId(), e.note(), or(e.at(), now));
        }
        if (proposed instanceof IncidentCleared e) {
            return new IncidentCleared(id(), e.rule(), e.title(), e.swarmId(), e.note(), or(e.at(), now));
        }
        return proposed;
    }

    @Override
    protected void evolve(LedgerEvent event, double timestamp) {
        if (event instanceof IncidentAcknowledged) {
            acknowledgements++;
        }
    }

    @Override
    protected String type() {
        return TYPE;
    }

    @Override
    protected String describe() {
        return acknowledgements == 0 ? "not acknowledged" : "acknowledged " + acknowledgements + " times";
    }

    @Override
    protected long characters() {
        return 0;
    }
}
