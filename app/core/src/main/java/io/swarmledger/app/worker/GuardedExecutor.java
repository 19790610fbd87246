package io.swarmledger.app.worker;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.axonframework.common.AxonThreadFactory;

/** One thread that tells of every {@link Error} that a task of it ended with, which its future would keep for itself. */
final class GuardedExecutor extends ScheduledThreadPoolExecutor {

    private final String name;
    private final Consumer<String> beforeTask;
    private final Consumer<Error> failed;

    GuardedExecutor(String name, Consumer<String> beforeTask, Consumer<Error> failed) {
        super(1, new AxonThreadFactory(name));
        this.name = name;
        this.beforeTask = beforeTask;
        this.failed = failed;
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        try {
            beforeTask.accept(name);
        } catch (Error error) {
            failed.accept(error);
            throw error;
        }
    }

    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
        Throwable failure = thrown;
        if (failure == null && task instanceof Future<?> future && future.isDone()) {
            try {
                future.get();
            } catch (CancellationException ended) {
                // As it was asked to.
            } catch (ExecutionException ended) {
                failure = ended.getCause();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (failure instanceof Error error) {
            failed.accept(error);
        }
    }
}
