package io.swarmledger.app.log.sqlite;

import io.swarmledger.query.ReadFault;
import io.swarmledger.query.log.EventLog.Part;
import io.swarmledger.query.log.LogRow;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** Rows one after the other, of which a page is in memory at a time. */
final class LogPages implements Iterator<LogRow> {

    private final String of;
    private final ToLongFunction<LogRow> place;
    private final LongFunction<Part> pages;
    private Iterator<LogRow> page;
    private boolean isLast;
    private long last;

    private LogPages(String of, long after, ToLongFunction<LogRow> place, LongFunction<Part> pages) {
        this.of = of;
        this.last = after;
        this.place = place;
        this.pages = pages;
    }

    /**
     * The rows behind a place.
     *
     * @param of what they are of, for whoever is told that it cannot be read
     * @param place where a row is
     * @param pages the page behind a place
     */
    static Stream<LogRow> stream(String of, long after, ToLongFunction<LogRow> place, LongFunction<Part> pages) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new LogPages(of, after, place, pages), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        while ((page == null || !page.hasNext()) && !isLast) {
            turn();
        }
        return page.hasNext();
    }

    private void turn() {
        try {
            Part part = pages.apply(last);
            page = part.rows().iterator();
            isLast = part.isAll();
        } catch (ReadFault fault) {
            throw new EventStoreException(of + " cannot be read: " + fault.getMessage(), fault);
        }
    }

    @Override
    public LogRow next() {
        LogRow row = page.next();
        last = place.applyAsLong(row);
        return row;
    }
}
