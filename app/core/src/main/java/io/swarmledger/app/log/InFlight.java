package io.swarmledger.app.log;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an event processor was handed and has not committed yet. It takes a thousand events and more before the first is
 * processed, however large they are; so it is handed no more of them than so many bytes.
 */
public final class InFlight {

    /** Of the memory that the process may have, for each processor. */
    private static final int SHARE_OF_MEMORY = 128;

    private static final long MOST_BYTES = 16L << 20;

    private final long capacity;
    private final Deque<Handed> handed = new ArrayDeque<>();
    private long bytes;
    private Runnable whenRoom = () -> {};

    public InFlight() {
        this(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY));
    }

    /** That of somebody who never says what was committed: there is always room. */
    static InFlight unbounded() {
        return new InFlight(Long.MAX_VALUE);
    }

    InFlight(long capacity) {
        this.capacity = capacity;
    }

    private record Handed(long position, long bytes) {}

    /** Begins anew: what a processor that begins anew was handed before, it is handed again. */
    synchronized void begin() {
        handed.clear();
        bytes = 0;
    }

    /** Has {@code callback} run when there is room again. */
    synchronized void whenRoom(Runnable callback) {
        whenRoom = callback;
    }

    synchronized boolean hasRoom() {
        return bytes < capacity;
    }

    synchronized void hand(long position, long size) {
        if (capacity < Long.MAX_VALUE) {
            handed.addLast(new Handed(position, size));
            bytes += size;
        }
    }

    /** The processor has committed everything up to {@code position}. */
    public void committed(long position) {
        Runnable told;
        synchronized (this) {
            boolean had = hasRoom();
            while (!handed.isEmpty() && handed.getFirst().position() <= position) {
                bytes -= handed.removeFirst().bytes();
            }
            told = !had && hasRoom() ? whenRoom : () -> {};
        }
        told.run();
    }
}
