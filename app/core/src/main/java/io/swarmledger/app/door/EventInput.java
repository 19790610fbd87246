package io.swarmledger.app.door;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body: it gives out no more than one event may have, and says when it is about to wait for its sender. */
public final class EventInput extends FilterInputStream {

    /** What an event has beside payload and metadata, and what is read ahead of it. */
    private static final int BESIDE = 64 << 10;

    private final long maxEventSize;
    private final Runnable beforeWaiting;
    private final BodyBytes bytes;
    private final Runnable whenShort;
    private long left;

    /**
     * A body.
     *
     * @param bytes what it occupies
     * @param maxEventSize bytes
     * @param beforeWaiting runs when what has arrived is read and more is asked for
     * @param whenShort runs when more is asked for and bodies have hardly any room left
     */
    public EventInput(
            InputStream body, BodyBytes bytes, long maxEventSize, Runnable beforeWaiting, Runnable whenShort) {
        super(body);
        this.maxEventSize = maxEventSize;
        this.beforeWaiting = beforeWaiting;
        this.whenShort = whenShort;
        this.bytes = bytes;
        nextEvent();
    }

    /** Nothing of what lies before that place is needed any more; bytes. */
    void release(long upTo) {
        bytes.release(upTo);
    }

    /** The limit counts anew. */
    void nextEvent() {
        left = maxEventSize + BESIDE;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("Bodies are read in blocks");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left <= 0) {
            throw BodyTooLarge.event(maxEventSize);
        }
        if (in.available() == 0) {
            beforeWaiting.run();
        } else if (bytes.areShort()) {
            whenShort.run();
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }
}
