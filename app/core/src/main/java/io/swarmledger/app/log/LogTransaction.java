package io.swarmledger.app.log;

import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.StoredSnapshot;
import java.util.Optional;

/** The log inside a transaction, with what was added to it so far. */
public interface LogTransaction {

    /**
     * Adds an event behind all others.
     *
     * @return its position
     * @throws Conflict if its version or its id is taken; the transaction goes on without it
     */
    long append(EventRow row);

    /** Whether there is no event at all. */
    boolean isEmpty();

    /** Whether there is an event of that id. */
    default boolean has(String eventId) {
        return byId(eventId).isPresent();
    }

    /** The event of that id. */
    Optional<LogRow> byId(String eventId);

    /** The event of an aggregate that has that version, counted from 1. */
    Optional<LogRow> byVersion(String aggregateId, long version);

    /**
     * A stream that has begun.
     *
     * @param lastVersion that of its last event
     * @param swarmId the swarm of its first event
     */
    record Stream(long lastVersion, String swarmId) {}

    /** The stream of that aggregate; empty if it has not begun. */
    Optional<Stream> stream(String aggregateId);

    /**
     * Keeps a snapshot of another program, one an aggregate: of two the one of the higher version, of equals the one that
     * came last.
     *
     * @return whether it was kept
     */
    boolean keep(StoredSnapshot snapshot);
}
