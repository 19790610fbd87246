package io.swarmledger.events;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What surrounds an event: who says so and when, what caused it, and whatever metadata the caller adds. A caller sends
 * it along with a command as that message's metadata; the event carries it into the log.
 *
 * <p>In the metadata of an Axon message the caller's metadata lies as it is, so that {@code MetaData.with("swarmId",
 * "alpha")} does what it says, and the rest beside it under names that begin with {@value #OWN}.
 *
 * @param eventId the caller's own id for the event, or {@code null}: the ledger makes a UUIDv7
 * @param timestamp when it happened, epoch milliseconds, or {@code null}: when the command arrives
 * @param source an agent's id, or {@value #DEFAULT_SOURCE}
 * @param causationId the id of the event that caused this one, or {@code null}
 * @param correlationId what this event belongs to, such as a run, or {@code null}
 * @param metadata any JSON object without names that begin with {@value #OWN}
 * @param recordedBy the name of the token under which it arrived, or {@code null}
 */
public record Envelope(
        String eventId,
        Double timestamp,
        String source,
        String causationId,
        String correlationId,
        Map<String, Object> metadata,
        String recordedBy) {

    public static final String OWN = "ledger.";
    public static final String EVENT_ID = OWN + "eventId";
    public static final String TIMESTAMP = OWN + "timestamp";
    public static final String SOURCE = OWN + "source";
    public static final String CAUSATION_ID = OWN + "causationId";
    public static final String CORRELATION_ID = OWN + "correlationId";
    public static final String RECORDED_BY = OWN + "recordedBy";

    /** Of an event whose time is not believed: the time that it counts as. */
    public static final String BELIEVED_AT = OWN + "believedAt";

    public static final String SWARM_ID = "swarmId";
    public static final String DEFAULT_SOURCE = "swarm";
    public static final String DEFAULT_SWARM_ID = "swarm";

    public Envelope {
        source = source == null ? DEFAULT_SOURCE : source;
        metadata = metadata == null || metadata.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        metadata.keySet().stream()
                .filter(key -> key.startsWith(OWN))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException("metadata: the name " + key + " is the ledger's own");
                });
    }

    /** An envelope that says nothing but its source. */
    public static Envelope from(String source) {
        return new Envelope(null, null, source, null, null, Map.of(), null);
    }

    /** The envelope that the metadata of a message holds. */
    public static Envelope of(Map<String, ?> messageMetaData) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        messageMetaData.forEach((key, value) -> {
            if (!key.startsWith(OWN)) {
                metadata.put(key, value);
            }
        });
        return new Envelope(
                text(messageMetaData, EVENT_ID),
                number(messageMetaData, TIMESTAMP),
                text(messageMetaData, SOURCE),
                text(messageMetaData, CAUSATION_ID),
                text(messageMetaData, CORRELATION_ID),
                metadata,
                text(messageMetaData, RECORDED_BY));
    }

    /** This envelope as the metadata of a message; what is {@code null} or the default has no entry. */
    public Map<String, Object> toMetaData() {
        Map<String, Object> result = new LinkedHashMap<>(metadata);
        putIfPresent(result, EVENT_ID, eventId);
        putIfPresent(result, TIMESTAMP, timestamp);
        putIfPresent(result, SOURCE, source.equals(DEFAULT_SOURCE) ? null : source);
        putIfPresent(result, CAUSATION_ID, causationId);
        putIfPresent(result, CORRELATION_ID, correlationId);
        putIfPresent(result, RECORDED_BY, recordedBy);
        return result;
    }

    /** The swarm that this belongs to: {@code metadata.swarmId}, or {@value #DEFAULT_SWARM_ID}. */
    public String swarmId() {
        return swarmIdOf(metadata);
    }

    /** The swarm that metadata names, or {@value #DEFAULT_SWARM_ID}. */
    public static String swarmIdOf(Map<String, ?> metadata) {
        return metadata.get(SWARM_ID) instanceof String swarmId ? swarmId : DEFAULT_SWARM_ID;
    }

    /** The same, with the caller's own id for the event. */
    public Envelope withId(String id) {
        return new Envelope(id, timestamp, source, causationId, correlationId, metadata, recordedBy);
    }

    /** The same, happening at {@code epochMillis}. */
    public Envelope at(double epochMillis) {
        return new Envelope(eventId, epochMillis, source, causationId, correlationId, metadata, recordedBy);
    }

    /** The same, caused by the event of that id. */
    public Envelope causedBy(String id) {
        return new Envelope(eventId, timestamp, source, id, correlationId, metadata, recordedBy);
    }

    /** The same, belonging to {@code id}. */
    public Envelope correlatedWith(String id) {
        return new Envelope(eventId, timestamp, source, causationId, id, metadata, recordedBy);
    }

    /** The same, belonging to that swarm. */
    public Envelope inSwarm(String swarmId) {
        return with(SWARM_ID, swarmId);
    }

    /** The same, with one more entry in the caller's metadata. */
    public Envelope with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new Envelope(eventId, timestamp, source, causationId, correlationId, more, recordedBy);
    }

    private static void putIfPresent(Map<String, Object> map, String key, Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static String text(Map<String, ?> map, String key) {
        return map.get(key) instanceof String text ? text : null;
    }

    private static Double number(Map<String, ?> map, String key) {
        return map.get(key) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }
}
