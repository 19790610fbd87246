package io.swarmledger.app.check;

import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The events that a view does not have: they could not be applied, or wait behind one that could not. */
final class PutAside {

    private final JdbcClient views;
    private final String projection;
    private final long count;
    private String aggregateId;
    private Set<String> ofAggregate = Set.of();

    /** Those of a projection, in that moment of the views' file. */
    PutAside(JdbcClient views, String projection) {
        this.views = views;
        this.projection = projection;
        this.count = views.sql("SELECT count(*) FROM DeadLetterEntry WHERE processingGroup = ?")
                .param(projection)
                .query(Long.class)
                .single();
    }

    long count() {
        return count;
    }

    /** The ids of all of them. */
    Set<String> all() {
        return new HashSet<>(views.sql("SELECT eventIdentifier FROM DeadLetterEntry WHERE processingGroup = ?")
                .param(projection)
                .query(String.class)
                .list());
    }

    /**
     * Whether that event is one of them; asked aggregate by aggregate, it is answered fast.
     *
     * @param ofAggregateId what waits with it: see {@link io.swarmledger.query.view.InOrder}
     */
    boolean has(String eventId, String ofAggregateId) {
        if (count == 0) {
            return false;
        }
        if (!ofAggregateId.equals(aggregateId)) {
            aggregateId = ofAggregateId;
            ofAggregate =
                    new HashSet<>(views.sql("SELECT eventIdentifier FROM DeadLetterEntry WHERE processingGroup = ?"
                                    + " AND sequenceIdentifier = ?")
                            .params(projection, aggregateId)
                            .query(String.class)
                            .list());
        }
        return ofAggregate.contains(eventId);
    }
}
