package io.swarmledger.query.log;

/**
 * What an aggregate was like at some moment: the fold of its events until then.
 *
 * @param aggregateType of the stream, which is that of its first event
 * @param version of the last event that is in it
 * @param position of that event
 * @param timestamp of that event, epoch milliseconds
 * @param state an AgentState, TaskState, MemoryState or SwarmState; {@code null} if it was never spawned, created,
 *     stored or initialized
 */
public record StateThen(
        String aggregateId, String aggregateType, long version, long position, double timestamp, Object state) {

    StateThen withState(Object other) {
        return new StateThen(aggregateId, aggregateType, version, position, timestamp, other);
    }
}
