package io.swarmledger.query.search;

import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.log.Answerable;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.view.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds events by their words. The index says which have them, the log what they are and whether they are among those that
 * are meant.
 */
public final class SearchQueries {

    private static final String SEARCH = "search";

    /** Events that have the words, whose other conditions the log is asked for at once. */
    private static final int AT_ONCE = 2_000;

    /** Of those, so many for one page: if none of them is meant, it is an empty one that says where to go on. */
    private static final int MOST_LOOKED_AT = 100_000;

    /** Events whose text is in memory at once. */
    private static final int READ_AT_ONCE = 20;

    private static final int COUNTED_TO = 10_000;

    private final Reading index;
    private final EventLog log;
    private final Answerable answerable;

    /**
     * Answers from an index and the log that it is of.
     *
     * @param index reads its file
     */
    public SearchQueries(Reading index, EventLog log, Answerable answerable) {
        this.index = index;
        this.log = log;
        this.answerable = answerable;
    }

    @QueryHandler
    FoundEvents handle(SearchEvents query) {
        FindEvents among = query.among();
        if (among.offset() != null) {
            throw InvalidQuery.malformed("offset", "a search has none: its next page begins at its cursor");
        }
        int limit = Paging.limit(among.limit(), SearchEvents.MAX_LIMIT);
        SearchText text = SearchText.of(query.words(), query.failures());
        return index.read(jdbc -> log.asOfNow(now -> {
            answerable.require(among, now);
            return new Look(jdbc, now, text, among, limit).answer();
        }));
    }

    /** One question. */
    private static final class Look {

        private final JdbcClient index;
        private final EventLog log;
        private final SearchText text;
        private final FindEvents among;
        private final EventCriteria criteria;
        private final Cut<FoundEvent> page;
        private final int chunk;
        /** Behind the one that was looked at last. */
        private long from;

        private int lookedAt;
        private boolean isAll;

        Look(JdbcClient index, EventLog log, SearchText text, FindEvents among, int limit) {
            this.index = index;
            this.log = log;
            this.text = text;
            this.among = among;
            this.criteria = among.criteria();
            this.page = new Cut<>(limit);
            this.chunk = criteria.saysNothing() ? page.toAskFor() : AT_ONCE;
            this.from = start();
        }

        private long start() {
            if (among.cursor() != null) {
                long last = ((Number) Cursor.read(SEARCH, among.cursor(), Number.class)
                                .get(0))
                        .longValue();
                BeyondHead.requireWithin(log.head(), "cursor", last);
                return last;
            }
            return among.descending() ? Long.MAX_VALUE : behind();
        }

        private long behind() {
            return among.afterPosition() == null ? 0 : among.afterPosition();
        }

        FoundEvents answer() {
            long position = number("SELECT position FROM Progress");
            try (Highlights highlights = new Highlights(text)) {
                while (!isAll && !page.isMore() && lookedAt < MOST_LOOKED_AT) {
                    List<Long> candidates = candidates(from, chunk);
                    isAll = candidates.size() < chunk;
                    lookedAt += candidates.size();
                    add(meant(candidates), highlights);
                    if (!page.isMore() && !candidates.isEmpty()) {
                        from = candidates.get(candidates.size() - 1);
                    }
                }
            }
            boolean isMore = page.isMore() || !isAll;
            Total total = total();
            Page<FoundEvent> found = new Page<>(
                    page.items(),
                    total.number(),
                    total.isExact(),
                    isMore ? Cursor.after(SEARCH, from) : null,
                    position);
            return new FoundEvents(found, number("SELECT partly FROM Progress"));
        }

        private long number(String sql) {
            return index.sql(sql).query(Long.class).single();
        }

        private List<Long> candidates(long from, int most) {
            String stretch = among.descending() ? "rowid < :from AND rowid > :behind" : "rowid > :from";
            return index.sql("SELECT rowid FROM EventWords WHERE EventWords MATCH :text AND " + stretch
                            + " ORDER BY rowid " + (among.descending() ? "DESC" : "ASC") + " LIMIT " + most)
                    .param("text", text.expression())
                    .param("from", from)
                    .param("behind", behind())
                    .query(Long.class)
                    .list();
        }

        private List<Long> meant(List<Long> candidates) {
            if (criteria.saysNothing() || candidates.isEmpty()) {
                return candidates;
            }
            List<Long> meant = new ArrayList<>(log.among(candidates, criteria));
            if (among.descending()) {
                Collections.reverse(meant);
            }
            return meant;
        }

        private void add(List<Long> positions, Highlights highlights) {
            for (int first = 0; first < positions.size() && !page.isMore(); first += READ_AT_ONCE) {
                List<LogRow> rows = new ArrayList<>();
                log.at(positions.subList(first, Math.min(first + READ_AT_ONCE, positions.size())), rows::add);
                if (among.descending()) {
                    Collections.reverse(rows);
                }
                List<LogRow> fitting = new ArrayList<>();
                for (LogRow row : rows) {
                    if (page.fitsHolding(row.bytes())) {
                        fitting.add(row);
                        from = row.position();
                    }
                }
                highlights.of(fitting).forEach(page::add);
            }
        }

        private record Total(long number, boolean isExact) {}

        /** Of all pages. Those that the log is asked for one by one are counted among fewer that have the words. */
        private Total total() {
            long last = among.descending() ? Long.MAX_VALUE : behind();
            if (criteria.saysNothing()) {
                int number = candidates(last, COUNTED_TO + 1).size();
                return new Total(Math.min(number, COUNTED_TO), number <= COUNTED_TO);
            }
            long number = 0;
            boolean isEverything = false;
            for (int counted = 0; counted < COUNTED_TO && !isEverything; counted += AT_ONCE) {
                List<Long> some = candidates(last, AT_ONCE);
                isEverything = some.size() < AT_ONCE;
                number += log.among(some, criteria).size();
                last = some.isEmpty() ? last : some.get(some.size() - 1);
            }
            return new Total(number, isEverything);
        }
    }
}
