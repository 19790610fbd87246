package io.swarmledger.app.worker;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads on a thread of its own, a few pieces ahead of whoever works on them: so reading and working take no longer than the
 * longer of the two. What the reading fails at, an {@link Error} too, is thrown where the piece would have been taken.
 *
 * @param <T> a piece; its source bounds how large it is, and as many as are read ahead are in memory, and two more
 */
public final class ReadAhead<T> implements AutoCloseable {

    private static final long LOOK_MS = 100;

    private final Source<T> source;
    private final BlockingQueue<Piece<T>> pieces;
    private final Thread thread;
    private volatile boolean closed;

    /** Where the pieces come from. For one thread. */
    @FunctionalInterface
    public interface Source<T> {

        /** The next piece; {@code null} behind the last. */
        T next();
    }

    private record Piece<T>(T value, Throwable failure) {}

    /**
     * Begins to read.
     *
     * @param ahead how many pieces wait at most
     */
    public ReadAhead(String name, int ahead, Source<T> source) {
        this.source = source;
        this.pieces = new ArrayBlockingQueue<>(ahead);
        this.thread = Workers.once(name, this::run);
    }

    private void run() {
        boolean more = true;
        while (more && !closed) {
            Piece<T> piece = read();
            more = piece.value() != null;
            hand(piece);
        }
    }

    private Piece<T> read() {
        try {
            return new Piece<>(source.next(), null);
        } catch (Throwable failure) {
            return new Piece<>(null, failure);
        }
    }

    private void hand(Piece<T> piece) {
        try {
            boolean taken = false;
            while (!closed && !taken) {
                taken = pieces.offer(piece, LOOK_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException ending) {
            closed = true;
        }
    }

    /**
     * Waits for the next piece.
     *
     * @return {@code null} behind the last
     */
    public T take() throws InterruptedException {
        Piece<T> piece = null;
        while (piece == null) {
            boolean mayCome = thread.isAlive();
            piece = pieces.poll(LOOK_MS, TimeUnit.MILLISECONDS);
            if (piece == null && !mayCome) {
                throw new IllegalStateException(thread.getName() + " has ended before what it reads");
            }
        }
        if (piece.failure() instanceof Error error) {
            throw error;
        }
        if (piece.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        return piece.value();
    }

    /** Ends the reading, wherever it is, and returns when it has ended. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
