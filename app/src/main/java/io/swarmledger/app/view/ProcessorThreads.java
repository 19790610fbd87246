package io.swarmledger.app.view;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.AxonThreadFactory;

/** The threads of the event processors. Axon leaves those that it is given, and those that it makes, running. */
public final class ProcessorThreads implements AutoCloseable {

    private final List<ScheduledExecutorService> threads = new CopyOnWriteArrayList<>();

    /** One more thread, of that name. */
    public ScheduledExecutorService one(String name) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory(name));
        threads.add(thread);
        return thread;
    }

    /** Ends them, when nothing is processed any more. */
    @Override
    public void close() {
        threads.forEach(ScheduledExecutorService::shutdownNow);
    }
}
