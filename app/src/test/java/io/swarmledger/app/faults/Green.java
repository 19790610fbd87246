package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.view.Replays;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.events.Json;
import io.swarmledger.query.ReadModels;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must be true of a ledger after every fault. */
final class Green {

    private Green() {}

    /** The log is whole, holds what its workers were told, once, and nothing that they were not or were refused. */
    static void assertLog(Path directory, Collection<WorkerProcess> workers) {
        assertVerified(directory);
        Map<String, Appended> stored = stored(directory);
        Map<String, Appended> acknowledged = new HashMap<>();
        Set<String> refused = new HashSet<>();
        Set<String> sent = new HashSet<>();
        workers.forEach(worker -> {
            acknowledged.putAll(worker.acknowledged());
            refused.addAll(worker.refused().keySet());
            refused.addAll(worker.faults().keySet());
            sent.addAll(worker.sent());
        });
        assertThat(stored).as("what was acknowledged is there as it was told").containsAllEntriesOf(acknowledged);
        refused.retainAll(stored.keySet());
        assertThat(refused).as("what was refused is not there").isEmpty();
        assertThat(sent).as("what is there was asked for").containsAll(stored.keySet());
    }

    /** {@code verify} finds nothing, every version follows the one before it. */
    static void assertVerified(Path directory) {
        assertThat(Verification.of(new LedgerFiles(directory).log(), events -> {})
                        .problems())
                .isEmpty();
        Map<String, Long> versions = new HashMap<>();
        new TreeMap<>(byPosition(stored(directory))).forEach((position, appended) -> assertThat(appended.version())
                .as("version of %s", appended)
                .isEqualTo(versions.merge(appended.aggregateId(), 1L, Long::sum)));
    }

    /** The views have seen the whole log, stand where their tokens stand, and are what a rebuild makes of the log. */
    static void assertViews(TestLedger ledger) {
        ledger.caughtUp();
        DataSource views = ledger.bean(ViewsFile.class).readers();
        Map<String, List<Map<String, Object>>> followed = contents(views);
        assertThat(tokens(views))
                .as("tokens")
                .hasSameSizeAs(ReadModels.ofLedger().projections())
                .allSatisfy((name, position) -> assertThat(position).isEqualTo(ledger.head()));
        ledger.bean(Replays.class)
                .start(ReadModels.ofLedger().projections())
                .done()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        ledger.caughtUp();
        assertThat(contents(views)).as("views as a rebuild makes them").isEqualTo(followed);
    }

    /** Every event of the log by its id. */
    static Map<String, Appended> stored(Path directory) {
        try (var readers = LogFile.readers(new LedgerFiles(directory).log())) {
            Map<String, Appended> stored = new HashMap<>();
            JdbcClient.create(readers)
                    .sql("SELECT eventIdentifier AS id, aggregateIdentifier AS aggregateId,"
                            + " sequenceNumber + 1 AS version, globalIndex AS position FROM DomainEventEntry")
                    .query(Appended.class)
                    .list()
                    .forEach(appended -> stored.put(appended.id(), appended));
            return stored;
        }
    }

    private static Map<Long, Appended> byPosition(Map<String, Appended> stored) {
        Map<Long, Appended> result = new HashMap<>();
        stored.values().forEach(appended -> result.put(appended.position(), appended));
        return result;
    }

    static Map<String, List<Map<String, Object>>> contents(DataSource views) {
        JdbcClient jdbc = JdbcClient.create(views);
        Map<String, List<Map<String, Object>>> contents = new TreeMap<>();
        for (String name : ReadModels.ofLedger().projections()) {
            String ofLive = " WHERE generation = (SELECT live FROM Projection WHERE name = '" + name + "')";
            contents.put(
                    name,
                    withoutGeneration(jdbc.sql("SELECT * FROM " + name.replace('-', '_') + ofLive + " ORDER BY id")
                            .query()
                            .listOfRows()));
            contents.put(
                    name + " lists",
                    withoutGeneration(jdbc.sql("SELECT * FROM GrownItem" + ofLive + " AND projection = '" + name
                                    + "' ORDER BY id, list, place")
                            .query()
                            .listOfRows()));
        }
        return contents;
    }

    private static List<Map<String, Object>> withoutGeneration(List<Map<String, Object>> rows) {
        rows.forEach(row -> row.remove("generation"));
        return rows;
    }

    private static Map<String, Long> tokens(DataSource views) {
        Map<String, Long> tokens = new HashMap<>();
        JdbcClient.create(views)
                .sql("SELECT processorName, token FROM TokenEntry")
                .query((row, number) -> tokens.put(
                        row.getString(1),
                        Json.mapper().readTree(row.getBytes(2)).path("index").longValue()))
                .list();
        return tokens;
    }
}
