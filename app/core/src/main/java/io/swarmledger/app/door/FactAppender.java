package io.swarmledger.app.door;

import io.swarmledger.app.command.EventIdTaken;
import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.WrittenPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;

/** Appends facts in their order, as what has happened elsewhere. What the log has already is passed over, whatever it says. */
public final class FactAppender {

    /** What an event does without rather than not to be there. */
    private static final List<String> CONTENT = List.of("input", "output", "text", "hook");

    private final LedgerCommandGateway gateway;
    private final Payloads payloads;
    private final Known known;

    public FactAppender(LedgerCommandGateway gateway, Payloads payloads, Known known) {
        this.gateway = gateway;
        this.payloads = payloads;
        this.known = known;
    }

    /**
     * What became of facts.
     *
     * @param added how many are events now, on disk
     * @param known how many were before
     * @param refused why others cannot be events at all
     */
    public record Outcome(int added, int known, List<String> refused) {}

    /**
     * Appends them.
     *
     * @throws LogFault if the log cannot be written; those before are there
     */
    public Outcome append(List<Fact> facts, Caller caller) {
        List<String> refused = new ArrayList<>();
        List<Wanted> left = new ArrayList<>();
        Set<String> there = known.those(facts.stream().map(Fact::id).toList());
        for (Fact fact : facts) {
            if (!there.contains(fact.id())) {
                want(fact, caller, left, refused);
            }
        }
        int had = facts.size() - left.size() - refused.size();
        int added = 0;
        while (!left.isEmpty()) {
            List<Appended> answers = new ArrayList<>();
            try {
                gateway.sendAndWaitAll(left.stream().map(Wanted::message).toList(), answers::add);
                return new Outcome(added + answers.size(), had, refused);
            } catch (RuntimeException refusal) {
                added += answers.size();
                Fact first = left.get(answers.size()).fact();
                left = new ArrayList<>(left.subList(answers.size() + 1, left.size()));
                if (refusal instanceof EventIdTaken) {
                    had++;
                } else if (isTooLarge(refusal) && hasContent(first)) {
                    List<Wanted> smaller = new ArrayList<>();
                    want(withoutContent(first), caller, smaller, refused);
                    left.addAll(0, smaller);
                } else if (refusal instanceof LogFault && !isTooLarge(refusal)) {
                    throw refusal;
                } else {
                    refused.add(told(first, refusal));
                }
            }
        }
        return new Outcome(added, had, refused);
    }

    private record Wanted(Fact fact, CommandMessage<LedgerCommand> message) {}

    private void want(Fact fact, Caller caller, List<Wanted> wanted, List<String> refused) {
        try {
            wanted.add(new Wanted(fact, message(fact, caller)));
        } catch (MalformedCommand malformed) {
            refused.add(told(fact, malformed));
        }
    }

    private static String told(Fact fact, RuntimeException refusal) {
        return fact.type() + " of " + fact.aggregateId() + ": " + refusal.getMessage();
    }

    private CommandMessage<LedgerCommand> message(Fact fact, Caller caller) {
        String payload = fact.payloadText();
        LedgerEvent event = payloads.read(fact.type(), payload);
        Envelope envelope = new Envelope(
                fact.id(), fact.timestamp(), fact.source(), fact.causationId(), null, fact.metadata(), null);
        Map<String, Object> metaData = envelope.toMetaData();
        metaData.putAll(caller.toMetaData());
        if (!(event instanceof OpaqueEvent)) {
            metaData.putAll(new WrittenPayload(fact.type(), payload).toMetaData());
        }
        return new GenericCommandMessage<>(
                payloads.aggregates().observe(fact.aggregateType(), fact.aggregateId(), event),
                MetaData.from(metaData));
    }

    private static boolean isTooLarge(RuntimeException refusal) {
        return refusal instanceof LogFault fault && fault.kind() == LogFault.Kind.TOO_LARGE;
    }

    private static boolean hasContent(Fact fact) {
        return CONTENT.stream().anyMatch(fact.payload()::has);
    }

    private static Fact withoutContent(Fact fact) {
        return new Fact(
                fact.id(),
                fact.type(),
                fact.aggregateType(),
                fact.aggregateId(),
                fact.timestamp(),
                fact.source(),
                fact.payload().deepCopy().without(CONTENT),
                fact.metadata(),
                fact.causationId());
    }
}
