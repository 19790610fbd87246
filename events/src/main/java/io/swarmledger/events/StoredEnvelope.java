package io.swarmledger.events;

import java.util.Map;
import tools.jackson.core.type.TypeReference;

/**
 * An {@link Envelope} as it lies in the log: columns, and the caller's metadata as unparsed JSON.
 *
 * @param timestamp when the event says that it happened, epoch milliseconds, where a message's own time may not hold it:
 *     where it is not believed; {@code null} otherwise
 * @param metadata a JSON object, or {@code null}
 * @param swarmId the swarm that the log has put the event in
 * @param believedAt what the event's time counts as where it is not believed, epoch milliseconds, or {@code null}
 */
public record StoredEnvelope(
        Double timestamp,
        String source,
        String causationId,
        String correlationId,
        String metadata,
        String recordedBy,
        String swarmId,
        Double believedAt) {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** The envelope, its metadata parsed. Metadata that is no JSON object is taken for none. */
    public Envelope open() {
        return new Envelope(null, timestamp, source, causationId, correlationId, parsedMetadata(), recordedBy);
    }

    /** The metadata that a message of the event has. */
    public Map<String, Object> toMetaData() {
        Map<String, Object> metaData = open().toMetaData();
        if (swarmId != null) {
            metaData.put(Envelope.SWARM, swarmId);
        }
        if (believedAt != null) {
            metaData.put(Envelope.BELIEVED_AT, believedAt);
        }
        return metaData;
    }

    private Map<String, Object> parsedMetadata() {
        if (metadata == null
                || metadata.equals("{}")
                || !metadata.stripLeading().startsWith("{")) {
            return Map.of();
        }
        Map<String, Object> parsed = Json.mapper().readValue(metadata, OBJECT);
        // History that was imported may have such names; the log keeps them, a message cannot carry them.
        parsed.keySet().removeIf(name -> name.startsWith(Envelope.OWN));
        return parsed;
    }
}
