package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogTransaction;
import io.swarmledger.app.log.LogTransaction.Stream;

/** Puts facts into the log whose ids it has not, each behind what its stream has by then. */
final class FactRows {

    private final LogTransaction log;
    private long first;
    private long last;
    private long added;
    private long alreadyThere;

    /** For a log in a transaction. */
    FactRows(LogTransaction log) {
        this.log = log;
    }

    /** Adds a fact, or passes over it if its id is there, whatever is there under it. */
    void add(EventRow fact) {
        if (log.has(fact.eventId())) {
            alreadyThere++;
            return;
        }
        Stream stream = log.stream(fact.aggregateId()).orElse(null);
        EventRow event = stream == null ? fact.at(0) : fact.at(stream.lastVersion());
        last = log.append(event.swarmId() == null ? event.inSwarm(swarmOf(event, stream)) : event);
        first = added == 0 ? last : first;
        added++;
    }

    private static String swarmOf(EventRow event, Stream stream) {
        return stream == null ? LogRows.swarmOfItsOwn(event) : stream.swarmId();
    }

    /** The positions of those that were added, if any were. */
    void tell(OwnAppends own) {
        if (added > 0) {
            own.append(first, last);
        }
    }

    long added() {
        return added;
    }

    long alreadyThere() {
        return alreadyThere;
    }
}
