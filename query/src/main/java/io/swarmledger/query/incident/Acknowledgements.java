package io.swarmledger.query.incident;

import io.swarmledger.events.Json;
import io.swarmledger.query.incident.Incident.Acknowledgement;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What somebody said of incidents: events like any other. It remembers: it is for one question. */
final class Acknowledgements {

    private static final String ACKNOWLEDGED = "incident:acknowledged";

    private final EventLog log;
    private final Map<String, Optional<Acknowledgement>> known = new HashMap<>();

    Acknowledgements(EventLog log) {
        this.log = log;
    }

    /** The last one of an incident, {@code null} if there is none. */
    Acknowledgement last(String incidentId) {
        return known.computeIfAbsent(incidentId, asked -> log.last(asked, Long.MAX_VALUE, ACKNOWLEDGED)
                        .map(Acknowledgements::told))
                .orElse(null);
    }

    private static Acknowledgement told(LogRow row) {
        return new Acknowledgement(
                row.id(),
                row.position(),
                row.time(),
                row.recordedBy(),
                payload(row).path("note").asString(null));
    }

    private static JsonNode payload(LogRow row) {
        try {
            return Json.mapper().readTree(row.payload());
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }
}
