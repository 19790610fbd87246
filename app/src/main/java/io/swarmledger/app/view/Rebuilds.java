package io.swarmledger.app.view;

import io.swarmledger.query.view.BuildUnderWay;
import io.swarmledger.query.view.Generation;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Projection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rebuilds views from the log without taking their answers away.
 *
 * <p>A rebuild is a second processor, the shadow, which fills a generation of its own while the live one goes on. When
 * it has seen all that the live one has, the live one pauses, and in one transaction the shadow's generation, token and
 * dead letters become the live ones. A rebuild that the process did not survive goes on when the ledger is opened again.
 */
public final class Rebuilds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);

    private static final long LOOK_EVERY_MS = 20;
    private static final Duration CATCH_UP = Duration.ofSeconds(10);
    private static final int DELETED_AT_ONCE = 2_000;

    private final Generations generations;
    private final Processors processors;
    private final BiFunction<String, String, Projection<?>> projections;
    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final LongSupplier head;
    private final Function<String, StreamingEventProcessor> live;
    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;
    private final List<String> names;
    private final Map<String, Shadow> shadows = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("swarm-ledger-rebuilds"));

    /**
     * What rebuilds need.
     *
     * @param projections makes the projection of a name, written by the processor of a name
     * @param head the position of the log's last event, 0 if it has none
     * @param live the live processor of a projection
     */
    public Rebuilds(
            ViewsFile views,
            Generations generations,
            Processors processors,
            List<String> names,
            BiFunction<String, String, Projection<?>> projections,
            StreamableMessageSource<TrackedEventMessage<?>> log,
            LongSupplier head,
            Function<String, StreamingEventProcessor> live) {
        this.generations = generations;
        this.processors = processors;
        this.names = List.copyOf(names);
        this.projections = projections;
        this.log = log;
        this.head = head;
        this.live = live;
        this.transaction = new TransactionTemplate(views.transactions());
        this.jdbc = new JdbcTemplate(views.writer());
    }

    /** The names of the projections, which are those of their processors. */
    public List<String> names() {
        return names;
    }

    /**
     * Begins to rebuild a view from the log's first event.
     *
     * @return done when the rebuilt view answers queries
     * @throws UnknownProjection if there is none of that name
     * @throws BuildUnderWay if it is being rebuilt already
     */
    public CompletableFuture<Void> start(String projection) {
        requireKnown(projection);
        String shadow = shadowOf(projection);
        long target = head.getAsLong();
        transaction.executeWithoutResult(status -> {
            generations.beginShadow(projection, shadow, target);
            jdbc.update("DELETE FROM TokenEntry WHERE processorName = ?", shadow);
            jdbc.update("DELETE FROM DeadLetterEntry WHERE processingGroup = ?", shadow);
        });
        return launch(projection);
    }

    /**
     * How far the rebuild of a view is; empty if none is under way.
     *
     * @throws UnknownProjection if there is none of that name
     */
    public Optional<Generation> progress(String projection) {
        requireKnown(projection);
        return generations.building(projection);
    }

    /**
     * Gives up the rebuild of a view; its answers stay as they are.
     *
     * @throws UnknownProjection if there is none of that name
     * @throws IllegalStateException if no rebuild of it is under way
     */
    public void cancel(String projection) {
        requireKnown(projection);
        Shadow shadow = shadows.remove(projection);
        if (shadow == null) {
            throw new IllegalStateException("No rebuild of " + projection + " is under way");
        }
        shadow.processor.shutDown();
        transaction.executeWithoutResult(status -> {
            generations.abandon(projection);
            forget(shadow.name());
        });
        shadow.done.cancel(false);
    }

    /** Goes on with what an earlier process began, and tidies up what it left. */
    public void resume() {
        for (String projection : names) {
            generations
                    .building(projection)
                    .filter(building -> shadowOf(projection).equals(building.processor()))
                    .ifPresent(building -> {
                        LOG.info("Going on with the rebuild of {} at position {}", projection, building.position());
                        launch(projection);
                    });
        }
        clockwork.execute(this::deleteRetired);
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        shadows.values().forEach(shadow -> shadow.processor.shutDown());
        shadows.clear();
    }

    private CompletableFuture<Void> launch(String projection) {
        String name = shadowOf(projection);
        Shadow shadow = new Shadow(
                projection,
                processors.processor(name, processors.invoker(name, projections.apply(projection, name)), log),
                new CompletableFuture<>());
        shadows.put(projection, shadow);
        shadow.processor.start();
        look(shadow);
        return shadow.done;
    }

    private void look(Shadow shadow) {
        if (shadows.get(shadow.projection) != shadow) {
            return;
        }
        try {
            if (isReady(shadow.projection)) {
                swap(shadow);
                return;
            }
        } catch (RuntimeException failure) {
            LOG.warn("The rebuild of {} is not done yet, it is tried again: {}", shadow.projection, failure.toString());
        }
        if (!clockwork.isShutdown()) {
            clockwork.schedule(() -> look(shadow), LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isReady(String projection) {
        Generation building = generations
                .building(projection)
                .orElseThrow(() -> new IllegalStateException("Nobody builds " + projection));
        return building.position() >= building.target()
                && building.position() >= generations.live(projection).position();
    }

    private void swap(Shadow shadow) {
        StreamingEventProcessor liveProcessor = live.apply(shadow.projection);
        boolean wasRunning = liveProcessor.isRunning();
        liveProcessor.shutDown();
        try {
            catchUp(shadow.projection);
            shadow.processor.shutDown();
            transaction.executeWithoutResult(status -> {
                generations.promote(shadow.projection, shadow.name());
                jdbc.update("DELETE FROM TokenEntry WHERE processorName = ?", shadow.projection);
                jdbc.update(
                        "UPDATE TokenEntry SET processorName = ?, owner = NULL WHERE processorName = ?",
                        shadow.projection,
                        shadow.name());
                jdbc.update("DELETE FROM DeadLetterEntry WHERE processingGroup = ?", shadow.projection);
                jdbc.update(
                        "UPDATE DeadLetterEntry SET processingGroup = ? WHERE processingGroup = ?",
                        shadow.projection,
                        shadow.name());
            });
            shadows.remove(shadow.projection);
            clockwork.execute(this::deleteRetired);
            clockwork.execute(() -> shadow.done.complete(null));
        } finally {
            if (wasRunning) {
                liveProcessor.start();
            }
        }
    }

    /** The live one was ahead for a last moment; now that it stands still the shadow gets there. */
    private void catchUp(String projection) {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        while (!isReady(projection)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the live view was still ahead after " + CATCH_UP);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void deleteRetired() {
        boolean more = Boolean.TRUE.equals(transaction.execute(status -> generations.deleteRetired(DELETED_AT_ONCE)));
        if (more && !clockwork.isShutdown()) {
            clockwork.schedule(this::deleteRetired, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void forget(String shadow) {
        jdbc.update("DELETE FROM TokenEntry WHERE processorName = ?", shadow);
        jdbc.update("DELETE FROM DeadLetterEntry WHERE processingGroup = ?", shadow);
    }

    private void requireKnown(String projection) {
        if (!names.contains(projection)) {
            throw new UnknownProjection(projection, names);
        }
    }

    private static String shadowOf(String projection) {
        return projection + "-rebuild";
    }

    private record Shadow(String projection, StreamingEventProcessor processor, CompletableFuture<Void> done) {

        String name() {
            return shadowOf(projection);
        }
    }
}
