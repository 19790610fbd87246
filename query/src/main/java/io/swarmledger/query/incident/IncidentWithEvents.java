package io.swarmledger.query.incident;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swarmledger.query.failure.Failure;
import java.util.List;

/**
 * An incident, and the events that it was made of.
 *
 * @param events the failures of all its chains, the newest first, {@value #MOST_EVENTS} at most; none of what stands still
 * @param eventCount how many they are
 */
public record IncidentWithEvents(@JsonUnwrapped Incident incident, List<FailedEvent> events, long eventCount) {

    /** So many events are told. */
    public static final int MOST_EVENTS = 1_000;

    /**
     * One of them.
     *
     * @param cause the failure that it follows from, {@code null} if it is the first of its chain
     * @param outcome what became of its chain: failed, recovered or ended
     */
    public record FailedEvent(
            String eventId,
            long position,
            double timestamp,
            String type,
            String aggregateId,
            String swarmId,
            String message,
            String cause,
            String outcome) {

        static FailedEvent of(Failure failure, Failure cause, Outcome outcome) {
            return new FailedEvent(
                    failure.eventId(),
                    failure.position(),
                    failure.timestamp(),
                    failure.type(),
                    failure.aggregateId(),
                    failure.swarmId(),
                    failure.message(),
                    cause == null ? null : cause.eventId(),
                    outcome.label());
        }
    }
}
