package io.swarmledger.app.bench;

import io.swarmledger.app.view.Replays;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.query.ReadModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rebuilds of the views of a ledger that holds many events. */
final class Rebuilds {

    private static final String ALL = "all";
    private static final int LOOK_AGAIN_MS = 5;

    private final BenchLedger ledger;

    /** Of the views of {@code ledger}, which have seen its whole log. */
    Rebuilds(BenchLedger ledger) {
        this.ledger = ledger;
    }

    /** Events of the log a second by which each view alone was rebuilt, and all from one reading. */
    Map<String, Double> measure() throws InterruptedException {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (String name : ReadModels.ofLedger().projections()) {
            rates.put(name, rebuild(List.of(name)));
        }
        rates.put(ALL, rebuild(ReadModels.ofLedger().projections()));
        awaitSwept();
        return rates;
    }

    private double rebuild(List<String> names) throws InterruptedException {
        awaitSwept();
        long start = System.nanoTime();
        ledger.bean(Replays.class).start(names).done().join();
        return Rate.perSecond(ledger.head(), System.nanoTime() - start);
    }

    /** What the rebuild before has left over is swept away beside whatever is measured next. */
    private void awaitSwept() throws InterruptedException {
        JdbcClient views = JdbcClient.create(ledger.bean(ViewsFile.class).readers());
        while (views.sql("SELECT count(*) FROM Projection WHERE oldest < live")
                        .query(Long.class)
                        .single()
                > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }
}
