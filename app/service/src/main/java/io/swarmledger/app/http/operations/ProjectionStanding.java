package io.swarmledger.app.http.operations;

/**
 * How a projection stands.
 *
 * @param position what queries of it have seen of the log
 * @param head the last position of the log
 * @param lag how many events it is behind
 * @param age how long the oldest of these has been there, milliseconds, counted from the start of the service
 * @param health {@code ok}, {@code degraded} (some events could not be applied), {@code behind} (it does not keep up with
 *     the log), {@code failing} (its batches fail and come again) or {@code stopped}
 * @param reason why it is not {@code ok}, {@code null} if it is
 * @param error what its batches fail at, {@code null} if they do not
 * @param deadLetters how many events could not be applied, or wait behind one that could not
 * @param generation of its rows, which a replay counts up
 */
public record ProjectionStanding(
        String name,
        long position,
        long head,
        long lag,
        long age,
        String health,
        String reason,
        String error,
        long deadLetters,
        long generation) {

    static final String OK = "ok";
    static final String DEGRADED = "degraded";
    static final String BEHIND = "behind";
    static final String FAILING = "failing";
    static final String STOPPED = "stopped";

    boolean isServed() {
        return health.equals(OK) || health.equals(DEGRADED) || health.equals(BEHIND);
    }
}
