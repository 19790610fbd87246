package io.swarmledger.query;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the items of this page, in the order of the list
 * @param total how many items the whole list has, counted to {@link Paging#COUNTED_TO}
 * @param totalIsExact whether {@code total} is the true number, or at least that many
 * @param next the cursor that asks for the next page, {@code null} on the last one
 */
public record Page<T>(List<T> items, long total, boolean totalIsExact, String next) {}
