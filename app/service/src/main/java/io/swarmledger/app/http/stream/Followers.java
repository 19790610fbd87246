package io.swarmledger.app.http.stream;

import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.door.TooManyFollowers;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.HttpProperties;
import io.swarmledger.app.log.LogTail;
import io.swarmledger.app.view.Lags;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.view.Positions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Everybody who follows the log. One thread takes what is new, once for all of them; one or two read history for those who
 * are behind. However many consumers there are, there are no more threads, they take no more of the processors' time from
 * those who write, and who takes nothing has nothing in memory but what is on its way to it.
 */
@Component
class Followers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private static final int NEWEST_EVENTS = 8_192;
    private static final long NEWEST_BYTES =
            Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 32);
    /** They leave the others' processors to them: where there are two, one reads history at most. */
    private static final int HISTORY_READERS =
            Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() / 2));

    /** Ending one whose connection takes nothing may cost the server a thread for as long as it waits for that. */
    private static final int STUCK_AT_ONCE = 2;

    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    /** Feeding many takes long, and each time costs every one of them a packet: the longer, the more goes into one. */
    private static final int RESTS_FOR_WORK = 3;

    private static final long LONGEST_REST_NANOS = Duration.ofMillis(250).toNanos();
    private static final long STUCK_NANOS = Duration.ofSeconds(60).toNanos();

    private final LogTail log;
    private final Positions positions;
    private final long heartbeatNanos;
    private final Semaphore places;
    private final Set<Follower> all = ConcurrentHashMap.newKeySet();
    private final History history;
    private ExecutorService readers;
    private final Workers workers;
    private Worker tail;
    private long beat;
    private volatile boolean running;
    private volatile Window window;

    Followers(
            Gateways gateways,
            LogTail log,
            Positions positions,
            Workers workers,
            Lags lags,
            HttpProperties properties) {
        this.log = log;
        this.positions = positions;
        this.workers = workers;
        this.history = new History(gateways);
        this.places = new Semaphore(properties.streamConsumers());
        this.heartbeatNanos = properties.streamHeartbeat().toNanos();
        lags.watch("stream", this::last, () -> !all.isEmpty());
    }

    /**
     * Takes a consumer on, who has a {@linkplain #takePlace place}.
     *
     * @param position what it knows already
     */
    void follow(AsyncContext context, ServletOutputStream out, EventFilter filter, long position) {
        Follower follower = new Follower(context, out, filter, position, this);
        synchronized (all) {
            all.add(follower);
        }
        try {
            context.addListener(follower);
            out.setWriteListener(follower);
        } catch (RuntimeException gone) {
            remove(follower);
            throw gone;
        }
        tail.wake();
    }

    /**
     * A place for one more, which its end gives back.
     *
     * @throws TooManyFollowers if all are taken
     */
    void takePlace() {
        if (!running || !places.tryAcquire()) {
            throw new TooManyFollowers();
        }
    }

    void givePlaceBack() {
        places.release();
    }

    int count() {
        return all.size();
    }

    void remove(Follower follower) {
        if (all.remove(follower)) {
            places.release();
        }
    }

    List<Frame> behind(long position, int most) {
        return window.behind(position, most);
    }

    /** The position of the newest event that is known here. */
    long last() {
        Window known = window;
        return known == null ? 0 : known.last();
    }

    /** Has the next stretch of history read for somebody. */
    void read(Follower follower, long position) {
        try {
            readers.execute(() -> {
                try {
                    follower.take(history.behind(position, follower.filter()));
                } catch (RuntimeException | Error unreadable) {
                    follower.close("The log cannot be read");
                    LOG.warn("A consumer is closed, the log cannot be read: {}", unreadable.toString());
                }
            });
        } catch (RejectedExecutionException stopped) {
            LOG.debug("A consumer asks for more while the service stops");
        }
    }

    /** The position of the log's last event. */
    long head() {
        return positions.of(LedgerQuery.LOG);
    }

    @Override
    public synchronized void start() {
        window = new Window(NEWEST_EVENTS, NEWEST_BYTES, head());
        readers = Workers.pool("swarm-ledger-stream-history", HISTORY_READERS);
        running = true;
        beat = System.nanoTime();
        tail = workers.loop("swarm-ledger-stream-tail", this::handOut);
    }

    /** Before the server stops, which would wait for the consumers' requests to end. */
    @Override
    public synchronized void stop() {
        running = false;
        tail.close();
        readers.shutdown();
        all.forEach(follower -> follower.close("The service stops"));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A round of the thread that reads for all. */
    private long handOut() {
        if (all.isEmpty()) {
            log.leave(this, null);
            skipAhead();
            return STUCK_NANOS;
        }
        long begun = System.nanoTime();
        boolean more = readOn();
        long worked = System.nanoTime() - begun;
        if (System.nanoTime() - beat > heartbeatNanos / 15) {
            beat = System.nanoTime();
            lookAfterAll(beat);
        }
        long rest = Math.min(RESTS_FOR_WORK * worked, LONGEST_REST_NANOS);
        return more ? rest : Math.max(rest, LOOK_NANOS);
    }

    /** While nobody follows nothing is read; then it is cheaper to begin at the head than to pass over what came since. */
    private void skipAhead() {
        long head = head();
        synchronized (all) {
            if (all.isEmpty() && head - window.last() > NEWEST_EVENTS) {
                window = new Window(NEWEST_EVENTS, NEWEST_BYTES, head);
            }
        }
    }

    /** Hands out what is new; answers whether there may be more already. */
    private boolean readOn() {
        List<LogRow> rows = log.behind(window.last(), this);
        rows.forEach(row -> window.add(Frame.of(RecordedEvent.of(row))));
        if (!rows.isEmpty()) {
            pumpAll();
        }
        return !rows.isEmpty();
    }

    /** What one of them fails at keeps nothing from the others. */
    private void pumpAll() {
        Error fault = null;
        for (Follower follower : all) {
            try {
                follower.pump();
            } catch (Error error) {
                fault = error;
            }
        }
        if (fault != null) {
            throw fault;
        }
    }

    private void lookAfterAll(long now) {
        all.stream()
                .filter(follower -> !follower.isWelcome())
                .forEach(follower -> follower.close("Its token was revoked, or one is demanded now"));
        all.forEach(follower -> follower.heartbeat(now - heartbeatNanos));
        all.stream()
                .filter(follower -> follower.isStuck(now - STUCK_NANOS))
                .limit(STUCK_AT_ONCE)
                .forEach(follower -> follower.close("The consumer takes nothing"));
    }
}
