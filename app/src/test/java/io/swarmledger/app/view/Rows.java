package io.swarmledger.app.view;

import io.swarmledger.app.log.EventRow;
import java.util.HashMap;
import java.util.Map;

/** Rows for the log as they come from anywhere: payloads as text, whatever the rules and the types say. */
public final class Rows {

    public static final long START = 1_767_517_200_000L;

    private final Map<String, Long> versions = new HashMap<>();
    private long rows;

    /** The next row of that stream, a millisecond after the row before. */
    public EventRow next(String aggregateId, String type, String payload) {
        return next(aggregateId, type, payload, START + rows + 1);
    }

    /** The same, at that time. */
    public EventRow next(String aggregateId, String type, String payload, Number timestamp) {
        return next(aggregateId, type, payload, timestamp, "swarm", null);
    }

    /** The same, in a swarm and belonging to something. */
    public EventRow next(
            String aggregateId, String type, String payload, Number timestamp, String swarmId, String correlationId) {
        rows++;
        return new EventRow(
                "event-" + rows,
                aggregateId,
                versions.merge(aggregateId, 0L, (before, none) -> before + 1),
                type.substring(0, type.indexOf(':')),
                timestamp,
                type,
                "1",
                payload,
                swarmId.equals("swarm") ? null : "{\"swarmId\":\"" + swarmId + "\"}",
                "swarm",
                null,
                correlationId,
                swarmId,
                null);
    }
}
