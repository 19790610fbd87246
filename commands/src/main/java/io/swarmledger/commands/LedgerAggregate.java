package io.swarmledger.commands;

import io.swarmledger.events.Envelope;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OwnId;
import io.swarmledger.events.WrittenPayload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;

/**
 * What aggregates share: they complete a proposed event, judge it, and append it.
 *
 * <p>Rehydration takes any history: events of other features, opaque ones, nulls in every field, every rule broken.
 * The fields are the snapshot, as JSON; they are plain, and nothing in them grows without bound.
 */
public abstract class LedgerAggregate {

    /** The entry of an observed event's metadata that holds the rules that it broke: {@code [{rule, detail}]}. */
    public static final String VIOLATIONS = "violations";

    /**
     * The entry of an event's metadata that holds what was asked for where its aggregate made something else of it: {@code
     * {payload}} with the fields that it changed, and the {@code type} if it is another.
     */
    public static final String ASKED = "asked";

    /** The resource of a unit of work that is the aggregate of its command. */
    private static final String OF_COMMAND = "aggregate of the command";

    @AggregateIdentifier
    private String id;

    private boolean there;
    private String streamType;
    /** That of the first event. */
    private String swarmId;

    protected LedgerAggregate() {}

    /** The aggregate's type, as the log has it. */
    protected abstract String type();

    /**
     * The proposed event with what its caller left out, as of {@code now} (epoch milliseconds). What is given may be
     * changed too: what this answers is judged, applied and recorded. Its own id it has at any rate. A {@link
     * CommandRefused} that it throws refuses the command; whatever else it throws is a fault of the application's.
     */
    protected abstract LedgerEvent complete(LedgerEvent proposed, double now);

    /** The same with what it takes itself to be of; of an observed fact only whoever observed it says that. */
    protected LedgerEvent decided(LedgerEvent completed) {
        return completed;
    }

    /** The rules that the event breaks. */
    protected abstract List<Violation> judge(LedgerEvent proposed);

    /** Takes in what happened at {@code timestamp} (epoch milliseconds), whatever it is. */
    protected abstract void evolve(LedgerEvent event, double timestamp);

    /** The swarm that it belongs to where its first event names none. */
    protected String swarmOfItsOwn() {
        return Envelope.DEFAULT_SWARM_ID;
    }

    /** The state in a few words, for a refusal. */
    protected abstract String describe();

    /** How many characters its fields hold beside its id, about. */
    protected abstract long characters();

    /** The same, its id too, of the aggregate that the command under way is for; 0 if no event of it was applied. */
    public static long charactersOfCommand() {
        return CurrentUnitOfWork.map(unit -> unit.<LedgerAggregate>getResource(OF_COMMAND))
                .map(aggregate -> aggregate.id.length() + aggregate.characters())
                .orElse(0L);
    }

    /** How many characters that is; none of what is not there. */
    protected static int lengthOf(String text) {
        return text == null ? 0 : text.length();
    }

    protected final String id() {
        return id;
    }

    /** Appends what the command asks for, unless it expects another version or a rule is broken. */
    protected final void decide(LedgerCommand command, Envelope envelope) {
        requireOtherCause(envelope);
        claim(command);
        if (!there && !command.creates()) {
            throw new UnknownAggregate(type(), id);
        }
        requireExpectedVersion();
        LedgerEvent event = completed(command, envelope, completed -> decided(completed));
        judge(event).stream().findFirst().ifPresent(violation -> {
            throw new RuleBroken(violation, type(), id, describe());
        });
        append(command, event, envelope);
    }

    /**
     * Appends the fact, whatever the rules say; those that it breaks are noted in its metadata. Only an expected version
     * stops it: that is the caller's own word.
     */
    protected final void observe(Observe fact, Envelope envelope) {
        requireOtherCause(envelope);
        claim(fact);
        requireExpectedVersion();
        LedgerEvent event = completed(fact, envelope, UnaryOperator.identity());
        List<Map<String, Object>> violations =
                judge(event).stream().map(Violation::toMetaData).toList();
        append(fact, event, violations.isEmpty() ? envelope : envelope.with(VIOLATIONS, violations));
    }

    private LedgerEvent completed(LedgerCommand command, Envelope envelope, UnaryOperator<LedgerEvent> then) {
        LedgerEvent asked = command.event();
        Facts.checkOwnId(id, asked);
        double now = timeOf(envelope);
        LedgerEvent event = made(asked, () -> {
            LedgerEvent completed = complete(asked, now);
            return completed == null ? null : then.apply(completed);
        });
        requireRecordable(asked, event);
        return OwnId.of(event.getClass())
                .filter(own -> own.in(event) == null)
                .map(own -> own.with(event, id))
                .orElse(event);
    }

    private LedgerEvent made(LedgerEvent asked, Supplier<LedgerEvent> made) {
        try {
            return made.get();
        } catch (Throwable thrown) {
            if (thrown instanceof CommandRefused
                    || thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
                throw thrown;
            }
            throw CompletionFailed.threw(getClass(), asked, thrown);
        }
    }

    /**
     * What is nothing would be recorded as nothing, and its stream could never be read again. An event of another type's in
     * it no view would be told of, and no program could observe again.
     */
    private void requireRecordable(LedgerEvent asked, LedgerEvent event) {
        if (event == null) {
            throw CompletionFailed.to(getClass(), asked, "nothing");
        }
        if (event == asked) {
            return;
        }
        String made = EventTypes.nameOf(event);
        if (event.getClass() != asked.getClass() && !EventTypes.kindOf(made).equals(type())) {
            throw CompletionFailed.to(getClass(), asked, "a " + made + ", which is no event of a " + type());
        }
        try {
            Facts.checkOwnId(id, event);
            Facts.requireNumbers(event);
        } catch (MalformedCommand defect) {
            // Who asked with that number is told so.
            Facts.requireNumbers(asked);
            throw CompletionFailed.to(getClass(), asked, "a " + made + " whose " + defect.getMessage());
        }
    }

