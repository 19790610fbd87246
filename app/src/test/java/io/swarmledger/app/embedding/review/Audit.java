package io.swarmledger.app.embedding.review;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.Decides;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.Observe;
import io.swarmledger.commands.Violation;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.EventType;
import io.swarmledger.events.LedgerEvent;
import java.util.List;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What is only recorded: no rule judges it, and nothing is told of it. */
@AggregateRoot(type = "audit")
public final class Audit extends LedgerAggregate {

    public static final AggregateType DECLARED =
            new AggregateType("audit", AuditEvent.class, Audit.class, "1", ObserveAudit::new, ObserveAudit::new);

    sealed interface AuditEvent extends LedgerEvent {

        @EventType(value = "audit:held", begins = true)
        record AuditHeld(String finding) implements AuditEvent {}
    }

    record ObserveAudit(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

        ObserveAudit {
            Observe.require("audit", aggregateId, event);
        }

        @Override
        public String aggregateType() {
            return "audit";
        }
    }

    private Audit() {}

    @Decides
    void handle(ObserveAudit fact, Envelope envelope) {
        observe(fact, envelope);
    }

    @Override
    protected String type() {
        return "audit";
    }

    @Override
    protected LedgerEvent complete(LedgerEvent proposed, double now) {
        return proposed;
    }

    @Override
    protected List<Violation> judge(LedgerEvent proposed) {
        return List.of();
    }

    @Override
    protected void evolve(LedgerEvent event, double timestamp) {}

    @Override
    protected String describe() {
        return "held";
    }

    @Override
    protected long characters() {
        return 0;
    }
}
