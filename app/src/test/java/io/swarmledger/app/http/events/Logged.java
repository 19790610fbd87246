package io.swarmledger.app.http.events;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import org.axonframework.queryhandling.QueryGateway;

/** What the log has, asked for behind the door. */
final class Logged {

    private Logged() {}

    /** The first 10,000 events of that kind. */
    static List<RecordedEvent> of(HttpLedger ledger, FindEvents query) {
        return ledger.bean(QueryGateway.class)
                .query(query.withLimit(FindEvents.MAX_LIMIT), PageOf.items(RecordedEvent.class))
                .join()
                .items();
    }
}
