package io.swarmledger.events.incident;

import io.swarmledger.events.EventType;

/**
 * Somebody knows of it, until it occurs again.
 *
 * @param rule why it is an incident
 * @param title what it was about then
 * @param swarmId of the swarm that it hit, {@code null} if it hit several or none
 * @param note what was said of it, {@code null} if nothing
 * @param at epoch milliseconds
 */
@EventType(value = "incident:acknowledged", begins = true)
public record IncidentAcknowledged(String incidentId, String rule, String title, String swarmId, String note, Double at)
        implements IncidentEvent {}
