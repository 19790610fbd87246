package io.swarmledger.app.check.plain;

import java.util.Collection;
import java.util.stream.Stream;

/** The log, told one aggregate after the other. */
public interface PlainLog {

    /**
     * The events of some types, by the bytes of their aggregates' ids and, within each, by version.
     *
     * @param upTo the last position that is read
     * @return read as it is taken from; to be closed
     */
    Stream<PlainEvent> byAggregate(Collection<String> types, long upTo);

    /** What calls are told by. */
    enum CallsBy {
        TASK,
        SWARM
    }

    /**
     * A call of a tool or a model.
     *
     * @param of the task that it names, or the swarm that it is in
     */
    record Call(String of, PlainEvent event) {}

    /**
     * The calls that are of one, by the bytes of its id and, within each, by position.
     *
     * @param types the event types of calls
     * @param upTo the last position that is read
     * @return read as it is taken from; to be closed
     */
    Stream<Call> calls(Collection<String> types, CallsBy by, long upTo);

    /** How many events of these types there are. */
    long count(Collection<String> types);
}
