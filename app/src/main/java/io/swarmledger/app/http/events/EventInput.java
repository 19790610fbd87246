package io.swarmledger.app.http.events;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body: it gives out no more than one event may have, and says when it is about to wait for its sender. */
final class EventInput extends FilterInputStream {

    /** What an event has beside payload and metadata, and what is read ahead of it. */
    private static final int BESIDE = 64 << 10;

    private final long maxEventSize;
    private final Runnable beforeWaiting;
    private long left;

    /**
     * A body.
     *
     * @param maxEventSize bytes
     * @param beforeWaiting runs when what has arrived is read and more is asked for
     */
    EventInput(InputStream body, long maxEventSize, Runnable beforeWaiting) {
        super(body);
        this.maxEventSize = maxEventSize;
        this.beforeWaiting = beforeWaiting;
        nextEvent();
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
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }
}
