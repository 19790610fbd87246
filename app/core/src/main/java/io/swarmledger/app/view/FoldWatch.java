package io.swarmledger.app.view;

import io.swarmledger.app.view.FoldsUnderWay.At;
import io.swarmledger.app.view.FoldsUnderWay.Stuck;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.events.EventTypes;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.view.Positions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks each second whether a fold of the application's own does not return. Then it alone stands still: what its thread
 * keeps others waiting for is taken from it.
 */
public final class FoldWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FoldWatch.class);

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many times it is looked, once one has returned after all, for what was folded without it. */
    private static final int ROUNDS_AFTER = 60;

    private final FoldsUnderWay folds;
    private final EventLog log;
    private final EventReader reader;
    private final Positions positions;
    private final Workers workers;
    private final Consumer<Thread> leave;
    private final Runnable returned;
    private final Map<Stuck, String> known = new ConcurrentHashMap<>();
    private int roundsAfter;
    private Worker worker;

    /**
     * A watch.
     *
     * @param leave has everybody go on without that thread, whatever it holds
     * @param returned has what was passed over meanwhile be folded again, as far as a view has it
     */
    public FoldWatch(
            FoldsUnderWay folds,
            EventLog log,
            EventReader reader,
            Positions positions,
            Workers workers,
            Consumer<Thread> leave,
            Runnable returned) {
        this.folds = folds;
        this.log = log;
        this.reader = reader;
        this.positions = positions;
        this.workers = workers;
        this.leave = leave;
        this.returned = returned;
    }

    /** Which folds do not return, and from what, by the names of their projections. */
    public Map<String, String> stuck() {
        return folds.stuck().stream()
                .filter(known::containsKey)
                .collect(Collectors.toMap(one -> projectionOf(one.at()), known::get, (first, second) -> first));
    }

    private long look() {
        List<Stuck> stuck = folds.look();
        for (Stuck one : stuck) {
            if (!known.containsKey(one)) {
                String what = describe(one);
                known.put(one, what);
                LOG.error("{} stands still: {}", one.thread().getName(), what);
                leave.accept(one.thread());
            }
        }
        if (known.keySet().retainAll(stuck)) {
            LOG.info("A fold that did not return has returned");
            roundsAfter = ROUNDS_AFTER;
        }
        if (roundsAfter > 0) {
            roundsAfter--;
            returned.run();
        }
        return EVERY_NANOS;
    }

    private static String projectionOf(At at) {
        return at.model().table().projection();
    }

    private String describe(Stuck stuck) {
        At at = stuck.at();
        long position = positionOf(at);
        return "the fold of the read model " + at.model().type() + " has not returned from "
                + EventTypes.nameOf(at.event()) + " of " + at.recorded().aggregateId()
                + (position == 0 ? "" : " at position " + position) + " since " + Instant.ofEpochMilli(stuck.since());
    }

    /** The first such event that the view has not seen, or else the first at all; 0 if there is none. */
    private long positionOf(At at) {
        long seen = positions.of(projectionOf(at));
        long[] found = {0};
        log.stream(at.recorded().aggregateId(), row -> {
            if (isOf(at, row)) {
                found[0] = found[0] == 0 || row.position() > seen ? row.position() : found[0];
            }
            return found[0] <= seen;
        });
        return found[0];
    }

    private boolean isOf(At at, LogRow row) {
        return row.type().equals(EventTypes.nameOf(at.event()))
                && row.recorded().equals(at.recorded())
                && reader.events(row).anyMatch(at.event()::equals);
    }

    @Override
    public synchronized void start() {
        worker = workers.loop("swarm-ledger-folds", this::look);
    }

    @Override
    public synchronized void stop() {
        worker.close();
        worker = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return worker != null;
    }
}
