package io.swarmledger.app.command;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerAggregate;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.Json;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.WrittenPayload;
import io.swarmledger.query.ReadFault;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.serialization.Serializer;
import tools.jackson.core.JacksonException;

/**
 * A command that comes again is answered as it was at first. It is known by its caller's own id for the event; what the
 * caller says of type, aggregate and payload must be what the log has. What the caller left out, and the aggregate filled
 * in, does not count.
 */
public final class FirstAnswers {

    private final EventLog log;
    private final Serializer serializer;

    public FirstAnswers(EventLog log, Serializer serializer) {
        this.log = log;
        this.serializer = serializer;
    }

    /**
     * What the command was answered when it came first; empty if its caller gave no id, or one that the log does not have.
     *
     * @param metaData of the command's message
     * @throws EventIdTaken if the log has another event of that id
     * @throws io.swarmledger.commands.MalformedCommand if the id is no id
     */
    Optional<Appended> to(LedgerCommand command, Map<String, ?> metaData) {
        return toAny(List.of(metaData)).to(command, metaData);
    }

    /**
     * The same for many commands at once, in one look into the log.
     *
     * @param metaData of each command's message
     */
    Known toAny(Collection<? extends Map<String, ?>> metaData) {
        List<String> ids = metaData.stream()
                .map(one -> one.get(Envelope.EVENT_ID))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
        if (ids.isEmpty()) {
            return new Known(Map.of());
        }
        Map<String, First> known = new HashMap<>();
        for (LogRow row : look(ids)) {
            Appended first = new Appended(row.id(), row.aggregateId(), row.version(), row.position());
            known.put(first.id(), new First(first, row.type(), row.payload(), Asked.in(row.metadata())));
        }
        return new Known(known);
    }

    private List<LogRow> look(List<String> ids) {
        try {
            return log.byIds(ids);
        } catch (ReadFault unreadable) {
            throw new LogFault(LogFault.Kind.BROKEN, "Nothing was written: " + unreadable.getMessage(), unreadable);
        }
    }

    private record First(Appended answer, String storedType, String storedPayload, Asked asked) {}

    /** What a command asked for where its aggregate made something else of it. */
    private record Asked(Map<?, ?> note) {

        static Asked in(String metadata) {
            return new Asked(
                    metadata != null
                                    && metadata.contains('"' + LedgerAggregate.ASKED + '"')
                                    && read(metadata) instanceof Map<?, ?> entries
                                    && entries.get(LedgerAggregate.ASKED) instanceof Map<?, ?> note
                            ? note
                            : Map.of());
        }

        private static Object read(String metadata) {
            try {
                return Json.mapper().readValue(metadata, Object.class);
            } catch (JacksonException noJson) {
                return null;
            }
        }

        boolean was(String type) {
            return type.equals(note.get("type"));
        }

        boolean had(String field, Object value) {
            return note.get("payload") instanceof Map<?, ?> changed
                    && changed.containsKey(field)
                    && Json.same(value, changed.get(field));
        }
    }

    /** Those of some commands' ids that the log had when it was looked up. */
    final class Known {

        private final Map<String, First> byId;

        private Known(Map<String, First> byId) {
            this.byId = byId;
        }

        /** What {@link FirstAnswers#to} answers. */
        Optional<Appended> to(LedgerCommand command, Map<String, ?> metaData) {
            if (!(metaData.get(Envelope.EVENT_ID) instanceof String eventId)) {
                return Optional.empty();
            }
            First first = byId.get(Require.id("id", eventId));
            if (first == null) {
                return Optional.empty();
            }
            requireSame(command, metaData, first);
            return Optional.of(first.answer());
        }
    }

    private void requireSame(LedgerCommand command, Map<String, ?> metaData, First first) {
        Appended answer = first.answer();
        if (!answer.aggregateId().equals(command.aggregateId())) {
            throw new EventIdTaken(answer, "it belongs to " + answer.aggregateId());
        }
        if (!first.storedType().equals(command.eventType()) && !first.asked().was(command.eventType())) {
            throw new EventIdTaken(answer, "it is " + first.storedType());
        }
        try {
            Object stored = Json.mapper().readValue(first.storedPayload(), Object.class);
            Object sent = Json.mapper().readValue(sent(command, metaData), Object.class);
            if (command.event() instanceof OpaqueEvent || !(stored instanceof Map<?, ?> fields)) {
                // No aggregate adds to what it does not understand.
                requireSame(sent, stored, answer, "the payload");
                return;
            }
            ((Map<?, ?>) sent).forEach((field, value) -> {
                String name = String.valueOf(field);
                if (value != null && !first.asked().had(name, value)) {
                    requireSame(value, fields.get(name), answer, name);
                }
            });
        } catch (JacksonException noJson) {
            throw new EventIdTaken(answer, "its payload is no JSON");
        }
    }

    private String sent(LedgerCommand command, Map<String, ?> metaData) {
        return WrittenPayload.in(metaData).map(WrittenPayload::json).orElseGet(() -> serializer
                .serialize(command.event(), String.class)
                .getData());
    }

    private static void requireSame(Object sent, Object stored, Appended first, String what) {
        if (!Json.same(sent, stored)) {
            throw new EventIdTaken(first, what + " is another there");
        }
    }
}
