package io.swarmledger.events;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What happened to one agent, task, memory or swarm.
 *
 * <p>The known events are records in four sealed interfaces, one a feature; {@link OpaqueEvent} is every other.
 * Times are epoch milliseconds and durations milliseconds, both {@code Double} because the histories that the ledger
 * imports come from JavaScript, where they may have fractions. A component that was not recorded is {@code null}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public interface LedgerEvent {}
