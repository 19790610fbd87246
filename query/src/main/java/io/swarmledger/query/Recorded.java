package io.swarmledger.query;

/**
 * What a fold may know of an event beyond its payload.
 *
 * @param aggregateId the id of its stream; views key by it
 * @param timestamp when it happened, epoch milliseconds: the time of every event whose payload gives none
 * @param swarmId the swarm it belongs to
 * @param believedAt what that time counts as where times are compared: itself, or where it cannot be believed the last
 *     believed one before it in the log, {@link #NEVER} if there is none
 */
public record Recorded(String aggregateId, double timestamp, String swarmId, double believedAt) {

    /** Before every time. */
    public static final double NEVER = -Double.MAX_VALUE;

    /** The same of an event whose time is believed. */
    public Recorded(String aggregateId, double timestamp, String swarmId) {
        this(aggregateId, timestamp, swarmId, timestamp);
    }

    /** When it counts as heard of, {@code null} for never. */
    public Double heardAt() {
        return believedAt == NEVER ? null : Double.valueOf(believedAt);
    }

    /** A time of the payload, or the event's own where the payload gives none. */
    public double timeOr(Double given) {
        return given != null ? given : timestamp;
    }
}
