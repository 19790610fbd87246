package io.swarmledger.app.door;

import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.commands.swarm.SwarmCommand;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.StoredTypes;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a {@link Wish} is written: the fields of the event's payload, and beside them what surrounds an event. Whoever asks
 * may say elsewhere whose event it is; where nobody does, the payload's own id does, and for a swarm {@code swarmId}.
 */
public final class WishForm {

    /** What may be said of every event, beside its payload. */
    public static final List<String> BESIDE =
            List.of("timestamp", "source", "metadata", "causationId", "correlationId");

    private static final String PAYLOAD = "payload";
    private static final String SWARM_ID = "swarmId";

    private final AggregateTypes aggregates;
    private final Payloads payloads;

    public WishForm(AggregateTypes aggregates, StoredTypes types) {
        this.aggregates = aggregates;
        this.payloads = new Payloads(aggregates, types);
    }

    /** The field that says whose event it is, such as {@code agentId}. */
    public static String ownIdOf(Class<? extends LedgerEvent> event) {
        String type = EventTypes.nameOf(event);
        return type.substring(0, type.indexOf(':')) + "Id";
    }

    /**
     * What is said beside the form.
     *
     * @param id whose event it is, or {@code null}
     * @param eventId the event's own id, or {@code null}
     * @param expectedVersion the version that the aggregate must be at, {@code null} for any
     */
    public record Beside(String id, String eventId, Long expectedVersion, Caller caller) {}

    /**
     * Reads one.
     *
     * @throws MalformedCommand naming the field at fault
     */
    public Wish<?> read(Class<? extends LedgerEvent> type, ObjectNode form, Beside beside) {
        requireKnown(type, form);
        String id = idOf(type, form, beside.id());
        PostedEvent posted;
        try {
            posted = PostedEvent.of(event(type, id, form), payloads);
        } catch (MalformedCommand refusal) {
            throw withoutPayload(refusal);
        }
        LedgerCommand command = aggregates.decide(id, posted.event());
        Envelope envelope =
                beside.eventId() == null ? posted.envelope() : posted.envelope().withId(beside.eventId());
        return new Wish<>(command, posted.metaData(envelope, beside.expectedVersion(), beside.caller()));
    }

    private static void requireKnown(Class<? extends LedgerEvent> type, ObjectNode body) {
        Set<String> known = new LinkedHashSet<>();
        known.add(ownIdOf(type));
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(known::add);
        known.addAll(BESIDE);
        for (String name : body.propertyNames()) {
            if (!known.contains(name)) {
                throw new MalformedCommand(name, "is no field here; those are " + String.join(", ", known));
            }
        }
    }

    private static String idOf(Class<? extends LedgerEvent> type, ObjectNode body, String idInPath) {
        String field = ownIdOf(type);
        JsonNode inBody = body.path(field);
        if (inBody.isMissingNode() || inBody.isNull()) {
            String id = field.equals(SWARM_ID) && idInPath == null ? SwarmCommand.DEFAULT_ID : idInPath;
            return Require.id(field, id);
        }
        if (!inBody.isString()) {
            throw new MalformedCommand(field, "is not text");
        }
        if (idInPath != null && !idInPath.equals(inBody.stringValue())) {
            throw new MalformedCommand(field, "is not the id in the path");
        }
        return Require.id(field, inBody.stringValue());
    }

    /** As it would be sent to where events of every type are taken. */
    private static ObjectNode event(Class<? extends LedgerEvent> type, String id, ObjectNode body) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", EventTypes.nameOf(type));
        event.put("aggregateId", id);
        BESIDE.stream().filter(body::has).forEach(name -> event.set(name, body.remove(name)));
        body.remove(SWARM_ID);
        return event.set(PAYLOAD, body);
    }

    private static MalformedCommand withoutPayload(MalformedCommand refusal) {
        String prefix = PAYLOAD + ".";
        return refusal.field().startsWith(prefix) ? refusal.at(refusal.field().substring(prefix.length())) : refusal;
    }
}
