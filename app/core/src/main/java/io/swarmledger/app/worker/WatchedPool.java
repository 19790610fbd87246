package io.swarmledger.app.worker;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;

/**
 * Threads for work that tells its own failures, there as long as there is some to do. One that an error ends is replaced,
 * and health says so.
 */
public class WatchedPool extends ThreadPoolExecutor {

    private static final int IDLE_S = 10;

    private final Workers workers;
    private final String name;

    /** So many threads of that name; others are told what is too much. */
    public WatchedPool(
            Workers workers,
            String name,
            int threads,
            BlockingQueue<Runnable> waiting,
            RejectedExecutionHandler tooMuch) {
        super(threads, threads, IDLE_S, TimeUnit.SECONDS, waiting, new AxonThreadFactory(name), tooMuch);
        this.workers = workers;
        this.name = name;
        allowCoreThreadTimeOut(true);
    }

    /** The same; what is too much is refused. */
    public WatchedPool(Workers workers, String name, int threads, BlockingQueue<Runnable> waiting) {
        this(workers, name, threads, waiting, new AbortPolicy());
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        if (failure instanceof Error error) {
            workers.replaced(name, error);
        }
    }
}
