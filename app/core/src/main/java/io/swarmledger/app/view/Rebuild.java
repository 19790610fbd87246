package io.swarmledger.app.view;

import io.swarmledger.app.worker.ReadAhead;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.NotStorable;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;

/** Fills a generation of its own of some views, all from one reading of the log. */
final class Rebuild {

    private static final int BATCHES_AHEAD = 1;

    private final Replay replay;
    private final List<RebuiltView> views;
    private final Generations generations;
    private final EventStorageEngine log;
    private final Serializer serializer;
    private final TransactionManager transactions;
    private final BooleanSupplier stopping;
    private long position;

    /**
     * A rebuild that goes on from a position.
     *
     * @param replay told how far it is; given up, it ends
     * @param serializer the one that {@code log} reads with
     * @param stopping whether the process ends
     */
    Rebuild(
            Replay replay,
            List<RebuiltView> views,
            Generations generations,
            EventStorageEngine log,
            Serializer serializer,
            TransactionManager transactions,
            long position,
            BooleanSupplier stopping) {
        this.replay = replay;
        this.views = List.copyOf(views);
        this.generations = generations;
        this.log = log;
        this.serializer = serializer;
        this.transactions = transactions;
        this.position = position;
        this.stopping = stopping;
    }

    /** The process ends before the rebuild does. */
    static final class Stopping extends RuntimeException {

        Stopping() {
            super("The process stops; the replay goes on at its next start");
        }
    }

    /**
     * Reads on to the end that the log has by then, unless it is given up.
     *
     * @return the position that it has come to
     * @throws Stopping if the process ends
     */
    long follow() {
        long head = head();
        replay.reached(position, Math.max(position, head));
        LogBatches batches = new LogBatches(log, serializer, position, this::concerns);
        try (ReadAhead<LogBatches.Batch> ahead =
                new ReadAhead<>("swarm-ledger-replays-reader", BATCHES_AHEAD, batches)) {
            for (LogBatches.Batch batch = ahead.take(); batch != null; batch = ahead.take()) {
                if (replay.isCancelled()) {
                    return position;
                }
                if (stopping.getAsBoolean()) {
                    throw new Stopping();
                }
                if (batch.last() > position) {
                    long start = System.nanoTime();
                    foldAgainIfNeeded(batch);
                    position = batch.last();
                    replay.reached(
                            position, Math.max(position, replay.progress().target()));
                    if (!batch.isEnd()) {
                        head = restIfAppended(head, start);
                    }
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Stopping();
        }
        return position;
    }

    /** While events are being appended a rebuild rests as long as it works: who appends comes first. */
    private long restIfAppended(long before, long start) {
        long head = head();
        if (head > before) {
            LockSupport.parkNanos(System.nanoTime() - start);
        }
        return head;
    }

    private boolean concerns(TrackedEventMessage<?> event) {
        return views.stream().anyMatch(view -> view.concerns(event));
    }

    private void foldAgainIfNeeded(LogBatches.Batch batch) {
        try {
            fold(batch);
        } catch (NotStorable unseen) {
            fold(batch);
        }
    }

    private void fold(LogBatches.Batch batch) {
        if (batch.events().isEmpty()) {
            transactions.executeInTransaction(() -> advance(batch));
            return;
        }
        UnitOfWork<EventMessage<?>> unitOfWork =
                new DefaultUnitOfWork<>(batch.events().get(0).message());
        unitOfWork.attachTransaction(transactions);
        unitOfWork.onPrepareCommit(committing -> advance(batch));
        ResultMessage<?> result = unitOfWork.executeWithResult(
                () -> {
                    for (LogBatches.Read read : batch.events()) {
                        for (RebuiltView view : views) {
                            view.handle(read);
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

    private void advance(LogBatches.Batch batch) {
        replay.projections().forEach(name -> generations.rebuiltTo(name, batch.last()));
    }

    private long head() {
        TrackingToken head = log.createHeadToken();
        return head == null ? 0 : head.position().orElse(0);
    }
}
