package io.swarmledger.app.http.page;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.events.Json;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Positions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** History as an import leaves it, whatever it says and whatever its ids are. */
final class Imported {

    private static final long START = 1_767_517_200_000L;

    private final Map<String, Long> versions = new HashMap<>();
    private long rows;

    /** The next event of that stream, a second after the one before. */
    EventRow next(String id, String type, String source, Map<String, ?> payload) {
        rows++;
        return new EventRow(
                "event-" + rows,
                id,
                versions.merge(id, 0L, (before, none) -> before + 1),
                type.substring(0, type.indexOf(':')),
                START + rows * 1_000,
                type,
                "1",
                Json.mapper().writeValueAsString(payload),
                "{}",
                source,
                null,
                null,
                "swarm",
                null);
    }

    /** Puts them into the log, and waits until everything has seen them. */
    static void into(HttpLedger ledger, Iterable<EventRow> events) throws Exception {
        ledger.bean(LogFile.class).writer().bulk((inserter, connection) -> {
            for (EventRow event : events) {
                inserter.insert(event);
            }
            return null;
        });
        Positions positions = ledger.bean(Positions.class);
        long head = positions.of(LedgerQuery.LOG);
        for (String name : ReadModels.ofLedger().projections()) {
            positions.await(name, head, Duration.ofMinutes(2));
        }
        positions.await(LedgerQuery.TIME_TRAVEL, head, Duration.ofMinutes(2));
    }
}
