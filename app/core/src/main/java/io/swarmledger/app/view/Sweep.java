package io.swarmledger.app.view;

import io.swarmledger.query.view.Generations;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;

/** Deletes the rows of generations that nobody reads or fills any more, a few at a time. */
final class Sweep {

    private static final int ROWS = 2_000;

    private final Projections projections;
    private final Generations generations;
    private final TransactionManager transactions;

    Sweep(Projections projections, DataSource views, TransactionManager transactions) {
        this.projections = projections;
        this.generations = new Generations(views);
        this.transactions = transactions;
    }

    /**
     * Deletes them all, unless the process ends before.
     *
     * @param stopping whether it does
     */
    void run(BooleanSupplier stopping) {
        for (String name : projections.names()) {
            boolean more = true;
            while (more && !stopping.getAsBoolean()) {
                more = transactions.fetchInTransaction(() -> generations.sweep(name, ROWS));
            }
        }
    }
}
