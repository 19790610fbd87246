package io.swarmledger.app.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same over and over. Whatever a round throws, an {@link Error} too, the next one comes, after a
 * pause that grows; it is logged once and seen in health. Only one that is met with errors and nothing else gives up.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** With the pauses between them that is half a minute. */
    private static final int MOST_ERRORS = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Round round;
    private final Consumer<String> beforeRound;
    private final Consumer<Worker> ended;
    private final Consumer<String> failed;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean failing;
    private volatile Throwable fault;
    private volatile long faultAt;
    private volatile long faultNanos;
    private volatile long failingSinceNanos;
    private int failures;
    private int errors;
    private String said;

    /** What is done over and over. It may be left with anything thrown: the next round begins as if it were the first. */
    @FunctionalInterface
    public interface Round {

        /** Does what there is to do, and answers how long to rest then unless somebody {@linkplain #wake wakes} it, ns. */
        long run() throws Exception;
    }

    Worker(String name, Round round, Consumer<String> beforeRound, Consumer<Worker> ended, Consumer<String> failed) {
        this.name = name;
        this.round = round;
        this.beforeRound = beforeRound;
        this.ended = ended;
        this.failed = failed;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        boolean goesOn = true;
        while (goesOn && !closing) {
            try {
                beforeRound.accept(name);
                long rest = round.run();
                getsOn();
                if (rest > 0 && !closing) {
                    LockSupport.parkNanos(this, rest);
                }
                // Only close() ends it: somebody else's interrupt would have it never rest again.
                Thread.interrupted();
            } catch (Throwable failure) {
                goesOn = goesOnAfter(failure);
            }
        }
    }

    private void getsOn() {
        errors = 0;
        failures = 0;
        if (failing) {
            failing = false;
            said = null;
            LOG.info("{} goes on", name);
        }
    }

    private boolean goesOnAfter(Throwable failure) {
        if (closing) {
            return true;
        }
        fault = failure;
        faultAt = System.currentTimeMillis();
        faultNanos = System.nanoTime();
        if (!failing) {
            failingSinceNanos = faultNanos;
            failing = true;
        }
        errors = failure instanceof Error ? errors + 1 : 0;
        try {
            say(failure);
            failed.accept(name);
        } catch (Throwable unsaid) {
            // Where memory has run out, there may be none to say so. Health knows.
        }
        LockSupport.parkNanos(this, Math.min(FIRST_PAUSE_NANOS << Math.min(failures++, 10), LONGEST_PAUSE_NANOS));
        Thread.interrupted();
        return errors < MOST_ERRORS;
    }

    private void say(Throwable failure) {
        if (failure.toString().equals(said)) {
            return;
        }
        said = failure.toString();
        if (failure instanceof Error) {
            LOG.error("{} failed, and tries again", name, failure);
        } else {
            LOG.warn("{} failed, and tries again: {}", name, said);
        }
    }

    /** Has it go on now, or not rest the next time if it does not rest. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** Whether it is to end: a round that takes long looks now and then. */
    public boolean isClosing() {
        return closing;
    }

    /** Whether that thread is its own. */
    public boolean isOn(Thread one) {
        return thread == one;
    }

    /** Leaves it to itself, in a round that does not return: if it ever does, it was the last. */
    public void leave() {
        closing = true;
        ended.accept(this);
    }

    String name() {
        return name;
    }

    Standing standing() {
        if (!closing && !thread.isAlive()) {
            return Standing.lost(name, fault, faultAt);
        }
        if (fault == null) {
            return Standing.ok(name);
        }
        long now = System.nanoTime();
        return failing
                ? Standing.failing(name, fault, faultAt, now - failingSinceNanos)
                : Standing.goingOn(name, fault, faultAt, now - faultNanos);
    }

    /** Ends it, and returns when it has ended, or does not within some seconds: then that is logged. */
    @Override
    public void close() {
        closing = true;
        wake();
        ended.accept(this);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                LOG.warn("{} does not end", name);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
