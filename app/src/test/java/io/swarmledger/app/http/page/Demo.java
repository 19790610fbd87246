package io.swarmledger.app.http.page;

import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Positions;
import java.time.Duration;

/** The demo's swarm, played in a ledger that is served. */
final class Demo {

    private static final int TASKS = 40;
    private static final long SEED = 7;

    private Demo() {}

    /** Plays it to its end, and waits until the views have seen it. */
    static void play(HttpLedger ledger) {
        new DemoSwarm(
                        ledger.bean(LedgerCommandGateway.class),
                        "",
                        TASKS,
                        SEED,
                        DemoSwarm.startFor(TASKS, System.currentTimeMillis()),
                        (done, all) -> {})
                .play();
        awaitViews(ledger);
    }

    static void awaitViews(HttpLedger ledger) {
        Positions positions = ledger.bean(Positions.class);
        for (String name : ReadModels.ofLedger().projections()) {
            positions.await(name, positions.of(LedgerQuery.LOG), Duration.ofSeconds(30));
        }
    }
}
