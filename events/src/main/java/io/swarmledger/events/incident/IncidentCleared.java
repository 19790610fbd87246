package io.swarmledger.events.incident;

import io.swarmledger.events.EventType;

/**
 * A rule of alerts that was raised holds no longer.
 *
 * @param rule the name of that rule
 * @param title what was wrong
 * @param swarmId as it was raised
 * @param note why it holds no longer; {@code null} if nothing is said of that
 * @param at epoch milliseconds
 */
@EventType("incident:cleared")
public record IncidentCleared(String incidentId, String rule, String title, String swarmId, String note, Double at)
        implements IncidentEvent {}
