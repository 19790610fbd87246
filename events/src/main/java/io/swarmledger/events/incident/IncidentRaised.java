package io.swarmledger.events.incident;

import io.swarmledger.events.EventType;

/**
 * A rule of alerts holds, and has for as long as it must.
 *
 * @param rule the name of that rule
 * @param title what is wrong
 * @param swarmId of the swarm that it hits, {@code null} if it hits several or none
 * @param note how it was found then: how often, since when; {@code null} if nothing is said of that
 * @param at epoch milliseconds
 */
@EventType(value = "incident:raised", begins = true)
public record IncidentRaised(String incidentId, String rule, String title, String swarmId, String note, Double at)
        implements IncidentEvent {}
