package io.swarmledger.app.command;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Axon's gateway. A command whose aggregate the log had overtaken, by an import, is decided again on the state of now; a
 * refusal is an answer and is never tried again. Who waits without a limit runs the command on its own thread.
 */
public final class LedgerCommandGateway extends DefaultCommandGateway implements AutoCloseable {

    private static final int RETRIES = 5;
    private static final long FIRST_RETRY_MS = 2;

    private final AppendingCommandBus bus;
    private final ScheduledExecutorService retries;

    private LedgerCommandGateway(AppendingCommandBus bus, ScheduledExecutorService retries) {
        super(builder().commandBus(bus).retryScheduler(onlyConflicts(retries)));
        this.bus = bus;
        this.retries = retries;
    }

    /** A gateway to {@code bus}. */
    public static LedgerCommandGateway to(AppendingCommandBus bus) {
        return new LedgerCommandGateway(
                bus, Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("swarm-ledger-retries")));
    }

    private static RetryScheduler onlyConflicts(ScheduledExecutorService retries) {
        return ExponentialBackOffIntervalRetryScheduler.builder()
                .retryExecutor(retries)
                .maxRetryCount(RETRIES)
                .backoffFactor(FIRST_RETRY_MS)
                // It is asked about the causes too; that of a conflict is SQLite's own word for it.
                .nonTransientFailurePredicate(
                        failure -> failure instanceof RuntimeException && !(failure instanceof ConcurrencyException))
                .build();
    }

    @Override
    public <R> R sendAndWait(Object command) {
        return bus.whileWaiting(() -> super.sendAndWait(command));
    }

    /** What waits to be tried again is still tried, so that everybody is answered. */
    @Override
    public void close() {
        retries.shutdown();
    }
}
