package io.swarmledger.app.http.operations;

import io.swarmledger.app.door.OperationRefused;
import io.swarmledger.app.door.Refusal;
import io.swarmledger.app.http.Problem;
import java.time.Clock;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;

/** A piece of work that takes its time, and what became of it. */
public final class Operation implements LongConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(Operation.class);

    private final String id;
    private final String kind;
    private final long total;
    private final Clock clock;
    private volatile State state = State.waiting;
    private volatile Long startedAt;
    private volatile Long finishedAt;
    private volatile long reached;
    private volatile Object result;
    private volatile ProblemDetail problem;
    private volatile boolean stopped;

    Operation(String id, String kind, long total, Clock clock) {
        this.id = id;
        this.kind = kind;
        this.total = total;
        this.clock = clock;
    }

    /** Named as in the JSON. */
    public enum State {
        waiting,
        running,
        done,
        failed
    }

    /** The work: it tells how far it is, and answers what it found. */
    @FunctionalInterface
    interface Work {

        Object run(Operation operation);
    }

    /**
     * How an operation stands.
     *
     * @param kind backup, verify, import, check, retry-dead-letters or demo
     * @param startedAt epoch milliseconds, {@code null} while it waits
     * @param finishedAt epoch milliseconds, {@code null} until it ends
     * @param result what it found, {@code null} until it is done
     * @param problem why it failed, {@code null} if it did not
     */
    public record Status(
            String id,
            String kind,
            State state,
            Long startedAt,
            Long finishedAt,
            Progress progress,
            Object result,
            ProblemDetail problem) {}

    /**
     * How far it is.
     *
     * @param total what {@code done} goes up to, as far as could be told when it was asked for
     */
    public record Progress(long done, long total) {}

    Status status() {
        return new Status(
                id,
                kind,
                state,
                startedAt,
                finishedAt,
                new Progress(reached, Math.max(total, reached)),
                result,
                problem);
    }

    boolean hasEnded() {
        return finishedAt != null;
    }

    void run(Work work) {
        startedAt = clock.millis();
        state = State.running;
        try {
            result = work.run(this);
            end(State.done);
        } catch (RuntimeException | Error failure) {
            problem = problem(failure);
            end(State.failed);
        }
    }

    private static ProblemDetail problem(Throwable failure) {
        Refusal refusal = Refusal.ofOperation(failure);
        if (!refusal.isForeseen()) {
            LOG.error("An operation failed in a way that nobody foresaw", failure);
        }
        return Problem.of(refusal);
    }

    /** The state last but for the time: whoever sees the end sees what it led to. */
    private void end(State end) {
        state = end;
        finishedAt = clock.millis();
    }

    /** It should end early, for the process does. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** So many things are done. */
    @Override
    public void accept(long done) {
        reached = done;
        if (stopped) {
            throw new OperationRefused("The service stops");
        }
    }
}
