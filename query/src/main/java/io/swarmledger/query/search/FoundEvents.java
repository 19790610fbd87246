package io.swarmledger.query.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swarmledger.query.Page;

/**
 * Events that were found.
 *
 * @param page of them, in the order that was asked for; {@code position} is how far the log was looked through
 * @param partly events of this ledger that are so long that only their beginning is searched
 */
public record FoundEvents(@JsonUnwrapped Page<FoundEvent> page, long partly) {}
