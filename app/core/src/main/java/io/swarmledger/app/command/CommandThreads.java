package io.swarmledger.app.command;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.worker.WatchedPool;
import io.swarmledger.app.worker.Workers;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs commands: those of one aggregate one after the other, in the order of their arrival, those of different ones at
 * once. Each waits in the log's writer for its commit, so the number of threads bounds how many commits share a sync.
 *
 * <p>A caller that waits anyway runs its command itself once it is its turn: measured, a change of threads costs a tenth
 * to a fifth of a command. Nobody else's thread is kept.
 */
public final class CommandThreads implements AutoCloseable {

    private static final String NAME = "swarm-ledger-commands";
    private static final long OFFER_MS = 5_000;
    private static final long DRAIN_MS = 25_000;

    private final int capacity;
    private final Semaphore places;
    private final Workers workers;
    private final WatchedPool threads;
    private final Map<String, Queue<Runnable>> lines = new ConcurrentHashMap<>();
    private final long offerMillis;
    private volatile boolean closing;

    /**
     * Threads that start when they are needed.
     *
     * @param size how many commands of callers that do not wait may run at once
     * @param queue how many more commands may run or wait
     */
    public CommandThreads(int size, int queue, Workers workers) {
        this(size, queue, OFFER_MS, workers);
    }

    CommandThreads(int size, int queue, long offerMillis, Workers workers) {
        this.workers = workers;
        this.offerMillis = offerMillis;
        capacity = size + queue;
        places = new Semaphore(capacity);
        threads = new WatchedPool(workers, NAME, size, new LinkedBlockingQueue<>());
    }

    /**
     * Has a command run on a thread of the pool, after those of the same aggregate that came before it.
     *
     * @param command runs, and says what is to be done once the next of its aggregate may run: whoever is told the
     *     outcome may then send the next command and wait for it
     * @throws LogFault if the places are taken and none becomes free for some seconds, or the ledger is closed
     */
    void execute(String aggregateId, Supplier<Runnable> command) {
        takePlace();
        Runnable turn = () -> hand(() -> run(List.of(aggregateId), command));
        if (isFirst(aggregateId, turn)) {
            turn.run();
        }
    }

    /** Where there is no thread for it, it and all that come after it for the same aggregate would wait for ever. */
    private void hand(Runnable command) {
        try {
            threads.execute(command);
        } catch (Error noThread) {
            workers.lost(NAME, noThread);
            throw noThread;
        }
    }

    /** The same, on the thread of the caller, who waits for its turn and for the end. */
    void executeHere(String aggregateId, Supplier<Runnable> command) {
        executeHere(List.of(aggregateId), command);
    }

    /** The same for commands of several aggregates: it is their turn when it is that of each. */
    void executeHere(SortedSet<String> aggregateIds, Supplier<Runnable> commands) {
        // Everybody takes them in one order: two that want the same ones never wait for each other.
        executeHere(List.copyOf(aggregateIds), commands);
    }

    private void executeHere(List<String> aggregateIds, Supplier<Runnable> command) {
        takePlace();
        for (String aggregateId : aggregateIds) {
            CompletableFuture<Void> turn = new CompletableFuture<>();
            if (!isFirst(aggregateId, () -> turn.complete(null))) {
                turn.join();
            }
        }
        run(aggregateIds, command);
    }

    private boolean isFirst(String aggregateId, Runnable turn) {
        boolean[] first = new boolean[1];
        lines.compute(aggregateId, (id, line) -> {
            first[0] = line == null;
            Queue<Runnable> waiting = first[0] ? new ArrayDeque<>(0) : line;
            if (!first[0]) {
                waiting.add(turn);
            }
            return waiting;
        });
        return first[0];
    }

    private void run(List<String> aggregateIds, Supplier<Runnable> command) {
        Runnable afterwards;
        try {
            afterwards = command.get();
        } finally {
            places.release();
            aggregateIds.forEach(this::letTheNextRun);
        }
        afterwards.run();
    }

    private void letTheNextRun(String aggregateId) {
        lines.computeIfPresent(aggregateId, (id, line) -> {
            Runnable next = line.poll();
            if (next != null) {
                next.run();
            }
            return next == null ? null : line;
        });
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire() && !places.tryAcquire(offerMillis, TimeUnit.MILLISECONDS)) {
                throw new LogFault(
                        LogFault.Kind.OVERLOADED,
                        capacity + " commands run or wait and none ended for " + offerMillis
                                + " ms: nothing was written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogFault(
                    LogFault.Kind.CLOSED, "Interrupted before the command was accepted: nothing was written");
        }
        if (closing) {
            places.release();
            throw new LogFault(LogFault.Kind.CLOSED, "The ledger is closed: nothing was written");
        }
    }

    /** Lets what was accepted finish; what comes later is refused. */
    @Override
    public void close() {
        closing = true;
        try {
            // Holding every place means that nobody is left.
            if (places.tryAcquire(capacity, DRAIN_MS, TimeUnit.MILLISECONDS)) {
                places.release(capacity);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdown();
    }
}
