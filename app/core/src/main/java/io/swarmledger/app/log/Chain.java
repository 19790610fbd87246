package io.swarmledger.app.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The hash chain of the log: every event's link is the SHA-256 of the link before it, its position, when it was
 * recorded, and the digest of its row. Whoever knows the last link can tell whether any event before it was changed,
 * deleted, swapped or inserted.
 *
 * <p>A row's digest is made of its columns, each with its length before it, the payload by its own SHA-256: so that one
 * day a payload can be redacted and the chain still holds.
 */
public final class Chain {

    /** How long a link is. */
    public static final int BYTES = 32;

    /** The link before the first event. */
    public static final byte[] BEGINNING = new byte[BYTES];

    private static final int NULL = -1;
    private static final byte INTEGER = 1;
    private static final byte REAL = 2;
    private static final double LONGS = 0x1p63;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Chain::sha256);

    private Chain() {}

    /** The digest of a row, but for its position and when it was recorded, which only the writer knows. */
    public static byte[] digest(EventRow row) {
        byte[] payload = hash(row.payload());
        MessageDigest digest = SHA_256.get();
        add(digest, row.eventId());
        add(digest, row.aggregateId());
        addLong(digest, row.sequenceNumber());
        add(digest, row.aggregateType());
        add(digest, row.timestamp());
        add(digest, row.eventType());
        add(digest, row.revision());
        digest.update(payload);
        add(digest, row.metadata());
        add(digest, row.source());
        add(digest, row.causationId());
        add(digest, row.correlationId());
        add(digest, row.swarmId());
        add(digest, row.recordedBy());
        return digest.digest();
    }

    /** The link of the event at {@code position}, behind {@code before}. */
    public static byte[] link(byte[] before, long position, long recordedAt, byte[] digest) {
        MessageDigest link = SHA_256.get();
        link.update(before);
        addLong(link, position);
        addLong(link, recordedAt);
        link.update(digest);
        return link.digest();
    }

    public static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    private static byte[] hash(String text) {
        return SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(MessageDigest digest, String text) {
        if (text == null) {
            addLong(digest, NULL);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addLong(digest, bytes.length);
        digest.update(bytes);
    }

    /** SQLite stores a real number that is whole as an integer, so that both are one here. */
    private static void add(MessageDigest digest, Number number) {
        if (number instanceof Double real && !(real == Math.rint(real) && Math.abs(real) < LONGS)) {
            digest.update(REAL);
            addLong(digest, Double.doubleToLongBits(real));
        } else {
            digest.update(INTEGER);
            addLong(digest, number.longValue());
        }
    }

    private static void addLong(MessageDigest digest, long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
