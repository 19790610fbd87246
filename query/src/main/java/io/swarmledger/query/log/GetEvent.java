package io.swarmledger.query.log;

import io.swarmledger.query.LedgerQuery;

/** Asks for one event: a {@link RecordedEvent}, {@code null} if there is none of that id. */
public record GetEvent(String eventId) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
