package io.swarmledger.app.view;

import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Generations.Standing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Rebuilds views from the log while they go on being read and kept up to date.
 *
 * <p>A replay reads the log once, however many views it is for, and fills a generation of its own of each ({@link
 * Rebuild}). At the head it takes the place of what queries read ({@link HandOver}), and what nobody reads any more is
 * deleted ({@link Sweep}). Killed half way, it goes on at the next start.
 */
public final class Replays implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    private final Projections projections;
    private final Generations generations;
    private final TransactionManager transactions;
    private final Rebuilds rebuilds;
    private final HandOver handOver;
    private final Sweep sweep;
    private final Clock clock;
    private final Runnable applied;
    private final Map<String, Replay> latest = new ConcurrentHashMap<>();
    private ExecutorService thread;

    /**
     * Replays of those views.
     *
     * @param applied told after a replay, which may have applied events that could not be applied before
     */
    public Replays(
            Projections projections,
            ViewsFile views,
            EventStorageEngine log,
            Serializer serializer,
            TokenStore tokens,
            TransactionManager transactions,
            DeadLetters deadLetters,
            EventProcessingConfiguration processors,
            Clock clock,
            Runnable applied) {
        this.projections = projections;
        this.generations = new Generations(views.writer());
        this.transactions = transactions;
        this.rebuilds = new Rebuilds(projections, views.writer(), log, serializer, transactions, deadLetters);
        this.handOver = new HandOver(views.writer(), tokens, transactions, processors);
        this.sweep = new Sweep(projections, views.writer(), transactions);
        this.clock = clock;
        this.applied = applied;
    }

    /**
     * Begins to rebuild views, all from one reading of the log; a rebuild of just these that was killed goes on.
     *
     * @throws UnknownProjection if there is no projection of such a name
     * @throws ReplayRefused if none is named, another replay of one of them is under way, or its processor cannot be
     *     reset
     */
    public synchronized Replay start(List<String> names) {
        if (names.isEmpty()) {
            throw new ReplayRefused("No projection is named; there are " + String.join(", ", projections.names()));
        }
        names.forEach(this::requireReplayable);
        Replay replay = new Replay(names.stream().distinct().toList(), clock.millis());
        names.forEach(name -> latest.put(name, replay));
        thread.execute(() -> run(replay));
        return replay;
    }

    /**
     * Gives up the last replay of that projection; what queries answer from stays as it is.
     *
     * @throws ReplayRefused if none is under way
     */
    public Replay cancel(String name) {
        Replay replay = latest(name)
                .filter(last -> !last.done().isDone())
                .orElseThrow(() -> new ReplayRefused("No replay of " + name + " is under way"));
        replay.cancel();
        return replay;
    }

    /** The last replay of that projection since this process began; empty if there was none. */
    public Optional<Replay> latest(String name) {
        projections.of(name);
        return Optional.ofNullable(latest.get(name));
    }

    /** An old generation is left over: its rows are deleted, a few at a time, when there is nothing better to do. */
    public void sweepLater() {
        ExecutorService sweeper = thread;
        if (sweeper != null && !sweeper.isShutdown()) {
            sweeper.execute(() -> sweep.run(this::isStopping));
        }
    }

    private void requireReplayable(String name) {
        projections.of(name);
        Replay before = latest.get(name);
        if (before != null && !before.done().isDone()) {
            throw new ReplayRefused("A replay of " + name + " is under way: "
                    + Math.round(before.progress().percent()) + " %. Wait for it, or cancel it");
        }
        handOver.requirePossible(name);
    }

    private void run(Replay replay) {
        try {
            Rebuild rebuild = rebuilds.begin(replay, this::isStopping);
            rebuild.follow();
            if (!replay.isCancelled()) {
                handOver.run(replay, rebuild, this::isStopping);
            }
            if (replay.isCancelled()) {
                rebuilds.abandon(replay);
            } else {
                applied.run();
            }
            replay.done().complete(null);
            sweep.run(this::isStopping);
        } catch (Rebuild.Stopping stopping) {
            replay.done().completeExceptionally(stopping);
        } catch (RuntimeException | Error failure) {
            replay.done().completeExceptionally(failure);
            LOG.error("The replay of {} failed: {}", replay.projections(), failure.getMessage(), failure);
        }
    }

    private boolean isStopping() {
        return thread.isShutdown();
    }

    /** Goes on with what was killed half way, and sweeps away what was left over. */
    @Override
    public synchronized void start() {
        thread = Workers.pool("swarm-ledger-replays", 1);
        Map<Long, List<String>> killed = new LinkedHashMap<>();
        for (String name : projections.names()) {
            Standing standing =
                    transactions.fetchInTransaction(() -> generations.of(name).orElseThrow());
            if (standing.rebuiltTo() != null) {
                killed.computeIfAbsent(standing.rebuiltTo(), position -> new ArrayList<>())
                        .add(name);
            }
        }
        killed.values().forEach(this::start);
        sweepLater();
    }

    @Override
    public synchronized void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(20, TimeUnit.SECONDS)) {
                LOG.warn("A replay did not stop in time; it goes on at the next start");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null && !thread.isShutdown();
    }

    /** After the processors have started, and stopped before they are. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
