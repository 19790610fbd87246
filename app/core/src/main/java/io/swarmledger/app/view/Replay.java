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
    private final long startNanos = System.nanoTime();
    private volatile long endNanos;
    private volatile long begunAt = -1;
    private volatile long position;
    private volatile long target;
    private volatile boolean cancelled;
    private volatile boolean inPlace;

    Replay(List<String> projections, long startedAt) {
        this.projections = List.copyOf(projections);
        this.startedAt = startedAt;
        done.whenComplete((nothing, failure) -> endNanos = System.nanoTime());
    }

    /**
     * How far it is.
     *
     * @param position what was read of the log
     * @param target the log's head
     * @param percent from 0 to 100
     * @param state running, done, cancelled or failed
     * @param eventsPerSecond since it began or went on
     * @param timeLeft milliseconds at that rate, {@code null} while there is none and once it has ended
     * @param startedAt epoch milliseconds
     * @param error why it failed, {@code null} if it did not
     */
    public record Progress(
            List<String> projections,
            String state,
            long position,
            long target,
            double percent,
            double eventsPerSecond,
            Long timeLeft,
            long startedAt,
            String error) {}

    /** How far it is now. */
    public Progress progress() {
        long at = position;
        long to = Math.max(target, at);
        boolean complete = done.isDone() && !done.isCompletedExceptionally() && !isCancelled();
        double percent = complete || to == 0 ? (complete ? 100 : 0) : 100.0 * at / to;
        double rate = rate(at);
        Long left = done.isDone() || rate == 0 ? null : Math.round((to - at) / rate * 1_000);
        return new Progress(projections, state(), at, to, percent, rate, left, startedAt, error());
    }

    private double rate(long at) {
        long nanos = (done.isDone() ? endNanos : System.nanoTime()) - startNanos;
        return begunAt < 0 || nanos <= 0 ? 0 : Math.round((at - begunAt) * 1e9 / nanos);
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
        return cancelled && !inPlace;
    }

    /** What was rebuilt is what queries read: too late to give it up. */
    void tookPlace() {
        inPlace = true;
    }

    void reached(long newPosition, long head) {
        if (begunAt < 0) {
            begunAt = newPosition;
        }
        position = newPosition;
        target = head;
    }

    private String state() {
        if (!done.isDone()) {
            return "running";
        }
        if (isCancelled()) {
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
