package io.swarmledger.query.timetravel;

import io.swarmledger.query.Page;

/**
 * What changed between two positions.
 *
 * @param changes one a thing, in the order in which the things were first heard of; the total is exact once all are known
 */
public record Changes(long from, long to, Page<Change> changes) {}
