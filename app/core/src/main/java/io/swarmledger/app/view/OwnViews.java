package io.swarmledger.app.view;

import io.swarmledger.query.view.ReadModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of views that not every ledger has: made, dropped and made anew as they are declared. */
final class OwnViews {

    private final JdbcClient views;

    OwnViews(JdbcClient views) {
        this.views = views;
    }

    private record Declared(String revision, String ddl) {

        static Declared of(ReadModel<?> model) {
            return new Declared(
                    model.revision(), String.join("\n", model.table().ddl()));
        }
    }

    /** Has the file those tables and no others. A view that is declared otherwise than before is filled from the log again. */
    void become(List<ReadModel<?>> models) {
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
        views.sql("SELECT projection, revision, ddl FROM OwnView").query(row -> {
            known.put(row.getString(1), new Declared(row.getString(2), row.getString(3)));
        });
        return known;
    }

    /** Killed half way, it leaves a table that nobody declared, and the whole file is made anew. */
    private void make(String projection, Declared as) {
        as.ddl().lines().forEach(statement -> views.sql(statement).update());
        views.sql("INSERT INTO OwnView (projection, revision, ddl) VALUES (?, ?, ?)")
                .params(projection, as.revision(), as.ddl())
                .update();
    }

    private void drop(String projection) {
        views.sql("DELETE FROM OwnView WHERE projection = ?").param(projection).update();
        views.sql("DROP TABLE " + projection.replace('-', '_')).update();
        for (String rows : List.of(
                "GrownItem WHERE projection",
                "Projection WHERE name",
                "TokenEntry WHERE processorName",
                "DeadLetterEntry WHERE processingGroup")) {
            views.sql("DELETE FROM " + rows + " = ?").param(projection).update();
        }
    }
}
