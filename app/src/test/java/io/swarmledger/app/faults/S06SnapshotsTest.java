package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("S6 snapshots that say something else than their events")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S06SnapshotsTest {

    private static final int EVENTS = 30;

    private Path directory;

    @BeforeAll
    void fill(@TempDir Path home) {
        directory = home.resolve("ledger");
        try (TestLedger ledger = TestLedger.in(directory, "swarm-ledger.snapshot.threshold=10")) {
            ledger.send(new SpawnAgent("agent-1", "coder"));
            ledger.send(new StoreMemory("memory-1", "n", "k", "episodic", 1));
            for (int i = 0; i < EVENTS; i++) {
                ledger.send(new AssignTask("agent-1", "task-" + i));
                ledger.send(new RetrieveMemory("memory-1"));
            }
            ledger.awaitSnapshots();
        }
    }

    @Test
    void thatSayTheSameAreOk() throws Exception {
        assertThat(number()).isEqualTo(2);
        Result verified = Terminal.run("verify", "--data", directory).succeeded();
        assertThat(verified.out()).startsWith("ok: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent agent-1 | json_set(payload, '$.there', json('false')) | does not say what its events say",
                "memory memory-1 | json_set(payload, '$.accessCount', 999) | does not say what its events say",
                "memory memory-1 | json_remove(payload, '$.accessCount') | does not say what its events say",
                "agent agent-1 | substr(payload, 2) | cannot be read"
            })
    void isNamedAndIsNotTakenAlong(String aggregate, String edited, String told) throws Exception {
        String id = aggregate.split(" ")[1];
        String before = payload(id);
        update(id, edited);
        try {
            Result verified = Terminal.run("verify", "--data", directory);
            assertThat(verified.exitCode()).isEqualTo(1);
            assertThat(verified.out())
                    .contains("snapshot of " + aggregate + " at version ")
                    .contains(told);

            Path backup = directory.resolveSibling("backup.db");
            assertThat(Terminal.run("backup", backup, "--force", "--data", directory)
                            .err())
                    .as("what is no copy of a good ledger is no backup")
                    .contains("snapshot of " + aggregate);
        } finally {
            restore(id, before);
        }
        Terminal.run("verify", "--data", directory).succeeded();
    }

    private void update(String id, String expression) throws Exception {
        execute("UPDATE SnapshotEventEntry SET payload = " + expression + " WHERE aggregateIdentifier = '" + id + "'");
    }

    private void restore(String id, String payload) throws Exception {
        try (Connection connection = connection();
                var update = connection.prepareStatement(
                        "UPDATE SnapshotEventEntry SET payload = ? WHERE aggregateIdentifier = ?")) {
            update.setString(1, payload);
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    private String payload(String id) throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT payload FROM SnapshotEventEntry WHERE aggregateIdentifier = '" + id + "'")) {
            return row.getString(1);
        }
    }

    private long number() throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM SnapshotEventEntry")) {
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connection() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("events.db"));
    }
}
