package io.swarmledger.query.view;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A list that only ever grows at its end, such as the tasks that an agent has completed. A fold may be given one whose
 * beginning stayed on disk: then {@link #before} counts what is not in memory, and adding costs the same however much
 * that is.
 */
public final class Growing<T> {

    private static final Growing<?> EMPTY = new Growing<>(0, 0, null, null, null, null);

    private final long before;
    private final int added;
    private final Growing<T> rest;
    private final T last;
    private final Predicate<T> onDisk;
    private final Known<T> known;

    private Growing(long before, int added, Growing<T> rest, T last, Predicate<T> onDisk, Known<T> known) {
        this.before = before;
        this.added = added;
        this.rest = rest;
        this.last = last;
        this.onDisk = onDisk;
        this.known = known;
    }

    /** What is in memory of the longest list that was looked into; those that came of each other share one. */
    private static final class Known<T> {

        private final Set<T> items = new HashSet<>();
        private Growing<T> list;
    }

    /** A list of nothing. */
    @SuppressWarnings("unchecked")
    public static <T> Growing<T> empty() {
        return (Growing<T>) EMPTY;
    }

    /** A list whose first {@code size} items stay on disk, where nobody can look for one. */
    public static <T> Growing<T> onDisk(long size) {
        return onDisk(size, item -> {
            throw new IllegalStateException(size + " items of the list are not in memory");
        });
    }

    /**
     * A list whose first {@code size} items stay on disk.
     *
     * @param has whether one of those is the given one
     */
    public static <T> Growing<T> onDisk(long size, Predicate<T> has) {
        return size == 0 ? empty() : new Growing<>(size, 0, null, null, has, new Known<>());
    }

    /** A list of these. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static <T> Growing<T> of(List<T> items) {
        Growing<T> list = empty();
        for (T item : items) {
            list = list.with(item);
        }
        return list;
    }

    /** This and one more. */
    public Growing<T> with(T item) {
        return new Growing<>(before, added + 1, this, item, onDisk, known == null ? new Known<>() : known);
    }

    /**
     * Whether the item is one of the list's, on disk or in memory.
     *
     * @throws IllegalStateException if that cannot be told
     */
    public boolean has(T item) {
        return added > 0 && known().contains(item) || before > 0 && onDisk.test(item);
    }

    private Set<T> known() {
        synchronized (known) {
            List<T> news = new ArrayList<>();
            Growing<T> at = this;
            for (; at.added > 0 && at != known.list; at = at.rest) {
                news.add(at.last);
            }
            if (at != known.list) {
                known.items.clear();
            }
            known.items.addAll(news);
            known.list = this;
            return known.items;
        }
    }

    /**
     * The item that was added last.
     *
     * @throws IllegalStateException if none is in memory
     */
    public T last() {
        if (added == 0) {
            throw new IllegalStateException("None of " + before + " items of the list is in memory");
        }
        return last;
    }

    /** How many items stayed on disk. */
    public long before() {
        return before;
    }

    /** How many items it has, on disk and in memory. */
    public long size() {
        return before + added;
    }

    /** The items that are in memory, in order. */
    public List<T> added() {
        LinkedList<T> items = new LinkedList<>();
        for (Growing<T> at = this; at.added > 0; at = at.rest) {
            items.addFirst(at.last);
        }
        return Collections.unmodifiableList(items);
    }

    /**
     * The whole list.
     *
     * @throws IllegalStateException if some of it stayed on disk
     */
    @JsonValue
    public List<T> toList() {
        if (before > 0) {
            throw new IllegalStateException(before + " items of the list are not in memory");
        }
        return added();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Growing<?> list
                && before == list.before
                && added == list.added
                && added().equals(list.added());
    }

    @Override
    public int hashCode() {
        return Objects.hash(before, added, last);
    }

    @Override
    public String toString() {
        return before == 0 ? added().toString() : "[" + before + " on disk, then " + added() + "]";
    }
}
