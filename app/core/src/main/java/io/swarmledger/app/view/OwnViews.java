package io.swarmledger.app.view;

import io.swarmledger.query.view.ReadModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The tables of views that not every ledger has: made, dropped and made anew as they are declared. */
final class OwnViews {

    private final JdbcClient views;

    private OwnViews(JdbcClient views) {
        this.views = views;
    }

    private record Declared(String declaration, String ddl) {

        static Declared of(ReadModel<?> model) {
            return new Declared(
                    model.declaration(), String.join("\n", model.table().ddl()));
        }
    }

    /**
     * Has a file those tables and no others, all of it or nothing. A view that is declared otherwise than before is filled from
     * the log again.
     *
     * @throws SQLException if that cannot be done
     */
    static void become(List<ReadModel<?>> models, DataSource file) throws SQLException {
        try (Connection connection = file.getConnection()) {
            connection.setAutoCommit(false);
            DataSource inOne = new SingleConnectionDataSource(connection, true);
            new OwnViews(JdbcClient.create(inOne)).become(models);
            // The driver's commit begins the next transaction.
            connection.setAutoCommit(true);
        }
    }

    private void become(List<ReadModel<?>> models) {
        Map<String, Declared> declared = new HashMap<>();
        models.forEach(model -> declared.put(model.table().projection(), Declared.of(model)));
        Map<String, Declared> known = known();
        known.forEach((projection, as) -> {
            if (!as.equals(declared.get(projection))) {
                drop(projection);
            }
        });
        declared.forEach((projection, as) -> {
            if (!as.equals(known.get(projection))) {
                make(projection, as);
            }
        });
    }

    private Map<String, Declared> known() {
        Map<String, Declared> known = new HashMap<>();
        views.sql("SELECT projection, declaration, ddl FROM OwnView").query(row -> {
            known.put(row.getString(1), new Declared(row.getString(2), row.getString(3)));
        });
        return known;
    }

    private void make(String projection, Declared as) {
        as.ddl().lines().forEach(statement -> views.sql(statement).update());
        views.sql("INSERT INTO OwnView (projection, declaration, ddl) VALUES (?, ?, ?)")
                .params(projection, as.declaration(), as.ddl())
                .update();
    }

    private void drop(String projection) {
        views.sql("DROP TABLE " + projection.replace('-', '_')).update();
        for (String rows : List.of(
                "OwnView WHERE projection",
                "GrownItem WHERE projection",
                "Projection WHERE name",
                "TokenEntry WHERE processorName",
                "DeadLetterEntry WHERE processingGroup")) {
            views.sql("DELETE FROM " + rows + " = ?").param(projection).update();
        }
        views.sql("DELETE FROM DeadLetterEntry WHERE processingGroup = ?")
                .param(Rebuilds.lettersOf(projection))
                .update();
    }
}