    @EventSourcingHandler
    void on(LedgerEvent event, DomainEventMessage<?> message) {
        if (message.getAggregateIdentifier() != null) {
            id = message.getAggregateIdentifier();
        }
        if (!there) {
            there = true;
            streamType = message.getType();
            swarmId = Envelope.swarmIdOf(message.getMetaData());
        }
        evolve(event, millis(message.getTimestamp()));
        CurrentUnitOfWork.ifStarted(unit -> unit.resources().put(OF_COMMAND, this));
    }

    /** Snapshots are read by id alone: one that another type left still says whose stream this is. */
    @EventSourcingHandler
    void on(LedgerAggregate snapshot, DomainEventMessage<?> message) {
        if (snapshot != this) {
            id = message.getAggregateIdentifier();
            there = true;
            streamType = message.getType();
        }
    }

    /** What follows from nothing but itself is not well-formed, whatever has happened. */
    private static void requireOtherCause(Envelope envelope) {
        if (envelope.eventId() != null && envelope.eventId().equals(envelope.causationId())) {
            throw MalformedCommand.outOfRange("causationId", "is the event's own id: an event cannot cause itself");
        }
    }

    private void claim(LedgerCommand command) {
        if (there && !isOwn(streamType)) {
            throw new IdBelongsToAnotherType(command.aggregateId(), type(), streamType);
        }
        id = command.aggregateId();
    }

    /** Axon's fixtures name a stream after the class of its aggregate, as logs of Axon do where nothing else is said. */
    private boolean isOwn(String stream) {
        return type().equals(stream) || getClass().getSimpleName().equals(stream);
    }

    private void requireExpectedVersion() {
        CurrentUnitOfWork.map(UnitOfWork::getMessage)
                .flatMap(ExpectedVersion::in)
                .ifPresent(expected -> {
                    Long last = AggregateLifecycle.getVersion();
                    long current = last == null ? 0 : last + 1;
                    if (current != expected) {
                        throw new VersionConflict(type(), id, expected, current);
                    }
                });
    }

    private void append(LedgerCommand command, LedgerEvent event, Envelope envelope) {
        Optional<WrittenPayload> written = CurrentUnitOfWork.map(UnitOfWork::getMessage)
                .flatMap(message -> WrittenPayload.in(message.getMetaData()));
        // The ledger's own aggregates change nothing that is given, and nobody what they do not understand.
        if (Facts.isOfLedger(event)) {
            append(event, envelope, written);
            return;
        }
        Facts.requireNumbers(event);
        LedgerEvent asked = command.event();
        WrittenPayload.Held held =
                written.orElseGet(() -> WrittenPayload.of(asked)).heldTo(event);
        append(
                event,
                held.changed().isEmpty() ? envelope : envelope.with(ASKED, asked(asked, event, held.changed())),
                written.map(given -> held.written()));
    }

    private static Map<String, Object> asked(LedgerEvent asked, LedgerEvent event, Map<String, Object> changed) {
        Map<String, Object> note = new LinkedHashMap<>();
        if (!EventTypes.nameOf(asked).equals(EventTypes.nameOf(event))) {
            note.put("type", EventTypes.nameOf(asked));
        }
        note.put("payload", changed);
        return note;
    }

    private void append(LedgerEvent event, Envelope envelope, Optional<WrittenPayload> written) {
        MetaData metaData = MetaData.from(envelope.toMetaData()).and(Envelope.SWARM, swarmOf(envelope));
        AggregateLifecycle.apply(
                event,
                written.map(payload -> metaData.mergedWith(payload.toMetaData()))
                        .orElse(metaData));
    }

    /** The one that the event names, or else that of the first event. */
    private String swarmOf(Envelope envelope) {
        String named = Envelope.swarmNamedIn(envelope.metadata());
        String belongsTo = named != null ? named : there ? swarmId : swarmOfItsOwn();
        CurrentUnitOfWork.map(UnitOfWork::getMessage)
                .map(command -> command.getMetaData().get(Envelope.SWARM))
                .filter(expected -> !expected.equals(belongsTo))
                .ifPresent(expected -> {
                    throw new MalformedCommand(
                            Envelope.SWARM_ID,
                            "is not the swarm that the event belongs to: its metadata names none, and the " + type()
                                    + " " + id + " belongs to " + belongsTo);
                });
        return belongsTo;
    }

    private static double timeOf(Envelope envelope) {
        Double given = Require.time("timestamp", envelope.timestamp());
        return given != null ? given : GenericEventMessage.clock.millis();
    }

    private static double millis(Instant instant) {
        return instant.getEpochSecond() * 1e3 + instant.getNano() / 1e6;
    }

    /** What was given, or else the value that stands in for it. */
    protected static <T> T or(T given, T otherwise) {
        return given != null ? given : otherwise;
    }

    /**
     * From {@code start} to {@code end}, never negative though clocks go backwards; {@code null} without a start, or with
     * one that only imported history can have, such as infinity.
     */
    protected static Double between(Double start, double end) {
        return start == null || !Double.isFinite(end - start) ? null : Double.valueOf(Math.max(0, end - start));
    }
}
