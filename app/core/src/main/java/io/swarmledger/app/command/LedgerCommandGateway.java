package io.swarmledger.app.command;

import io.swarmledger.app.log.Conflict;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.commands.Appended;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;
import org.axonframework.commandhandling.gateway.RetryScheduler;
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

    /** A gateway to {@code bus}. A retry that an error ends answers nobody. */
    public static LedgerCommandGateway to(AppendingCommandBus bus, Workers workers) {
        return new LedgerCommandGateway(bus, workers.guarded("swarm-ledger-retries"));
    }

    private static RetryScheduler onlyConflicts(ScheduledExecutorService retries) {
        return ExponentialBackOffIntervalRetryScheduler.builder()
                .retryExecutor(retries)
                .maxRetryCount(RETRIES)
                .backoffFactor(FIRST_RETRY_MS)
                // It is asked about the causes too; that of a conflict is the log's own word for it.
                .nonTransientFailurePredicate(failure -> failure instanceof RuntimeException && !isConflict(failure))
                .build();
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ConcurrencyException || failure instanceof Conflict;
    }

    @Override
    public <R> R sendAndWait(Object command) {
        return bus.whileWaiting(() -> super.sendAndWait(command));
    }

    /**
     * Sends commands one after the other and waits for each, as {@link #sendAndWait} does, but many share a transaction
     * and one wait for the disk. The first that is refused ends it; what came before it stays.
     *
     * @param answered is told what each was answered, in order, once it is on disk
     * @throws RuntimeException why the command behind those that were answered is refused
     */
    public void sendAndWaitAll(List<? extends CommandMessage<?>> commands, Consumer<Appended> answered) {
        List<? extends CommandMessage<?>> left = commands;
        while (!left.isEmpty()) {
            List<Appended> together = left.size() == 1
                    ? List.of()
                    : bus.together(left.stream().map(this::processInterceptors).toList());
            together.forEach(answered);
            // Where nothing could be done together, who is the cause comes out when each is sent alone.
            int alone = together.isEmpty() ? left.size() : Math.min(together.size() + 1, left.size());
            for (CommandMessage<?> command : left.subList(together.size(), alone)) {
                answered.accept(sendAndWait(command));
            }
            left = left.subList(alone, left.size());
        }
    }

    /** What waits to be tried again is still tried, so that everybody is answered. */
    @Override
    public void close() {
        retries.shutdown();
    }
}
