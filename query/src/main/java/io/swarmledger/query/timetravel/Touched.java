package io.swarmledger.query.timetravel;

import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.ReadModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The things that some event between two positions concerned, in the order of their numbers, a few at a time. */
final class Touched {

    private static final int AT_ONCE = 1_000;

    /** For few positions it is cheaper to look at each of them, for many at each thing. */
    private static final String BY_POSITION = "SELECT DISTINCT thing FROM Step WHERE position > :from AND"
            + " position <= :to AND +thing > :after ORDER BY thing LIMIT :most";

    private static final String BY_THING = "SELECT thing FROM Thing AS one WHERE thing > :after AND EXISTS (SELECT 1"
            + " FROM Step WHERE Step.thing = one.thing AND position > :from AND position <= :to)"
            + " ORDER BY thing LIMIT :most";

    private final JdbcClient index;
    private final ReadModels models;
    private final long from;
    private final long to;
    private final String numbers;
    private final Deque<Thing<?>> ahead = new ArrayDeque<>();

    Touched(JdbcClient index, ReadModels models, long from, long to) {
        this.index = index;
        this.models = models;
        this.from = from;
        this.to = to;
        long things = index.sql("SELECT coalesce(max(thing), 0) FROM Thing")
                .query(Long.class)
                .single();
        this.numbers = to - from < things ? BY_POSITION : BY_THING;
    }

    /** The next one behind that number; asked in their order. What another program alone has models of is passed over. */
    Optional<Thing<?>> after(long number) {
        long last = number;
        while (ahead.isEmpty()) {
            long behind = last;
            last = index.sql("SELECT thing, model, id FROM Thing WHERE thing IN (" + numbers + ") ORDER BY thing")
                    .param("from", from)
                    .param("to", to)
                    .param("after", last)
                    .param("most", AT_ONCE)
                    .query(rows -> {
                        long seen = behind;
                        while (rows.next()) {
                            seen = rows.getLong(1);
                            Optional<ReadModel<?>> model = models.of(rows.getInt(2));
                            if (model.isPresent()) {
                                ahead.add(new Thing<>(seen, model.get(), rows.getString(3)));
                            }
                        }
                        return seen;
                    });
            if (last == behind) {
                return Optional.empty();
            }
        }
        return Optional.of(ahead.poll());
    }
}
