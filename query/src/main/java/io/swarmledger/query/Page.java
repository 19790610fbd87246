package io.swarmledger.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items the items of this page, in the order of the list
 * @param total how many items the whole list has, counted to {@link Paging#COUNTED_TO}
 * @param totalIsExact whether {@code total} is the true number, or at least that many
 * @param next the cursor that asks for the next page, {@code null} on the last one
 * @param position the position up to which the log is in it; {@code null} where that is not said
 */
public record Page<T>(
        List<T> items,
        long total,
        boolean totalIsExact,
        String next,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long position) {

    /** A page that does not say its position. */
    public Page(List<T> items, long total, boolean totalIsExact, String next) {
        this(items, total, totalIsExact, next, null);
    }

    /** The same, read at that position. */
    public Page<T> at(long readAt) {
        return new Page<>(items, total, totalIsExact, next, readAt);
    }

    /** The same page of other items. */
    public <R> Page<R> map(Function<? super T, ? extends R> item) {
        return new Page<>(items.stream().<R>map(item).toList(), total, totalIsExact, next, position);
    }
}
