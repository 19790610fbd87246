package io.swarmledger.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.Feature;
import io.swarmledger.Ledger;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.view.Replays;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.agent.AgentState;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.ViewTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A read model of the application's own, killed while it is rebuilt. It folds what agent-state does, so that one can be held
 * against the other; {@code -Drebuild.events=1000000} tells the rates of both.
 */
class OwnReadModelRebuildTest {

    private static final String OWN = "agents-again";
    private static final int EVENTS = Integer.getInteger("rebuild.events", 60_000);
    private static final int AGENTS = 100;
    private static final int AT_ONCE = 20_000;

    private static final ReadModel<AgentState> MODEL = ReadModel.of(
                    OWN,
                    AgentQueries.MODEL.events(),
                    AgentQueries.MODEL.fold(),
                    columns(ViewTable.of(OWN, AgentState.class)),
                    AgentState::swarmId)
            .withStatus(AgentState::status)
            .withStatuses(AgentQueries.MODEL.statuses());

    @TempDir
    Path directory;

    private static ViewTable<AgentState> columns(ViewTable<AgentState> table) {
        return table.column("swarmId", AgentState::swarmId)
                .column("status", AgentState::status)
                .column("domain", AgentState::domain)
                .column("role", AgentState::role)
                .column("stoppedAt", AgentState::stoppedAt)
                .column("failuresInARow", AgentState::failuresInARow)
                .column("lastHeardAt", AgentState::lastHeardAt)
                .column("currentTask", AgentState::currentTask)
                .list("completedTasks", AgentState::completedTasks)
                .list("failedTasks", AgentState::failedTasks);
    }

    /** Rebuilds the view in a directory, in a process of its own. */
    public static final class Rebuilding {

        private Rebuilding() {}

        public static void main(String[] arguments) {
            try (Ledger ledger = open(Path.of(arguments[0]))) {
                ledger.replays().start(List.of(OWN)).done().join();
            }
        }
    }

    private static Ledger open(Path directory) {
        return Ledger.in(directory).with(Feature.of(MODEL)).open();
    }

    @Test
    void killedHalfWayItGoesOnAndIsWhatTheOtherIs() throws Exception {
        fill();
        try (Ledger ledger = open(directory)) {
            await(List.of("agent-state", OWN));
            time("agent-state", ledger);
            time(OWN, ledger);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rebuilding.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofMinutes(2))
                .until(() -> rebuiltTo(OWN) >= EVENTS / 2);
        process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        assertThat(rebuiltTo(OWN)).as("killed half way").isGreaterThanOrEqualTo(EVENTS / 2);

        try (Ledger ledger = open(directory)) {
            ledger.commands().sendAndWait(new SpawnAgent("meanwhile", "coder"));
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> rebuiltTo(OWN) < 0);
            await(List.of("agent-state", OWN));
            assertThat(states("agents_again", OWN)).hasSize(AGENTS + 1).isEqualTo(states("agent_state", "agent-state"));
        }
    }

    private void fill() throws Exception {
        try (LogFile log = LogFile.open(new LedgerFiles(directory).log(), Clock.systemUTC())) {
            for (int from = 0; from < EVENTS; from += AT_ONCE) {
                int first = from;
                log.writer().bulk((inserter, connection) -> {
                    for (int i = first; i < Math.min(first + AT_ONCE, EVENTS); i++) {
                        inserter.insert(event(i));
                    }
                    return null;
                });
            }
        }
    }

    private static EventRow event(int number) {
        String agent = "agent-" + number % AGENTS;
        long round = number / AGENTS;
        String type = round == 0 ? "agent:spawned" : round % 2 == 1 ? "agent:task-assigned" : "agent:task-completed";
        String payload = round == 0
                ? "{\"agentId\":\"" + agent + "\",\"role\":\"coder\",\"domain\":\"core\",\"capabilities\":[]}"
                : "{\"agentId\":\"" + agent + "\",\"taskId\":\"task-" + agent + "-" + (round + 1) / 2 + "\""
                        + (round % 2 == 1 ? ",\"assignedAt\":1" : ",\"result\":\"ok\",\"completedAt\":2,\"duration\":1")
                        + "}";
        return new EventRow(
                "event-" + number,
                agent,
                round,
                "agent",
                1_767_517_200_000L + number,
                type,
                "1",
                payload,
                "{}",
                agent,
                null,
                null,
                "swarm",
                null);
    }

    private static void time(String projection, Ledger ledger) {
        Replays replays = ledger.replays();
        for (int round = 0; round < 2; round++) {
            long start = System.nanoTime();
            replays.start(List.of(projection)).done().join();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("rebuild of %s: %,d events a second%n", projection, Math.round(EVENTS / seconds));
        }
    }

    private void await(List<String> projections) {
        for (String projection : projections) {
            Awaitility.await().atMost(Duration.ofMinutes(10)).until(() -> position(projection) >= EVENTS);
        }
    }

    private long position(String projection) {
        return number("SELECT position FROM Projection WHERE name = '" + projection + "'");
    }

    /** Less than 0 if none is under way. */
    private long rebuiltTo(String projection) {
        return number("SELECT coalesce(rebuiltTo, -1) FROM Projection WHERE name = '" + projection + "'");
    }

    private long number(String sql) {
        return Long.parseLong(read(sql).get(0));
    }

    private List<String> states(String table, String projection) {
        return read("SELECT id || state || coalesce((SELECT count(*) || max(item) FROM GrownItem WHERE projection = '"
                + projection + "' AND GrownItem.id = " + table + ".id AND GrownItem.generation = " + table
                + ".generation), '') FROM " + table + " WHERE generation = (SELECT live FROM Projection WHERE name = '"
                + projection + "') ORDER BY id");
    }

    private List<String> read(String sql) {
        return JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + directory.resolve("views.db")))
                .sql(sql)
                .query(String.class)
                .list();
    }
}
