package io.swarmledger.app.command;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Refuses what cannot have happened when its caller says: before the year 2000, or later than the ledger's clock by more
 * than the tolerance. A log is for ever, and one event in the year 58882 would make "at that time" mean nothing.
 *
 * <p>The times of a payload are the caller's word too: none may be later than that either, nor be a time in seconds. Others
 * that are early are kept, since they spoil no answer but their own.
 */
public final class CallersTimes implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final double EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    /** Says when something will be, not when it was. */
    private static final String AHEAD = "expiresAt";

    private static final ClassValue<List<RecordComponent>> TIMES = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> event) {
            return !event.isRecord()
                    ? List.of()
                    : Arrays.stream(event.getRecordComponents())
                            .filter(component -> component.getType() == Double.class
                                    && component.getName().endsWith("At")
                                    && !component.getName().equals(AHEAD))
                            .toList();
        }
    };

    private final Clock clock;
    private final double tolerance;

    /**
     * Judges by that clock.
     *
     * @param tolerance how far a caller's clock may be ahead of it
     */
    public CallersTimes(Clock clock, Duration tolerance) {
        this.clock = clock;
        this.tolerance = tolerance.toMillis();
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        CommandMessage<?> message = unitOfWork.getMessage();
        if (message.getPayload() instanceof LedgerCommand command) {
            Now now = new Now(clock.millis());
            if (message.getMetaData().get(Envelope.TIMESTAMP) instanceof Number timestamp) {
                now.requireTimestamp(timestamp.doubleValue());
            }
            requirePayload(command.event(), now);
        }
        return chain.proceed();
    }

    private static void requirePayload(LedgerEvent event, Now now) throws ReflectiveOperationException {
        for (RecordComponent component : TIMES.get(event.getClass())) {
            if (component.getAccessor().invoke(event) instanceof Double time) {
                now.requireOfPayload(component.getName(), time);
            }
        }
    }

    private final class Now {

        private final double earliest;
        private final double latest;

        Now(double now) {
            // A machine whose clock was never set still records what it is told now.
            earliest = Math.min(EARLIEST, now - tolerance);
            latest = now + tolerance;
        }

        void requireTimestamp(double time) {
            requireNotAhead("timestamp", time);
            if (time < earliest) {
                throw refusal("timestamp", time, "before the year 2000");
            }
        }

        void requireOfPayload(String field, double time) {
            requireNotAhead(field, time);
            if (!isNear(time) && isNear(time * 1e3)) {
                throw refusal(field, time, "before the year 2000");
            }
        }

        private void requireNotAhead(String field, double time) {
            if (!(time <= latest)) {
                throw refusal(
                        field,
                        time,
                        "later than the ledger's clock by more than swarm-ledger.clock-tolerance, " + written(tolerance)
                                + " ms");
            }
        }

        private boolean isNear(double time) {
            return time >= earliest && time <= latest;
        }

        private MalformedCommand refusal(String field, double time, String why) {
            return MalformedCommand.outOfRange(
                    field, "is " + written(time) + ", as epoch milliseconds " + why + likelyUnit(time));
        }

        private String likelyUnit(double time) {
            if (isNear(time * 1e3)) {
                return ": these are seconds";
            }
            if (isNear(time / 1e3)) {
                return ": these are microseconds";
            }
            return isNear(time / 1e6) ? ": these are nanoseconds" : "";
        }
    }

    private static String written(double time) {
        return time == Math.rint(time) && Math.abs(time) < 1e19 ? String.format("%.0f", time) : String.valueOf(time);
    }
}
