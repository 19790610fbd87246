package io.swarmledger.app.view;

import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Generations.Standing;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.ViewDifference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rebuilds views from the log while they go on being read and kept up to date.
 *
 * <p>A replay reads the log once, however many views it is for, and fills a generation of its own of each. At the head
 * the live processors pause, and token, generation and dead letters change hands in one transaction. Killed half way, it
 * goes on at the next start.
 */
public final class Replays implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    /** A rebuild's own dead letters wait under this name until they replace the live ones. */
    private static final String SHADOW = ".rebuild";

    private static final int SWEEP = 2_000;

    private final Projections projections;
    private final Generations generations;
    private final EventStorageEngine log;
    private final Serializer serializer;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final DeadLetters deadLetters;
    private final JdbcClient views;
    private final Reading readers;
    private final EventProcessingConfiguration processors;
    private final Clock clock;
    private final Map<String, Replay> latest = new ConcurrentHashMap<>();
    private ExecutorService thread;

    public Replays(
            Projections projections,
            ViewsFile views,
            EventStorageEngine log,
            Serializer serializer,
            TokenStore tokens,
            TransactionManager transactions,
            DeadLetters deadLetters,
            EventProcessingConfiguration processors,
            Clock clock) {
        this.projections = projections;
        this.generations = new Generations(views.writer());
        this.views = JdbcClient.create(views.writer());
        this.readers = new Reading(views.readers());
        this.log = log;
        this.serializer = serializer;
        this.tokens = tokens;
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.processors = processors;
        this.clock = clock;
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
            sweeper.execute(this::sweep);
        }
    }

    /**
     * Folds the log afresh beside a view and compares the two, at a position that both have seen. What queries answer stays
     * as it is; only for the end of it the view does not follow the log.
     *
     * @throws UnknownProjection if there is no projection of that name
     * @throws ReplayRefused if a replay or another check of it is under way
     */
    public synchronized CompletableFuture<ViewCheck> check(String name) {
        requireReplayable(name);
        Replay folding = new Replay(List.of(name), clock.millis());
        Replay before = latest.put(name, folding);
        CompletableFuture<ViewCheck> check = new CompletableFuture<>();
        thread.execute(() -> {
            ViewCheck checked = null;
            Throwable fault = null;
            try {
                checked = check(folding, name);
            } catch (RuntimeException | Error failure) {
                fault = failure;
            }
            folding.done().complete(null);
            latest.computeIfPresent(name, (key, last) -> last == folding ? before : last);
            if (fault == null) {
                check.complete(checked);
            } else {
                check.completeExceptionally(fault);
            }
            sweep();
        });
        return check;
    }

    private ViewCheck check(Replay folding, String name) {
        List<Rebuild> rebuild = List.of(rebuild(name));
        try {
            long reached = follow(folding, rebuild, begin(List.of(name)), seenBy(name));
            StreamingEventProcessor processor = processorOf(name);
            boolean paused = processor.isRunning();
            if (paused) {
                processor.shutDown();
            }
            try {
                long position = follow(folding, rebuild, reached, seenBy(name));
                if (folding.isCancelled()) {
                    throw new ReplayRefused("The check of " + name + " was cancelled");
                }
                return compare(name, position);
            } finally {
                if (paused && !thread.isShutdown()) {
                    processor.start();
                }
            }
        } finally {
            transactions.executeInTransaction(() -> generations.abandon(name));
        }
    }

    private ViewCheck compare(String name, long position) {
        return readers.read(moment -> {
            List<ViewDifference> differences = projections.of(name).differencesOfRebuild(moment, ViewCheck.MOST);
            return new ViewCheck(
                    name, differences.isEmpty(), position, projections.of(name).count(moment), differences);
        });
    }

    private long seenBy(String name) {
        return transactions.fetchInTransaction(
                () -> generations.of(name).orElseThrow().position());
    }

    private void requireReplayable(String name) {
        projections.of(name);
        Replay before = latest.get(name);
        if (before != null && !before.done().isDone()) {
            throw new ReplayRefused("A replay of " + name + " is under way: "
                    + Math.round(before.progress().percent()) + " %. Wait for it, or cancel it");
        }
        if (!processorOf(name).supportsReset()) {
            throw new ReplayRefused("The event processor " + name + " cannot be reset");
        }
    }

    private StreamingEventProcessor processorOf(String name) {
        return processors
                .eventProcessor(name, StreamingEventProcessor.class)
                .orElseThrow(() -> new ReplayRefused("There is no streaming event processor " + name));
    }

    private void run(Replay replay) {
        try {
            long position = begin(replay.projections());
            List<Rebuild> rebuilds =
                    replay.projections().stream().map(this::rebuild).toList();
            position = follow(replay, rebuilds, position, Long.MAX_VALUE);
            if (!replay.isCancelled()) {
                handOver(replay, rebuilds, position);
            }
            if (replay.isCancelled()) {
                transactions.executeInTransaction(() -> replay.projections().forEach(generations::abandon));
            }
            replay.done().complete(null);
            sweep();
        } catch (Stopping stopping) {
            replay.done().completeExceptionally(stopping);
        } catch (RuntimeException | Error failure) {
            LOG.error("The replay of {} failed: {}", replay.projections(), failure.getMessage(), failure);
            replay.done().completeExceptionally(failure);
        }
    }

    /** The process ends before the replay does. */
    private static final class Stopping extends RuntimeException {

        Stopping() {
            super("The process stops; the replay goes on at its next start");
        }
    }

    /** The position that the rebuild goes on from: 0, or where one of the same projections was killed. */
    private long begin(List<String> names) {
        return transactions.fetchInTransaction(() -> {
            List<Long> reached = names.stream()
                    .map(name -> generations.of(name).orElseThrow().rebuiltTo())
                    .distinct()
                    .toList();
            if (reached.size() == 1 && reached.get(0) != null) {
                return reached.get(0);
            }
            names.forEach(name -> {
                generations.rebuild(name);
                views.sql("DELETE FROM DeadLetterEntry WHERE processingGroup = ?")
                        .param(name + SHADOW)
                        .update();
            });
            return 0L;
        });
    }

    /** One view's part in a replay: most events of the log concern one of the four, and are handed to no other. */
    private static final class Rebuild {

        private final Projection<?> projection;
        private final EventHandlerInvoker invoker;
        private boolean hasLetters;

        Rebuild(Projection<?> projection, EventHandlerInvoker invoker, boolean hasLetters) {
            this.projection = projection;
            this.invoker = invoker;
            this.hasLetters = hasLetters;
        }

        void handle(LogAhead.Read read) throws Exception {
            if (!projection.concerns(read.message())) {
                return;
            }
            if (!hasLetters && read.readable() != null) {
                try {
                    projection.fold(read.readable());
                    return;
                } catch (RuntimeException unfoldable) {
                    LOG.debug(
                            "Event {} fails again below, and becomes a letter",
                            read.message().getIdentifier());
                }
            }
            hasLetters = true;
            invoker.handle(read.message(), Segment.ROOT_SEGMENT);
        }
    }

    private Rebuild rebuild(String name) {
        Projection<?> projection = projections.of(name).ofRebuild();
        SequencedDeadLetterQueue<EventMessage<?>> letters = deadLetters.of(name + SHADOW);
        return new Rebuild(
                projection,
                DeadLetteringEventHandlerInvoker.builder()
                        .eventHandlers(projection)
                        .queue(letters)
                        .transactionManager(transactions)
                        .enableSequenceIdentifierCache()
                        .build(),
                letters.size() > 0);
    }

    /** Reads on from {@code position} to the end of the log, or to {@code end}. */
    private long follow(Replay replay, List<Rebuild> rebuilds, long position, long end) {
        long reached = position;
        long head = head();
        replay.reached(reached, Math.max(reached, head));
        try (LogAhead ahead = new LogAhead(log, serializer, position, end, event -> concerns(replay, event))) {
            LogAhead.Batch batch;
            do {
                batch = ahead.take();
                if (replay.isCancelled()) {
                    return reached;
                }
                if (thread.isShutdown()) {
                    throw new Stopping();
                }
                if (batch.last() > reached) {
                    long start = System.nanoTime();
                    fold(replay, rebuilds, batch);
                    reached = batch.last();
                    replay.reached(reached, Math.max(reached, replay.progress().target()));
                    if (!batch.isEnd()) {
                        head = restIfAppended(head, start);
                    }
                }
            } while (!batch.isEnd());
        }
        return reached;
    }

    /** While events are being appended a replay rests as long as it works: who appends comes first. */
    private long restIfAppended(long before, long start) {
        long head = head();
        if (head > before) {
            LockSupport.parkNanos(System.nanoTime() - start);
        }
        return head;
    }

    private boolean concerns(Replay replay, TrackedEventMessage<?> event) {
        return replay.projections().stream()
                .anyMatch(name -> projections.of(name).concerns(event));
    }

    private void fold(Replay replay, List<Rebuild> rebuilds, LogAhead.Batch batch) {
        if (batch.events().isEmpty()) {
            transactions.executeInTransaction(() -> advance(replay, batch));
            return;
        }
        UnitOfWork<EventMessage<?>> unitOfWork =
                new DefaultUnitOfWork<>(batch.events().get(0).message());
        unitOfWork.attachTransaction(transactions);
        unitOfWork.onPrepareCommit(committing -> advance(replay, batch));
        ResultMessage<?> result = unitOfWork.executeWithResult(
                () -> {
                    for (LogAhead.Read read : batch.events()) {
                        for (Rebuild rebuild : rebuilds) {
                            rebuild.handle(read);
                        }
                    }
                    return null;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(result.exceptionResult());
        }
    }

    private void advance(Replay replay, LogAhead.Batch batch) {
        replay.projections().forEach(name -> generations.rebuiltTo(name, batch.last()));
    }

    /** While the live processors pause, what was rebuilt catches up with what they have seen, and takes their place. */
    private void handOver(Replay replay, List<Rebuild> rebuilds, long position) {
        Map<String, StreamingEventProcessor> paused = replay.projections().stream()
                .collect(Collectors.toMap(name -> name, this::processorOf, (one, other) -> one, LinkedHashMap::new));
        paused.values().removeIf(processor -> !processor.isRunning());
        paused.values().forEach(StreamingEventProcessor::shutDown);
        try {
            long reached = follow(replay, rebuilds, position, Long.MAX_VALUE);
            if (!replay.isCancelled()) {
                transactions.executeInTransaction(() -> replay.projections().forEach(name -> takePlace(name, reached)));
                replay.tookPlace();
            }
        } finally {
            if (!thread.isShutdown()) {
                paused.values().forEach(StreamingEventProcessor::start);
            }
        }
    }

    private void takePlace(String name, long reached) {
        generations.adopt(name);
        for (int segment : tokens.fetchSegments(name)) {
            tokens.fetchToken(name, segment);
            tokens.storeToken(GapAwareTrackingToken.newInstance(reached, List.of()), name, segment);
            tokens.releaseClaim(name, segment);
        }
        views.sql("DELETE FROM DeadLetterEntry WHERE processingGroup = ?")
                .param(name)
                .update();
        views.sql("UPDATE DeadLetterEntry SET processingGroup = ? WHERE processingGroup = ?")
                .params(name, name + SHADOW)
                .update();
    }

    private void sweep() {
        for (String name : projections.names()) {
            boolean more = true;
            while (more && !thread.isShutdown()) {
                more = transactions.fetchInTransaction(() -> generations.sweep(name, SWEEP));
            }
        }
    }

    private long head() {
        TrackingToken head = log.createHeadToken();
        return head == null ? 0 : head.position().orElse(0);
    }

    /** Goes on with what was killed half way, and sweeps away what was left over. */
    @Override
    public synchronized void start() {
        thread = Executors.newSingleThreadExecutor(new AxonThreadFactory("swarm-ledger-replays"));
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
        thread.execute(this::sweep);
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
