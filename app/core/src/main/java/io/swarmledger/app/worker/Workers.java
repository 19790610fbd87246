package io.swarmledger.app.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.AxonThreadFactory;

/**
 * Every thread that a ledger starts, and those of others that it cannot work without. What becomes of them is seen in
 * health; the service ends when one of them is lost, or a file that it cannot work without.
 */
public final class Workers {

    /** Writers are told why before the process ends, and whoever watches its health. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private final Duration notice;
    private final Consumer<String> beforeRound;
    private final Set<Worker> loops = ConcurrentHashMap.newKeySet();
    private final Set<Thread> others = ConcurrentHashMap.newKeySet();
    private final Map<String, Loss> lost = new ConcurrentHashMap<>();
    private final Map<String, Fault> replaced = new ConcurrentHashMap<>();
    private volatile Consumer<String> observer = name -> {};

    public Workers() {
        this(NOTICE);
    }

    /**
     * The same.
     *
     * @param notice how long whoever asks is told of a file that is lost before the service ends
     */
    public Workers(Duration notice) {
        this(notice, name -> {});
    }

    /**
     * The same.
     *
     * @param beforeRound told the name of a loop, or of a thread of the event processors, before each of its rounds; what
     *     it throws, the round throws
     */
    public Workers(Consumer<String> beforeRound) {
        this(NOTICE, beforeRound);
    }

    private Workers(Duration notice, Consumer<String> beforeRound) {
        this.notice = notice;
        this.beforeRound = beforeRound;
    }

    private record Fault(Error error, long at, long nanos) {}

    /** What is lost, and from when on there is no waiting. */
    private record Loss(Standing standing, long endsAtNanos) {}

    /** Has somebody told the name of a loop whenever a round of it failed, and of other threads that met an error. */
    public void observe(Consumer<String> failed) {
        observer = failed;
    }

    /** Starts a loop, which goes on until it is closed. */
    public Worker loop(String name, Worker.Round round) {
        Worker worker = new Worker(name, round, beforeRound, loops::remove, failed -> observer.accept(failed));
        loops.add(worker);
        worker.start();
        return worker;
    }

    /** Does something once, on a thread of its own, which nobody waits for. What it throws is for it to tell. */
    public static Thread once(String name, Runnable work) {
        Thread thread = unstarted(name, work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The same, for others to start. */
    public static Thread unstarted(String name, Runnable work) {
        return new Thread(work, name);
    }

    /** So many threads, for work that tells its own failures: one that an error ends is replaced. */
    public static ThreadPoolExecutor pool(String name, int threads) {
        return new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new AxonThreadFactory(name));
    }

    /**
     * A thread for others' work that has no word for an {@link Error} and would wait for ever for what comes after it:
     * met with one, it is lost.
     */
    public ScheduledExecutorService guarded(String name) {
        return new GuardedExecutor(name, beforeRound, error -> lost(name, error));
    }

    /** A thread of that name met an error, and there is no other to do what it did. */
    public void lost(String name, Error error) {
        lost(Standing.lost(name, error, System.currentTimeMillis()), Duration.ZERO);
    }

    /**
     * Something else is lost that the process cannot work without, and only a new start brings it back. Health says so at
     * once, the service ends a while later.
     */
    public void lost(String name, String reason) {
        lost(Standing.lost(name, reason), notice);
    }

    private void lost(Standing standing, Duration within) {
        if (lost.putIfAbsent(standing.name(), new Loss(standing, System.nanoTime() + within.toNanos())) == null) {
            observer.accept(standing.name());
        }
    }

    /** A thread of that name met an error, and another one takes its place. */
    void replaced(String name, Error error) {
        replaced.put(name, new Fault(error, System.currentTimeMillis(), System.nanoTime()));
        observer.accept(name);
    }

    /** The process is of no use without {@code thread}. */
    public void dependOn(Thread thread) {
        others.add(thread);
    }

    /** How they stand, by their names. */
    public List<Standing> standings() {
        List<Standing> all = new ArrayList<>();
        lost.values().forEach(loss -> all.add(loss.standing()));
        loops.forEach(loop -> all.add(loop.standing()));
        others.forEach(thread ->
                all.add(thread.isAlive() ? Standing.ok(thread.getName()) : Standing.lost(thread.getName(), null, 0)));
        long now = System.nanoTime();
        replaced.forEach(
                (name, fault) -> all.add(Standing.goingOn(name, fault.error(), fault.at(), now - fault.nanos())));
        all.sort(Comparator.comparing(Standing::name));
        return all;
    }

    /** One without which nothing is as it should be, and no notice is left; empty as long as all are there. */
    public Optional<Standing> lost() {
        return standings().stream()
                .filter(one -> one.state() == Standing.State.LOST && !isOnNotice(one.name()))
                .findFirst();
    }

    private boolean isOnNotice(String name) {
        Loss loss = lost.get(name);
        return loss != null && loss.endsAtNanos() - System.nanoTime() > 0;
    }
}
