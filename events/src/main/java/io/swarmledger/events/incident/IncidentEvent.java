package io.swarmledger.events.incident;

import io.swarmledger.events.LedgerEvent;

/** What people say of an incident, and what rules of alerts do. */
public sealed interface IncidentEvent extends LedgerEvent
        permits IncidentAcknowledged, IncidentRaised, IncidentCleared {

    /** The incident that it is about: what its cause is named by. */
    String incidentId();
}
