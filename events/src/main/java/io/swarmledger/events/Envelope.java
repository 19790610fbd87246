package io.swarmledger.events;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** In a message: the swarm that the ledger has put the event in, whether its metadata names one or not. */
    public static final String SWARM = OWN + "swarmId";

    /** In a message: the names of the caller's metadata in their order, which an Axon message does not keep. */
    public static final String NAMES = OWN + "names";

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
        if (messageMetaData.get(NAMES) instanceof List<?> names) {
            names.forEach(name -> metadata.put(String.valueOf(name), null));
        }
        messageMetaData.forEach((key, value) -> {
            if (!key.startsWith(OWN)) {
                metadata.put(key, value);
            }
        });
        metadata.keySet().retainAll(messageMetaData.keySet());
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
        putIfPresent(result, NAMES, metadata.size() > 1 ? List.copyOf(metadata.keySet()) : null);
        putIfPresent(result, EVENT_ID, eventId);
        putIfPresent(result, TIMESTAMP, timestamp);
        putIfPresent(result, SOURCE, source.equals(DEFAULT_SOURCE) ? null : source);
        putIfPresent(result, CAUSATION_ID, causationId);
        putIfPresent(result, CORRELATION_ID, correlationId);
        putIfPresent(result, RECORDED_BY, recordedBy);
        return result;
    }

    /** The swarm that the caller's metadata names; {@code null} if it names none. */
    public static String swarmNamedIn(Map<String, ?> metadata) {
        return metadata.get(SWARM_ID) instanceof String swarmId ? swarmId : null;
    }

    /**
     * The swarm that the event of a message belongs to: the one that the ledger has put it in; of a message that is not in
     * the log the one that it names, or else {@value #DEFAULT_SWARM_ID}.
     */
    public static String swarmIdOf(Map<String, ?> messageMetaData) {
        if (messageMetaData.get(SWARM) instanceof String recorded) {
            return recorded;
        }
        String named = swarmNamedIn(messageMetaData);
        return named != null ? named : DEFAULT_SWARM_ID;
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
