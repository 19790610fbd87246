package io.swarmledger.app.view;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A replay under way, or how it ended.
 *
 * <p>Its progress is a position over a target, and ends on a quiet log too; Axon's {@code isReplaying} ends only with
 * the next new event.
 */
public final class Replay {

    private final List<String> projections;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final long startedAt;
    private volatile long position;
    private volatile long target;
    private volatile boolean cancelled;

    Replay(List<String> projections, long startedAt) {
        this.projections = List.copyOf(projections);
        this.startedAt = startedAt;
    }

    /**
     * How far it is.
     *
     * @param position what was read of the log
     * @param target the log's head
     * @param percent from 0 to 100
     * @param state running, done, cancelled or failed
     * @param startedAt epoch milliseconds
     * @param error why it failed, {@code null} if it did not
     */
    public record Progress(
            List<String> projections,
            String state,
            long position,
            long target,
            double percent,
            long startedAt,
            String error) {}

    /** How far it is now. */
    public Progress progress() {
        long at = position;
        long to = Math.max(target, at);
        boolean complete = done.isDone() && !done.isCompletedExceptionally() && !cancelled;
        double percent = complete || to == 0 ? (complete ? 100 : 0) : 100.0 * at / to;
        return new Progress(projections, state(), at, to, percent, startedAt, error());
    }

    /** Completed when it has ended; exceptionally if it failed. */
    public CompletableFuture<Void> done() {
        return done;
    }

    /** Gives it up; what queries answer from stays as it is. */
    public void cancel() {
        cancelled = true;
    }

    List<String> projections() {
        return projections;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void reached(long newPosition, long head) {
        position = newPosition;
        target = head;
    }

    private String state() {
        if (!done.isDone()) {
            return "running";
        }
        if (cancelled) {
            return "cancelled";
        }
        return done.isCompletedExceptionally() ? "failed" : "done";
    }

    private String error() {
        return done.isCompletedExceptionally()
                ? done.handle((nothing, failure) -> failure.getMessage()).join()
                : null;
    }
}
