package io.swarmledger.app.view;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.EventProcessingException;
import org.axonframework.eventhandling.PropagatingErrorHandler;

/**
 * What each event processor failed at last, until it gets on. Axon's own status of a processor forgets a failure as soon
 * as the batch is tried again.
 */
public final class ProcessorFaults implements ErrorHandler {

    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Clock clock;

    public ProcessorFaults(Clock clock) {
        this.clock = clock;
    }

    /**
     * A failure of a batch, which comes again.
     *
     * @param since epoch milliseconds of the first failure since the processor last got on
     */
    public record Fault(String message, long since) {}

    /** What that processor fails at; empty if it got on since. */
    public Optional<Fault> of(String processor) {
        return Optional.ofNullable(faults.get(processor));
    }

    /** A batch of that processor was committed. */
    public void getsOn(String processor) {
        faults.remove(processor);
    }

    @Override
    public void handleError(ErrorContext failed) throws Exception {
        Throwable failure = failed.error();
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        faults.merge(
                failed.eventProcessor(),
                new Fault(message, clock.millis()),
                (before, now) -> new Fault(now.message(), before.since()));
        if (failure instanceof Error) {
            // A processor tries a batch again after an exception; after an error it would stand still for good.
            throw new EventProcessingException("The batch failed with " + message, failure);
        }
        PropagatingErrorHandler.instance().handleError(failed);
    }
}
