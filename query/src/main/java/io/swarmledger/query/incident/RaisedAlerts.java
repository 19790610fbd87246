package io.swarmledger.query.incident;

import io.swarmledger.events.Json;
import io.swarmledger.query.failure.Fingerprint;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What is raised and not cleared, by the log alone. It reads on from where it was, and keeps the newest {@value #KEPT}. For
 * any thread.
 */
public final class RaisedAlerts {

    public static final String RAISED = "incident:raised";
    public static final String CLEARED = "incident:cleared";

    /** What is said of alerts. */
    public static final EventCriteria EVENTS = EventCriteria.ofTypes(List.of(RAISED, CLEARED));

    static final int KEPT = 10_000;

    private final Map<Alert.Key, Alert> raised = new LinkedHashMap<>();
    private long position;

    /** Those that are raised as of that log, the newest first. */
    public synchronized List<Alert> in(EventLog now) {
        boolean isAll = false;
        while (!isAll) {
            EventLog.Part part = now.read(position, Long.MAX_VALUE, EVENTS, Budget.PAGE);
            part.rows().forEach(this::take);
            position = part.last(position);
            isAll = part.isAll();
        }
        List<Alert> newestFirst = new ArrayList<>(raised.values());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private void take(LogRow row) {
        JsonNode payload = payload(row);
        Alert alert = new Alert(
                row.aggregateId(),
                payload.path("rule").asString(""),
                Fingerprint.cut(payload.path("title").asString(""), Fingerprint.SHOWN),
                payload.path("swarmId").asString(null),
                cut(payload.path("note").asString(null)),
                row.time(),
                row.id(),
                row.position(),
                row.recordedBy());
        raised.remove(alert.key());
        if (row.type().equals(RAISED)) {
            raised.put(alert.key(), alert);
            if (raised.size() > KEPT) {
                raised.remove(raised.keySet().iterator().next());
            }
        }
    }

    private static String cut(String text) {
        return text == null ? null : Fingerprint.cut(text, Fingerprint.SHOWN);
    }

    private static JsonNode payload(LogRow row) {
        try {
            return Json.mapper().readTree(row.payload());
        } catch (JacksonException noJson) {
            return Json.mapper().createObjectNode();
        }
    }
}
