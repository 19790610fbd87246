package io.swarmledger.app.http.operations;

import io.swarmledger.app.door.NothingFollowed;
import io.swarmledger.app.door.OperationsFull;
import io.swarmledger.app.worker.WatchedPool;
import io.swarmledger.app.worker.Workers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.IdentifierFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The operations of this run of the service, one at a time: each reads the whole log, and they share its disk. */
@Component
public class Operations implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private static final int WAITING = 16;
    private static final int REMEMBERED = 200;
    private static final int GRACE_S = 10;

    private final Clock clock;
    private final Map<String, Operation> known = Collections.synchronizedMap(new LinkedHashMap<>());
    private final WatchedPool thread;

    Operations(Clock clock, Workers workers) {
        this.clock = clock;
        thread = new WatchedPool(workers, "swarm-ledger-operations", 1, new ArrayBlockingQueue<>(WAITING));
    }

    /**
     * Has something done when its turn comes.
     *
     * @param total what its progress goes up to
     * @throws OperationsFull if too many wait
     */
    Operation begin(String kind, long total, Operation.Work work) {
        Operation operation = new Operation(IdentifierFactory.getInstance().generateIdentifier(), kind, total, clock);
        try {
            thread.execute(() -> run(operation, work));
        } catch (RejectedExecutionException full) {
            throw new OperationsFull(WAITING);
        }
        synchronized (known) {
            known.put(operation.status().id(), operation);
            if (known.size() > REMEMBERED) {
                known.values().stream().filter(Operation::hasEnded).findFirst().ifPresent(known.values()::remove);
            }
        }
        return operation;
    }

    private static void run(Operation operation, Operation.Work work) {
        operation.run(work);
        Operation.Status status = operation.status();
        LOG.info(
                "{} {}: {}", status.kind(), status.id(), status.problem() == null ? status.result() : status.problem());
    }

    /** The newest first. */
    public List<Operation.Status> all() {
        synchronized (known) {
            List<Operation.Status> all = new ArrayList<>(
                    known.values().stream().map(Operation::status).toList());
            Collections.reverse(all);
            return all;
        }
    }

    /**
     * The one of that id.
     *
     * @throws NothingFollowed if there is none
     */
    Operation.Status of(String id) {
        Operation operation = known.get(id);
        if (operation == null) {
            throw new NothingFollowed("There is no operation " + id + "; the last " + REMEMBERED
                    + " since the service started are remembered");
        }
        return operation.status();
    }

    @Override
    public void destroy() throws InterruptedException {
        synchronized (known) {
            known.values().forEach(Operation::stop);
        }
        thread.shutdown();
        if (!thread.awaitTermination(GRACE_S, TimeUnit.SECONDS)) {
            LOG.warn("An operation did not end in time: what it was writing stays under a temporary name");
        }
    }
}
