package io.swarmledger.events.incident;

import io.swarmledger.events.LedgerEvent;

/** What people say of an incident. */
public sealed interface IncidentEvent extends LedgerEvent permits IncidentAcknowledged {

    /** The incident that it is about: what its cause is named by. */
    String incidentId();
}
