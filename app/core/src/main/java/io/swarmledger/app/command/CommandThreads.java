package io.swarmledger.app.command;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.worker.WatchedPool;
import io.swarmledger.app.worker.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
 *
 * <p>A command that is sent while another one runs, by whoever handles its event, say, runs at once on the same thread
 * where it is for the same aggregate: behind its own sender it would wait for ever. The same holds where its aggregate's
 * turn is that of a command which waits, directly or through others, for one that its sender has.
 */
public final class CommandThreads implements AutoCloseable {

    private static final String NAME = "swarm-ledger-commands";
    private static final long OFFER_MS = 5_000;
    private static final long DRAIN_MS = 25_000;

    private final int size;
    private final int capacity;
    private final Semaphore places;
    private final Workers workers;
    private final WatchedPool threads;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final ThreadLocal<Turn> current = new ThreadLocal<>();
    private final Object waiting = new Object();
    private final long offerMillis;
    private int waitingThreads;
    private volatile boolean closing;

    /** Who has an aggregate: a command, and what is sent while it runs. */
    private static final class Turn {

        private final List<String> has = new ArrayList<>(1);
        private volatile String waitsFor;
    }

    /** Of one aggregate: whose turn it is, and who comes next. */
    private static final class Line {

        private volatile Turn now;
        private final Queue<Next> next = new ArrayDeque<>(0);

        Line(Turn now) {
            this.now = now;
        }
    }

    private record Next(Turn turn, Runnable begin) {}

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
        this.size = size;
        this.workers = workers;
        this.offerMillis = offerMillis;
        capacity = size + queue;
        places = new Semaphore(capacity);
        threads = new WatchedPool(workers, NAME, size, new LinkedBlockingQueue<>());
    }

    /** Whether this thread runs a command. */
    private boolean isInTurn() {
        return current.get() != null;
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
        Turn turn = new Turn();
        turn.has.add(aggregateId);
        Runnable begin = () -> hand(() -> run(turn, List.of(aggregateId), command, places::release));
        if (isFirst(aggregateId, turn, begin)) {
            begin.run();
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
        Turn outer = current.get();
        if (outer != null) {
            // Its place is that of the command that it was sent in.
            run(outer, await(outer, aggregateIds), command, () -> {});
            return;
        }
        takePlace();
        Turn turn = new Turn();
        run(turn, await(turn, aggregateIds), command, places::release);
    }

    /** Waits for what it has not yet, and says what that was. */
    private List<String> await(Turn turn, List<String> aggregateIds) {
        List<String> taken = new ArrayList<>(aggregateIds.size());
        for (String aggregateId : aggregateIds) {
            if (!turn.has.contains(aggregateId) && await(turn, aggregateId)) {
                turn.has.add(aggregateId);
                taken.add(aggregateId);
            }
        }
        return taken;
    }

    /** Whether it got that one, and passes by nobody who waits for it. */
    private boolean await(Turn turn, String aggregateId) {
        CompletableFuture<Void> begin = new CompletableFuture<>();
        if (turn.has.isEmpty()) {
            // Nobody waits for who has nothing.
            if (!isFirst(aggregateId, turn, () -> begin.complete(null))) {
                begin.join();
            }
            return true;
        }
        synchronized (waiting) {
            if (waitsFor(turn, aggregateId)) {
                return false;
            }
            turn.waitsFor = aggregateId;
            if (isFirst(aggregateId, turn, () -> begin.complete(null))) {
                turn.waitsFor = null;
                return true;
            }
        }
        whileOthersMayRun(begin::join);
        return true;
    }

    /** Whether who has that aggregate waits, directly or through others, for {@code turn}. */
    private boolean waitsFor(Turn turn, String aggregateId) {
        String wanted = aggregateId;
        while (wanted != null) {
            Line line = lines.get(wanted);
            if (line == null) {
                return false;
            }
            Turn holder = line.now;
            if (holder == turn) {
                return true;
            }
            wanted = holder.waitsFor;
        }
        return false;
    }

    /** A thread of the pool that waits is none for others, and it is them that it may wait for. */
    private void whileOthersMayRun(Runnable wait) {
        if (!isInTurn()) {
            wait.run();
            return;
        }
        resize(1);
        try {
            wait.run();
        } finally {
            resize(-1);
        }
    }

    private void resize(int more) {
        synchronized (waiting) {
            waitingThreads += more;
            int needed = size + waitingThreads;
            if (more > 0) {
                threads.setMaximumPoolSize(needed);
                threads.setCorePoolSize(needed);
            } else {
                threads.setCorePoolSize(needed);
                threads.setMaximumPoolSize(needed);
            }
        }
    }

    private boolean isFirst(String aggregateId, Turn turn, Runnable begin) {
        boolean[] first = new boolean[1];
        lines.compute(aggregateId, (id, line) -> {
            first[0] = line == null;
            if (first[0]) {
                return new Line(turn);
            }
            line.next.add(new Next(turn, begin));
            return line;
        });
        return first[0];
    }

    private void run(Turn turn, List<String> taken, Supplier<Runnable> command, Runnable leave) {
        Turn outer = current.get();
        current.set(turn);
        Runnable afterwards;
        try {
            afterwards = command.get();
        } finally {
            turn.has.removeAll(taken);
            if (outer == null) {
                current.remove();
            }
            leave.run();
            taken.forEach(this::letTheNextRun);
        }
        afterwards.run();
    }

    private void letTheNextRun(String aggregateId) {
        lines.computeIfPresent(aggregateId, (id, line) -> {
            Next next = line.next.poll();
            if (next == null) {
                return null;
            }
            next.turn().waitsFor = null;
            line.now = next.turn();
            next.begin().run();
            return line;
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
