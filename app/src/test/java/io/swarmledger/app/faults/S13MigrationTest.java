package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An older program on a newer file is in {@code LedgerDirectoryTest}. */
@DisplayName("S13 a migration killed half way")
class S13MigrationTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"events.db, CREATE TABLE SnapshotEventEntry", "views.db, CREATE TABLE agent_state"})
    void isDoneAtTheNextStartAsIfItHadNotBegun(String file, String statement) {
        Path directory = home.resolve("ledger");
        WorkerProcess worker = WorkerProcess.on(directory)
                .java("-Dfaults.halt.file=" + file, "-Dfaults.halt.after=" + statement)
                .run("migrating")
                .ended();
        assertThat(worker.exitCode()).as(worker::toString).isEqualTo(Worker.HALTED);

        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("task-1", "testing", "After the kill"));
            Green.assertViews(ledger);
        }
        Green.assertVerified(directory);
    }

    @Test
    void isUndoneAsAWholeIfItFails() throws Exception {
        Path file = home.resolve("events.db");
        try (TestLedger ledger = TestLedger.in(home)) {
            ledger.send(new CreateTask("task-1", "testing", "Before the migration"));
        }
        List<String> schema = schema(file);
        Path migrations = Files.createDirectory(home.resolve("migrations"));
        Files.writeString(
                migrations.resolve("V1000__fails_half_way.sql"),
                """
                CREATE TABLE Half (way INTEGER);
                ALTER TABLE DomainEventEntry ADD COLUMN more TEXT;
                DELETE FROM DomainEventEntry;
                INSERT INTO Nowhere VALUES (1);
                """);

        assertThatThrownBy(() -> LogFile.migrate(
                        file,
                        SqliteConnections.durable(file),
                        "classpath:io/swarmledger/app/log/sqlite",
                        "filesystem:" + migrations))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Nowhere");

        assertThat(schema(file)).isEqualTo(schema);
        Green.assertVerified(home);
        try (TestLedger ledger = TestLedger.in(home)) {
            assertThat(ledger.send(new CreateTask("task-2", "testing", "After it"))
                            .position())
                    .isEqualTo(2);
        }
    }

    private static List<String> schema(Path file) {
        return JdbcClient.create(SqliteConnections.reading(file))
                .sql(
                        "SELECT coalesce(sql, name) FROM sqlite_master UNION ALL SELECT version FROM flyway_schema_history")
                .query(String.class)
                .list();
    }
}
