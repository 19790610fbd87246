package io.swarmledger.app.door;

import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.ExpectedVersion;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.WrittenNumber;
import io.swarmledger.events.WrittenPayload;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.messaging.MetaData;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * What a caller says of an event: the shape in which the ledger shows one. What only the ledger can know ({@code
 * position}, {@code recordedAt}, {@code recordedBy}) is passed over, so that an event can be sent as it was read.
 *
 * @param payload as the caller wrote it
 * @param swarmId the swarm that the event must turn out to belong to; {@code null} for any
 * @param version the version that the event is to become: its aggregate must be at the one before; {@code null} for any
 */
record PostedEvent(
        String aggregateId,
        String aggregateType,
        Long version,
        LedgerEvent event,
        Envelope envelope,
        WrittenPayload payload,
        String swarmId) {

    private static final Set<String> FIELDS = new LinkedHashSet<>(List.of(
            "position",
            "id",
            "type",
            "aggregateId",
            "aggregateType",
            "version",
            "timestamp",
            "source",
            "payload",
            "metadata",
            "causationId",
            "correlationId",
            "swarmId",
            "recordedAt",
            "recordedBy"));

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /**
     * Reads it. Under which token it comes is noted elsewhere.
     *
     * @throws MalformedCommand naming the field at fault
     */
    static PostedEvent of(ObjectNode json, Payloads payloads) {
        for (String name : json.propertyNames()) {
            if (!FIELDS.contains(name)) {
                throw new MalformedCommand(name, "is no field of an event; those are " + String.join(", ", FIELDS));
            }
        }
        String type = Require.text("type", text(json, "type"));
        String aggregateId = Require.id("aggregateId", text(json, "aggregateId"));
        String payload = Json.mapper().writeValueAsString(Require.given("payload", given(json, "payload")));
        Map<String, Object> metadata = metadata(json);
        String swarmId = text(json, "swarmId");
        String named = Envelope.swarmNamedIn(metadata);
        if (swarmId != null && named != null && !swarmId.equals(named)) {
            throw new MalformedCommand("swarmId", "is not the swarm that metadata.swarmId names");
        }
        return new PostedEvent(
                aggregateId,
                text(json, "aggregateType"),
                version(json),
                payloads.read(type, payload),
                new Envelope(
                        text(json, "id"),
                        timestamp(json),
                        text(json, "source"),
                        text(json, "causationId"),
                        text(json, "correlationId"),
                        metadata,
                        null),
                new WrittenPayload(type, payload),
                swarmId);
    }

    /**
     * What goes with its command.
     *
     * @param as its envelope, or another that stands in for it
     * @param expectedVersion the version that the aggregate must be at, {@code null} for any
     * @param caller under whose name it is recorded
     */
    MetaData metaData(Envelope as, Long expectedVersion, Caller caller) {
        Map<String, Object> metaData = as.toMetaData();
        metaData.putAll(caller.toMetaData());
        metaData.putAll(ExpectedVersion.toMetaData(expectedVersion));
        if (!(event instanceof OpaqueEvent)) {
            metaData.putAll(payload.toMetaData());
        }
        if (swarmId != null) {
            metaData.put(Envelope.SWARM, swarmId);
        }
        return MetaData.from(metaData);
    }

    /** The command that asks for it. */
    LedgerCommand command(Mode mode, AggregateTypes aggregates) {
        if (mode == Mode.observe) {
            return aggregates.observe(aggregateType, aggregateId, event);
        }
        LedgerCommand command = aggregates.decide(aggregateId, event);
        if (aggregateType != null && !aggregateType.equals(command.aggregateType())) {
            throw new MalformedCommand(
                    "aggregateType",
                    "is " + aggregateType + ", but " + command.eventType() + " is an event of type "
                            + command.aggregateType());
        }
        return command;
    }

    private static JsonNode given(ObjectNode json, String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static String text(ObjectNode json, String field) {
        JsonNode value = given(json, field);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw new MalformedCommand(field, "is not text");
        }
        String text = value.stringValue();
        if (text.isEmpty()) {
            throw new MalformedCommand(field, "is empty");
        }
        Require.name(field, text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new MalformedCommand(field, "has control characters");
            }
        }
        return text;
    }

    private static Long version(ObjectNode json) {
        JsonNode value = given(json, "version");
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()) {
            throw new MalformedCommand("version", "is not a whole number");
        }
        if (!value.canConvertToLong() || value.longValue() < 1) {
            throw MalformedCommand.outOfRange("version", "is " + value + ", which no event can have");
        }
        return value.longValue();
    }

    private static Double timestamp(ObjectNode json) {
        JsonNode value = given(json, "timestamp");
        if (value == null) {
            return null;
        }
        if (value instanceof POJONode written && written.getPojo() instanceof WrittenNumber number) {
            return number.doubleValue();
        }
        if (!value.isNumber()) {
            throw new MalformedCommand("timestamp", "is not a number of milliseconds");
        }
        return value.numberValue().doubleValue();
    }

    private static Map<String, Object> metadata(ObjectNode json) {
        JsonNode value = given(json, "metadata");
        if (value == null) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw new MalformedCommand("metadata", "is not a JSON object");
        }
        for (String name : value.propertyNames()) {
            if (name.startsWith(Envelope.OWN)) {
                throw new MalformedCommand("metadata." + name, "is a name that the ledger keeps for itself");
            }
        }
        JsonNode swarmId = value.get(Envelope.SWARM_ID);
        if (swarmId != null && swarmId.isString()) {
            Require.name("metadata." + Envelope.SWARM_ID, swarmId.stringValue());
        }
        return Json.mapper().readValue(Json.mapper().writeValueAsString(value), OBJECT);
    }
}
