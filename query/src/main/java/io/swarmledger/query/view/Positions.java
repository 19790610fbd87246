package io.swarmledger.query.view;

import io.swarmledger.query.AtLeast;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Questions;
import io.swarmledger.query.ViewBehind;
import io.swarmledger.query.log.EventLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much of the log each view has seen, and a query's wait until it has seen enough. The file is what counts; being
 * told of commits only spares the wait. What it has seen once it has seen for good: whoever asks for less is not kept
 * waiting by the file, and of those who wait for more one looks into it for all.
 */
public final class Positions implements MessageHandlerInterceptor<QueryMessage<?, ?>> {

    /** A writer in another process tells nobody here: the file is looked at again this often. */
    private static final long LOOK_AGAIN_MS = 20;

    private final Reading views;
    private final EventLog log;
    private final Map<String, Reading> indexes = new HashMap<>();
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Runnable> waits = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Optional<String>>> reasons = new ConcurrentHashMap<>();
    private long commits;

    /**
     * Positions of these files and of the log.
     *
     * @param indexes files of their own that are made from the log, by the name under which they answer
     * @param patience how long a query waits at most
     */
    public Positions(DataSource views, EventLog log, Map<String, DataSource> indexes, Duration patience) {
        this.views = new Reading(views);
        this.log = log;
        indexes.forEach((name, file) -> this.indexes.put(name, new Reading(file)));
        this.patience = patience;
    }

    /** What the view has seen, or that index; of {@link LedgerQuery#LOG}, the log's head. 0 for nothing. */
    public long of(String projection) {
        Reading index = indexes.get(projection);
        if (index != null) {
            return index.read(jdbc ->
                    jdbc.sql("SELECT position FROM Progress").query(Long.class).single());
        }
        if (projection.equals(LedgerQuery.LOG)) {
            return log.head();
        }
        return views.read(jdbc -> jdbc.sql("SELECT position FROM Projection WHERE name = ?")
                .param(projection)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("There is no projection " + projection
                        + ": it is none of " + String.join(", ", names(jdbc)) + ", "
                        + String.join(", ", new TreeSet<>(indexes.keySet())) + " and " + LedgerQuery.LOG)));
    }

    private static List<String> names(JdbcClient jdbc) {
        return jdbc.sql("SELECT name FROM Projection ORDER BY name")
                .query(String.class)
                .list();
    }

    /** Has {@code wake} run while somebody waits for that view: what rests now and then need not rest then. */
    public void whileAwaited(String projection, Runnable wake) {
        waits.put(projection, wake);
    }

    /** Has whoever waits in vain for that view told why it gets no further, where {@code reason} knows. */
    public void explain(String projection, Supplier<Optional<String>> reason) {
        reasons.put(projection, reason);
    }

    /** Something was committed: whoever waits looks again. */
    public void committed() {
        lock.lock();
        try {
            commits++;
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the view has seen {@code position}.
     *
     * @throws ViewBehind if it has not in time
     * @throws IllegalArgumentException if there is no such view
     */
    public void await(String projection, long position) {
        await(projection, position, patience);
    }

    /** The same, for at most that long. */
    public void await(String projection, long position, Duration atMost) {
        if (!mayReach(projection, position, atMost)) {
            throw new ViewBehind(
                    projection,
                    position,
                    of(projection),
                    reasons.getOrDefault(projection, Optional::empty).get().orElse(null));
        }
    }

    /** Waits until the view has seen {@code position}, or the time is over; answers which. */
    public boolean mayReach(String projection, long position, Duration atMost) {
        Seen view = seen.computeIfAbsent(projection, Seen::new);
        if (view.position >= position) {
            return true;
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        long told = commits();
        view.look();
        while (view.position < position) {
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            waits.getOrDefault(projection, () -> {}).run();
            told = awaitCommitAfter(told);
            view.lookAfter(told);
        }
        return true;
    }

    /** What somebody has seen in the file that a view has seen. */
    private final class Seen {

        private final String projection;
        private volatile long position;
        private long lookedAfter = -1;
        private long lookedAt;

        Seen(String projection) {
            this.projection = projection;
        }

        synchronized void look() {
            lookedAfter = commits();
            lookedAt = System.nanoTime();
            position = Math.max(position, Questions.aside(() -> of(projection)));
        }

        /** Whoever comes while one looks waits for what that one sees. */
        synchronized void lookAfter(long told) {
            boolean isOld = System.nanoTime() - lookedAt >= TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MS);
            if (lookedAfter < told || isOld) {
                look();
            }
        }
    }

    private long commits() {
        lock.lock();
        try {
            return commits;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is read under the lock: the processors take it too, and must not wait for a connection of a reader. */
    private long awaitCommitAfter(long told) {
        lock.lock();
        try {
            if (commits == told) {
                committed.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
            }
            return commits;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return commits;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Object handle(UnitOfWork<? extends QueryMessage<?, ?>> unitOfWork, InterceptorChain chain) throws Exception {
        QueryMessage<?, ?> message = unitOfWork.getMessage();
        Object asked = message.getMetaData().get(AtLeast.MIN_POSITION);
        if (asked != null && message.getPayload() instanceof LedgerQuery query) {
            if (!(asked instanceof Number position)) {
                throw InvalidQuery.malformed(AtLeast.MIN_POSITION, asked + " is no number");
            }
            if (position.longValue() < 0) {
                throw InvalidQuery.outOfRange(AtLeast.MIN_POSITION, asked + " is less than 0");
            }
            await(query.answeredFrom(), position.longValue());
            query.andFrom().forEach(name -> await(name, position.longValue()));
        }
        return chain.proceed();
    }
}
