package io.swarmledger.app.alert;

import io.swarmledger.query.incident.Alert;
import java.util.List;
import java.util.Map;

/**
 * For whom a rule holds.
 *
 * @param isWhole whether it holds for nobody else
 * @param otherwise why it does not hold for others, by the ids of their incidents, as far as that is known
 */
record Judged(AlertRule rule, List<Judged.Condition> holding, boolean isWhole, Map<String, String> otherwise) {

    /** That holds for these and nobody else. */
    static Judged of(AlertRule rule, List<Judged.Condition> holding) {
        return new Judged(rule, holding, true, Map.of());
    }

    /**
     * One for whom it holds.
     *
     * @param incidentId the incident, or what else the rule is about
     * @param swarmId {@code null} if it hits several swarms or none
     * @param note how it was found
     */
    record Condition(String rule, String incidentId, String title, String swarmId, String note) {

        Alert.Key key() {
            return new Alert.Key(rule, incidentId);
        }
    }
}
