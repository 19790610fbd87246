package io.swarmledger.app.search;

import io.swarmledger.app.log.LogTail;
import io.swarmledger.app.worker.Pauses;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.search.SearchIndex;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ViewFault;
import org.springframework.context.SmartLifecycle;

/** Keeps the index of words up to date, behind everything else. */
public final class SearchFollower implements SmartLifecycle {

    private static final int BATCH = 2_000;

    private final SearchFile file;
    private final LogTail tail;
    private final Positions positions;
    private final Workers workers;
    private final Pauses pauses;
    private SearchIndex index;
    private Worker worker;

    /**
     * A follower.
     *
     * @param file that of the index; once it is lost nothing more is written
     */
    public SearchFollower(SearchFile file, LogTail tail, Positions positions, Workers workers) {
        this.file = file;
        this.tail = tail;
        this.positions = positions;
        this.workers = workers;
        this.pauses = new Pauses(() -> positions.of(LedgerQuery.LOG));
    }

    @Override
    public synchronized void start() {
        if (worker == null) {
            SearchIndex made = new SearchIndex(file.writer(), tail::behind);
            index = made;
            worker = workers.loop("swarm-ledger-search", () -> pauses.after(head -> readOn(made, head)));
            positions.whileAwaited(LedgerQuery.SEARCH, worker::wake);
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
    private boolean readOn(SearchIndex index, long head) {
        try {
            return file.loss().isEmpty() && index.readOn(head, BATCH);
        } catch (ViewFault failure) {
            file.met(failure);
            throw failure;
        } finally {
            positions.committed();
        }
    }
}
