package io.swarmledger.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.agent.AgentState;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A batch whose states do not fit in memory together leaves the same rows as one whose states do. */
class ViewRowsTest {

    private static final int BATCHES = 6;
    private static final int EVENTS = 150;
    private static final int AGENTS = 12;

    @TempDir
    Path directory;

    private record Told(String id, LedgerEvent event) {}

    @ParameterizedTest
    @ValueSource(longs = {0, 1_500, 20_000})
    void howMuchIsAtHandChangesNoRow(long mostBytes) throws Exception {
        long seed = System.nanoTime();
        List<List<Told>> history = history(new Random(seed));
        List<TreeSet<String>> changedAtOnce = new ArrayList<>();
        List<TreeSet<String>> changedInParts = new ArrayList<>();

        List<Object> atOnce = rowsAfter(history, "whole.db", Long.MAX_VALUE, changedAtOnce);
        List<Object> inParts = rowsAfter(history, "parts.db", mostBytes, changedInParts);

        assertThat(inParts).as("seed " + seed).isEqualTo(atOnce);
        assertThat(changedInParts).as("seed " + seed).isEqualTo(changedAtOnce);
        assertThat(atOnce).hasSizeGreaterThan(AGENTS);
    }

    private static List<List<Told>> history(Random random) {
        List<List<Told>> history = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Told> events = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                String id = "agent-" + random.nextInt(AGENTS);
                String task = "task-" + batch + "-" + i;
                events.add(new Told(
                        id,
                        switch (random.nextInt(8)) {
                            case 0 -> new AgentSpawned(null, "coder", "core", List.of());
                            case 1, 2 -> new AgentTaskAssigned(null, task, null);
                            case 3 -> new AgentFailed(null, "red", null, null);
                            default -> new AgentTaskCompleted(null, task, "fine", null, 5.0);
                        }));
            }
            history.add(events);
        }
        return history;
    }

    private List<Object> rowsAfter(List<List<Told>> history, String name, long mostBytes, List<TreeSet<String>> changed)
            throws Exception {
        DriverManagerDataSource file = new DriverManagerDataSource("jdbc:sqlite:" + directory.resolve(name));
        Flyway.configure()
                .dataSource(file)
                .locations("classpath:io/swarmledger/query")
                .load()
                .migrate();
        ReadModel<AgentState> model = AgentQueries.MODEL;
        try (Connection connection = file.getConnection()) {
            connection.setAutoCommit(false);
            double time = 1_767_517_200_000d;
            for (List<Told> batch : history) {
                ViewRows<AgentState> rows = new ViewRows<>(model.table(), connection, 1, null, mostBytes);
                for (Told told : batch) {
                    rows.require(told.id());
                    Recorded recorded = new Recorded(told.id(), time++, "swarm");
                    rows.put(told.id(), model.fold().evolve(rows.get(told.id()), told.event(), recorded));
                }
                rows.write();
                connection.commit();
                changed.add(new TreeSet<>(rows.changed()));
            }
        }
        List<Object> all = new ArrayList<>();
        for (String table : List.of("agent_state ORDER BY id", "GrownItem ORDER BY id, list, place")) {
            all.addAll(JdbcClient.create(file)
                    .sql("SELECT * FROM " + table)
                    .query()
                    .listOfRows());
        }
        return all;
    }
}
