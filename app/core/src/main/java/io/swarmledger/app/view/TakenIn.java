package io.swarmledger.app.view;

import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import java.util.function.BiPredicate;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the view of a read model has taken an event in: it has come by it, and has not put it aside. */
public final class TakenIn implements BiPredicate<ReadModel<?>, LogRow> {

    private final JdbcClient views;

    /** What the views in that file have. */
    public TakenIn(DataSource readers) {
        this.views = Reading.statements(readers);
    }

    @Override
    public boolean test(ReadModel<?> model, LogRow event) {
        String projection = model.table().projection();
        return views.sql("SELECT position >= ? AND NOT EXISTS (SELECT 1 FROM DeadLetterEntry"
                        + " WHERE processingGroup = ? AND sequenceIdentifier = ? AND eventIdentifier = ?)"
                        + " FROM Projection WHERE name = ?")
                .params(event.position(), projection, event.aggregateId(), event.id(), projection)
                .query(Boolean.class)
                .single();
    }
}
