package io.swarmledger.query.run;

import io.swarmledger.query.usage.CallSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A task, as far as a run has come. */
final class RunTask {

    /** So many of its attempts are told; the last one always is. */
    private static final int ATTEMPTS = 1_000;

    private static final Set<String> WAITING = Set.of("pending", "queued", "blocked");

    final String id;
    String title;
    String type;
    String outcome = "pending";
    String agent;
    String error;
    String result;
    ResultDigest digest;
    Double duration;
    Double createdAt;
    Double startedAt;
    CallSums calls = CallSums.NONE;
    long starts;
    String eventId;
    long position;
    long completedPosition;
    final List<String> failures = new ArrayList<>();
    final List<Attempt> attempts = new ArrayList<>();
    double waitsSince = Double.NaN;
    boolean isAtWork;

    RunTask(String id) {
        this.id = id;
    }

    /**
     * A stretch of work at it. Times in epoch milliseconds.
     *
     * @param waited since when it had waited for that; not a number if it did not
     * @param from the position that began it
     * @param end the position that ended it; 0 while it goes on
     * @param said of its task's failures the last until then
     */
    record Attempt(
            String agent,
            int number,
            double waited,
            double began,
            double ended,
            String outcome,
            long from,
            long end,
            String said) {

        static final String GOES_ON = "in-progress";

        boolean goesOn() {
            return outcome.equals(GOES_ON);
        }
    }

    void beginsAnew() {
        outcome = "pending";
        agent = null;
        error = null;
        result = null;
        digest = null;
        duration = null;
        startedAt = null;
        calls = CallSums.NONE;
        starts = 0;
        completedPosition = 0;
        failures.clear();
        attempts.clear();
        waitsSince = Double.NaN;
        isAtWork = false;
    }

    /** Somebody begins to work at it. */
    void begins(String who, double time, long at) {
        if (isAtWork) {
            ends("abandoned", time, at);
        }
        if (attempts.size() == ATTEMPTS) {
            attempts.remove(attempts.size() - 1);
        }
        attempts.add(new Attempt(who, (int) Math.max(1, starts), waitsSince, time, time, Attempt.GOES_ON, at, 0, null));
        waitsSince = Double.NaN;
        isAtWork = true;
    }

    /** What is worked at it ends so; what nobody began takes no time. */
    void ends(String how, double time, long at) {
        if (!isAtWork) {
            begins(agent, time, at);
        }
        Attempt open = attempts.remove(attempts.size() - 1);
        attempts.add(new Attempt(
                open.agent(),
                open.number(),
                open.waited(),
                open.began(),
                Math.max(open.began(), time),
                how,
                open.from(),
                at,
                error));
        isAtWork = false;
    }

    /** Whether it is to be done, and nobody does. */
    boolean isWaiting() {
        return !isAtWork && !Double.isNaN(waitsSince) && WAITING.contains(outcome);
    }

    void waits(double time) {
        if (Double.isNaN(waitsSince) && !isAtWork) {
            waitsSince = time;
        }
    }
}
