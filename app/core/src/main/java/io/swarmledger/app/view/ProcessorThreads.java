package io.swarmledger.app.view;

import io.swarmledger.app.worker.Workers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;

/** The threads of the event processors. Axon leaves those that it is given, and those that it makes, running. */
public final class ProcessorThreads implements AutoCloseable {

    private final List<ScheduledExecutorService> threads = new CopyOnWriteArrayList<>();
    private final Workers workers;

    public ProcessorThreads(Workers workers) {
        this.workers = workers;
    }

    /** One more thread, of that name. */
    public ScheduledExecutorService one(String name) {
        ScheduledExecutorService thread = workers.guarded(name);
        threads.add(thread);
        return thread;
    }

    /** Ends them, when nothing is processed any more. */
    @Override
    public void close() {
        threads.forEach(ScheduledExecutorService::shutdownNow);
    }
}
