package io.swarmledger.events;

import java.util.Map;
import tools.jackson.core.type.TypeReference;

/**
 * An {@link Envelope} as it lies in the log: columns, and the caller's metadata as unparsed JSON.
 *
 * @param metadata a JSON object, or {@code null}
 */
public record StoredEnvelope(
        String source, String causationId, String correlationId, String metadata, String recordedBy) {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** The envelope, its metadata parsed. Metadata that is no JSON object is taken for none. */
    public Envelope open() {
        return new Envelope(null, null, source, causationId, correlationId, parsedMetadata(), recordedBy);
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
