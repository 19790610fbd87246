package io.swarmledger.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A page while it is filled. It ends with its limit, or before that where its items are large: there is a next one then,
 * and nothing is lost. Whoever fills it asks {@link #fits} of each item before reading it, of one more than the limit too.
 */
public final class Cut<T> {

    private final int limit;
    private final Room.Page room = Room.page();
    private final List<T> items = new ArrayList<>();
    private int fitting;
    private boolean isMore;

    /**
     * An empty page.
     *
     * @param limit items at most
     */
    public Cut(int limit) {
        this.limit = limit;
    }

    /** How many items to ask a store for: one more than the page may have, which tells whether there is a next one. */
    public int toAskFor() {
        return limit + 1;
    }

    /**
     * Whether one more item belongs to the page. If not, it is where the next page begins.
     *
     * @param bytes of its JSON, about
     * @throws QuestionRefused if answers under way leave no room for the first item
     */
    public boolean fits(long bytes) {
        return fitsHolding(Room.heldFor(bytes));
    }

    /** The same, for an item that holds so many bytes of memory. */
    public boolean fitsHolding(long bytes) {
        isMore = isMore || fitting == limit || !room.take(bytes, fitting == 0);
        if (!isMore) {
            fitting++;
        }
        return !isMore;
    }

    /**
     * Whether the item that comes next may have so much more. If not, the page ends before it.
     *
     * @throws QuestionRefused if it is the first, and answers under way leave no room for it
     */
    public boolean grows(long bytes) {
        boolean fits = room.take(Room.heldFor(bytes), items.isEmpty());
        isMore |= !fits;
        return fits;
    }

    /** Adds an item that {@link #fits}. */
    public void add(T item) {
        items.add(item);
    }

    /** There is more, which nobody asked of whether it {@link #fits}. */
    public void endsHere() {
        isMore = true;
    }

    /** Whether there is more than this page has. */
    public boolean isMore() {
        return isMore;
    }

    /** The items, in order. */
    public List<T> items() {
        return Collections.unmodifiableList(items);
    }

    /** Where the next page begins, {@code null} if this is the last one. */
    public String next(Function<T, String> cursorAfter) {
        return isMore ? cursorAfter.apply(items.get(items.size() - 1)) : null;
    }

    /**
     * The page.
     *
     * @param total how many items the list has, counted to {@link Paging#COUNTED_TO} and one more
     * @param cursorAfter the cursor behind an item
     */
    public Page<T> page(long total, Function<T, String> cursorAfter) {
        return new Page<>(items(), Math.min(total, Paging.COUNTED_TO), total <= Paging.COUNTED_TO, next(cursorAfter));
    }
}
