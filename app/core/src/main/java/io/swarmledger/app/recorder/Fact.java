package io.swarmledger.app.recorder;

import io.swarmledger.events.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a swarm did, as a door understood it, before it is an event. Its id is made of what happened and not of
 * who tells it, so that whichever door comes first, the others find it there; a fact whose id the log has is passed over,
 * whatever it says, since two doors tell the same with different times. It becomes the next version of its stream.
 *
 * @param id as {@link #id} makes it
 * @param type of the event, such as {@code agent:spawned}
 * @param aggregateType {@code agent}, {@code task}, {@code memory} or {@code swarm}
 * @param timestamp when it happened, epoch milliseconds; {@code null} for when it is recorded
 * @param source an agent's id, or {@code swarm}
 * @param metadata any JSON object; {@code swarmId} is in it
 * @param causationId the id of the fact that caused it, or {@code null}
 * @param correlationId what it has in common with others, or {@code null}
 */
public record Fact(
        String id,
        String type,
        String aggregateType,
        String aggregateId,
        Double timestamp,
        String source,
        ObjectNode payload,
        Map<String, Object> metadata,
        String causationId,
        String correlationId) {

    /** Says of a fact that nobody wrote it down: it must have been, since others were. */
    public static final String INFERRED = "inferred";

    /** The setting of {@code --content} under which a fact was told. */
    public static final String CONTENT = "content";

    /** Up to there each whole number is a double. */
    private static final double LARGEST_EXACT = 1L << 53;

    private static final UUID NAMESPACE = UUID.fromString("5b1e0d5c-6c1c-5c1e-9d0a-3f2b7a4c9e11");

    public Fact {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        writeTimesPlainly(payload);
    }

    /** One that has nothing in common with others. */
    public Fact(
            String id,
            String type,
            String aggregateType,
            String aggregateId,
            Double timestamp,
            String source,
            ObjectNode payload,
            Map<String, Object> metadata,
            String causationId) {
        this(id, type, aggregateType, aggregateId, timestamp, source, payload, metadata, causationId, null);
    }

    /** A tree would write a time with an exponent. */
    private static void writeTimesPlainly(ObjectNode payload) {
        for (String name : List.copyOf(payload.propertyNames())) {
            JsonNode value = payload.get(name);
            if (value.isDouble()
                    && value.doubleValue() == Math.rint(value.doubleValue())
                    && Math.abs(value.doubleValue()) <= LARGEST_EXACT) {
                payload.put(name, (long) value.doubleValue());
            }
        }
    }

    /** The payload as it is stored. */
    public String payloadText() {
        return Json.mapper().writeValueAsString(payload);
    }

    /**
     * The id of a fact: a UUID of version 5.
     *
     * @param scope what the key is unique in, such as a session
     * @param kind of what happened, such as {@code spawned}
     * @param key of what it happened to, with a number from 1 where it can happen more than once
     */
    public static String id(String scope, String kind, String key) {
        ByteBuffer name = ByteBuffer.allocate(16);
        name.putLong(NAMESPACE.getMostSignificantBits()).putLong(NAMESPACE.getLeastSignificantBits());
        MessageDigest sha1 = sha1();
        sha1.update(name.array());
        ByteBuffer hash =
                ByteBuffer.wrap(sha1.digest((scope + "/" + kind + "/" + key).getBytes(StandardCharsets.UTF_8)));
        long most = hash.getLong() & ~0xF000L | 0x5000L;
        long least = hash.getLong() & ~(0xC0L << 56) | 0x80L << 56;
        return new UUID(most, least).toString();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
