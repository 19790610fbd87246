package io.swarmledger.app.check;

/**
 * Something that a view says otherwise than the log.
 *
 * @param id of the agent, task, memory or swarm; {@code null} for a count
 * @param field of its state; what is said of its filters is {@code filter by status}, of a count {@code count of all} or
 *     {@code count of idle}, of what the index of all moments has {@code at that moment}; {@code version} where the log does not have its events in their order; {@code null} if it is
 *     not in one of the two at all
 * @param view what queries answer, {@code null} for nothing; long values from where they part, as text
 * @param log what the log says, likewise
 */
public record ViewDifference(String id, String field, Object view, Object log) {

    /** In a line. */
    @Override
    public String toString() {
        String what = id == null ? "" : id + (field == null ? "" : ", ");
        return what + (field == null ? "" : field) + ": " + view + ", the log says " + log;
    }
}
