package io.swarmledger.app.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads and checks a file's events on a thread of its own, a few batches ahead of the thread that writes them. Without
 * it that one would spend a quarter of its time on reading.
 */
final class ReadAhead implements AutoCloseable {

    private static final int BATCHES = 4;
    private static final int EVENTS = 250;
    private static final int CHARACTERS = 500_000;

    private final EventSource source;
    private final EventCheck check;
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread = new Thread(this::run, "swarm-ledger-import-reader");

    ReadAhead(EventSource source, EventCheck check) {
        this.source = source;
        this.check = check;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Some events that follow.
     *
     * @param done how far the file is read with them
     * @param failure why there is nothing more, {@code null} if nothing is wrong
     */
    record Batch(List<Checked> events, long done, boolean isLast, Throwable failure) {}

    /**
     * Waits for the next events.
     *
     * @throws ImportRefused if the file cannot be read on
     */
    Batch take() throws InterruptedException {
        Batch batch = batches.take();
        if (batch.failure() instanceof Error error) {
            throw error;
        }
        if (batch.failure() != null) {
            throw (RuntimeException) batch.failure();
        }
        return batch;
    }

    /** Ends the reading, wherever it is, and returns when it has ended. */
    @Override
    public void close() {
        thread.interrupt();
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

    private void run() {
        try {
            Batch batch;
            do {
                batch = read();
                batches.put(batch);
            } while (!batch.isLast());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Batch read() {
        List<Checked> events = new ArrayList<>(EVENTS);
        try {
            int characters = 0;
            while (events.size() < EVENTS && characters < CHARACTERS) {
                if (!source.next()) {
                    return new Batch(events, source.done(), true, null);
                }
                Checked checked = check.check(source);
                events.add(checked);
                characters +=
                        checked.event() == null ? 0 : checked.event().payload().length();
            }
            return new Batch(events, source.done(), false, null);
        } catch (RuntimeException | Error failure) {
            return new Batch(events, 0, true, failure);
        }
    }
}
