package io.swarmledger.query;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items the items of this page, in the order of the list
 * @param total how many items the whole list has, counted to {@link Paging#COUNTED_TO}
 * @param totalIsExact whether {@code total} is the true number, or at least that many
 * @param next the cursor that asks for the next page, {@code null} on the last one
 */
public record Page<T>(List<T> items, long total, boolean totalIsExact, String next) {

    /** The same page of other items. */
    public <R> Page<R> map(Function<? super T, ? extends R> item) {
        return new Page<>(items.stream().<R>map(item).toList(), total, totalIsExact, next);
    }
}
