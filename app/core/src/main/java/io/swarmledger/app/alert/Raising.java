package io.swarmledger.app.alert;

import io.swarmledger.app.alert.Judged.Condition;
import io.swarmledger.query.incident.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be raised and what to be cleared. What is raised already the log knows; it remembers only since when that holds
 * which does not hold long enough yet.
 */
final class Raising {

    private final Map<Alert.Key, Long> holdsSince = new HashMap<>();

    /**
     * What is to be said.
     *
     * @param clear {@code null} where something is to be raised
     * @param why it is cleared
     */
    record Change(Condition raise, Alert clear, String why) {}

    /**
     * What has changed.
     *
     * @param judged every rule that there is, as far as it was judged
     * @param rules the names of all rules that there are
     * @param raised what is raised now by rules
     * @param now milliseconds of a clock that never goes back
     */
    List<Change> changes(Collection<Judged> judged, Set<String> rules, Collection<Alert> raised, long now) {
        Map<Alert.Key, Alert> told = new LinkedHashMap<>();
        raised.forEach(alert -> told.put(alert.key(), alert));
        List<Change> changes = new ArrayList<>();
        for (Alert alert : raised) {
            if (!rules.contains(alert.rule())) {
                changes.add(new Change(null, alert, "There is no rule of that name any more"));
            }
        }
        for (Judged one : judged) {
            raise(one, told, now, changes);
            if (one.isWhole()) {
                clear(one, told.values(), changes);
            }
        }
        return changes;
    }

    private void raise(Judged judged, Map<Alert.Key, Alert> told, long now, List<Change> changes) {
        Set<Alert.Key> holding = new HashSet<>();
        for (Condition condition : judged.holding()) {
            holding.add(condition.key());
            long since = holdsSince.computeIfAbsent(condition.key(), first -> now);
            boolean isLongEnough = now - since >= judged.rule().lasting().toMillis();
            if (isLongEnough && !told.containsKey(condition.key())) {
                changes.add(new Change(condition, null, null));
            }
        }
        if (judged.isWhole()) {
            holdsSince.keySet().removeIf(key -> key.rule().equals(judged.rule().name()) && !holding.contains(key));
        }
    }

    private static void clear(Judged judged, Collection<Alert> told, List<Change> changes) {
        Set<Alert.Key> holding = new HashSet<>();
        judged.holding().forEach(condition -> holding.add(condition.key()));
        told.stream()
                .filter(alert -> alert.rule().equals(judged.rule().name()) && !holding.contains(alert.key()))
                .map(alert -> new Change(
                        null, alert, judged.otherwise().getOrDefault(alert.incidentId(), "It holds no longer")))
                .forEach(changes::add);
    }

    /** How many hold of a rule, raised or not. */
    long holding(String rule) {
        return holdsSince.keySet().stream()
                .filter(key -> key.rule().equals(rule))
                .count();
    }
}
