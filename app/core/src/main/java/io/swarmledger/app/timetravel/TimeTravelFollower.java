package io.swarmledger.app.timetravel;

import io.swarmledger.app.log.LogTail;
import io.swarmledger.app.worker.Pauses;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.timetravel.TimeTravelIndex;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.ViewFault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the index of all moments up to date, behind everything else: it rests as {@link Pauses} says, unless a question
 * waits for it.
 */
public final class TimeTravelFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TimeTravelFollower.class);

    private static final int BATCH = 5_000;

    private final TimeTravelFile file;
    private final Supplier<TimeTravelIndex> indexes;
    private final LogTail tail;
    private final Positions positions;
    private final BiPredicate<ReadModel<?>, LogRow> takenIn;
    private final Workers workers;
    private final Pauses pauses;
    private final AtomicReference<CompletableFuture<Void>> again = new AtomicReference<>(new CompletableFuture<>());
    private TimeTravelIndex index;
    private Worker worker;

    /**
     * A follower.
     *
     * @param file that of the index; once it is lost nothing more is written
     * @param indexes make one which takes in what is behind a position in {@code tail}, for whoever {@code tail} is asked
     * @param takenIn whether a view has an event that the index could not fold
     */
    public TimeTravelFollower(
            TimeTravelFile file,
            Supplier<TimeTravelIndex> indexes,
            LogTail tail,
            Positions positions,
            BiPredicate<ReadModel<?>, LogRow> takenIn,
            Workers workers) {
        this.file = file;
        this.indexes = indexes;
        this.tail = tail;
        this.positions = positions;
        this.takenIn = takenIn;
        this.workers = workers;
        this.pauses = new Pauses(() -> positions.of(LedgerQuery.LOG));
    }

    /**
     * Has the index fold again what it could not fold and a view has by now, as it does at each start. Returns once it has,
     * or has not within {@code atMost}: then it does so later.
     */
    public void foldAgain(Duration atMost) {
        CompletableFuture<Void> done = again.updateAndGet(
                waiting -> waiting == null || waiting.isDone() ? new CompletableFuture<>() : waiting);
        synchronized (this) {
            if (worker == null) {
                return;
            }
            worker.wake();
        }
        try {
            done.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException later) {
            LOG.warn("What views have now that they could not fold is not yet in the index of all moments");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void start() {
        if (worker == null) {
            TimeTravelIndex made = indexes.get();
            index = made;
            worker = workers.loop("swarm-ledger-time-travel", () -> pauses.after(head -> readOn(made, head)));
            positions.whileAwaited(LedgerQuery.TIME_TRAVEL, worker::wake);
        }
    }

    /** Goes on with another thread where that one is its own, and is in a fold that does not return. */
    public synchronized void leave(Thread stuck) {
        if (worker != null && worker.isOn(stuck)) {
            worker.leave();
            worker = null;
            tail.leave(index, null);
            index.leave();
            start();
        }
    }

    /** Once it returns nothing is written any more. */
    @Override
    public synchronized void stop() {
        if (worker != null) {
            worker.close();
            worker = null;
            tail.leave(index, null);
            index.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return worker != null;
    }

    /** Answers whether there may be more. */
    private boolean readOn(TimeTravelIndex index, long head) {
        if (file.loss().isPresent()) {
            return false;
        }
        try {
            foldAgain(index);
            return index.readOn(head, BATCH);
        } catch (ViewFault failure) {
            file.met(failure);
            throw failure;
        } finally {
            positions.committed();
        }
    }

    private void foldAgain(TimeTravelIndex index) {
        CompletableFuture<Void> asked = again.getAndSet(null);
        if (asked == null) {
            return;
        }
        try {
            index.foldAgain(takenIn);
            asked.complete(null);
        } catch (RuntimeException | Error failure) {
            again.compareAndSet(null, asked);
            throw failure;
        }
    }
}
