package io.swarmledger.query;

/**
 * What a fold may know of an event beyond its payload.
 *
 * @param aggregateId the id of its stream; views key by it
 * @param timestamp when it happened, epoch milliseconds: the time of every event whose payload gives none
 * @param swarmId the swarm it belongs to
 */
public record Recorded(String aggregateId, double timestamp, String swarmId) {

    /** A time of the payload, or the event's own where the payload gives none. */
    public double timeOr(Double given) {
        return given != null ? given : timestamp;
    }
}
