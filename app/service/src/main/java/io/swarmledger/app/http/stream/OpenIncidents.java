package io.swarmledger.app.http.stream;

import io.swarmledger.events.Json;
import io.swarmledger.query.incident.Alert;
import io.swarmledger.query.incident.Incident;
import io.swarmledger.query.incident.Incidents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is open and raised at a moment, and what has changed since the one before, as it goes over the wire: made once for
 * all who follow.
 *
 * @param number of the moment, one more than that of the one before
 * @param whole a message that says all of it
 * @param changes messages that say what has changed; {@code null} if there was none before
 */
record OpenIncidents(
        long number, Map<String, Incident> open, Map<Alert.Key, Alert> alerts, byte[] whole, byte[] changes) {

    /** How it ends where nothing else is known: it is not there any more. */
    private static final String ENDED = "ended";

    /** Of a first moment. */
    static OpenIncidents first(Incidents now) {
        return of(0, now, null);
    }

    /**
     * The next moment; this one if nothing has changed.
     *
     * @param now those that are open come first
     */
    OpenIncidents then(Incidents now) {
        byte[] changes = changesTo(now);
        return changes.length == 0 ? this : of(number + 1, now, changes);
    }

    private static OpenIncidents of(long number, Incidents now, byte[] changes) {
        List<Incident> open = now.items().stream().filter(Incident::open).toList();
        Incidents told = new Incidents(
                open, now.open(), now.isWhole(), null, now.position(), now.open(), 0, now.isWhole(), now.alerts());
        return new OpenIncidents(
                number, byId(open), byKey(now.alerts()), message("incidents", now.position(), told), changes);
    }

    private static Map<String, Incident> byId(List<Incident> incidents) {
        return incidents.stream()
                .collect(Collectors.toMap(Incident::id, Function.identity(), (one, same) -> one, LinkedHashMap::new));
    }

    private static Map<Alert.Key, Alert> byKey(List<Alert> alerts) {
        return alerts.stream()
                .collect(Collectors.toMap(Alert::key, Function.identity(), (one, same) -> one, LinkedHashMap::new));
    }

    private byte[] changesTo(Incidents now) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Map<String, Incident> found = byId(now.items());
        boolean isWhole =
                now.isWhole() && now.items().stream().filter(Incident::open).count() == now.open();
        found.values().stream().filter(Incident::open).forEach(incident -> {
            Incident before = open.get(incident.id());
            if (before == null) {
                messages.writeBytes(message("opened", now.position(), incident));
            } else if (!isSame(before, incident)) {
                messages.writeBytes(message("changed", now.position(), incident));
            }
        });
        open.values().forEach(before -> {
            Incident after = found.get(before.id());
            if (after == null && isWhole) {
                messages.writeBytes(
                        message("closed", now.position(), before.withOpen(false).withStatus(ENDED)));
            } else if (after != null && !after.open()) {
                messages.writeBytes(message("closed", now.position(), after));
            }
        });
        Map<Alert.Key, Alert> raised = byKey(now.alerts());
        raised.values().stream()
                .filter(alert -> !alert.equals(alerts.get(alert.key())))
                .forEach(alert -> messages.writeBytes(message("raised", now.position(), alert)));
        alerts.values().stream()
                .filter(alert -> !raised.containsKey(alert.key()))
                .forEach(alert -> messages.writeBytes(message("cleared", now.position(), alert)));
        return messages.toByteArray();
    }

    /** The parts of its trend are parts of a time that ends now. */
    private static boolean isSame(Incident before, Incident after) {
        return before.withTrend(null).equals(after.withTrend(null));
    }

    private static byte[] message(String name, long position, Object data) {
        return ("event:" + name + "\nid:" + position + "\ndata:" + Json.mapper().writeValueAsString(data) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
