package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.task.CreateTask;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("S9 a restore from what is no backup: a ledger that runs or was killed, the ledger itself, garbage")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S09RestoreTest {

    private static WorkerProcess running;
    private static Path stopped;
    private static Path killed;
    private static Map<String, Appended> acknowledged;

    @TempDir
    Path home;

    private Path target;

    /** One that is stopped, with all that it has open, and what is left when such a one is killed. */
    @BeforeAll
    static void stopALedger(@TempDir Path place) throws Exception {
        stopped = place.resolve("stopped");
        running = WorkerProcess.on(stopped).clients(8).run("restored");
        running.ready().acknowledging(200);
        assertThat(Mounts.succeeds("kill", "-STOP", String.valueOf(running.pid())))
                .isTrue();
        acknowledged = running.acknowledged();
        killed = copy(stopped, place.resolve("killed"));
        assertThat(killed.resolve("events.db-wal")).isNotEmptyFile();
    }

    @AfterAll
    static void end() {
        running.close();
    }

    @BeforeEach
    void name() {
        target = home.resolve("target");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesWhatStandsInTheWriteAheadLogBesideIt(boolean runs) throws IOException {
        Path source = runs ? stopped : killed;
        Map<String, Long> before = contents(source);

        Result restored = restore(source.resolve("events.db"));

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(Green.stored(target)).containsAllEntriesOf(acknowledged);
        Green.assertVerified(target);
        assertThat(contents(source)).as("the source").isEqualTo(before);
        try (TestLedger ledger = TestLedger.in(target)) {
            assertThat(ledger.send(new CreateTask("next", "testing", "Goes on")).position())
                    .isGreaterThan(acknowledged.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"itself", "by way of a link", "under another name"})
    void ontoItselfIsRefusedAndTakesNothing(String how) throws IOException {
        Path ledger = copy(killed, home.resolve("ledger"));
        Path source = ledger.resolve("events.db");
        if (how.equals("by way of a link")) {
            source = Files.createSymbolicLink(home.resolve("link"), ledger).resolve("events.db");
        } else if (how.equals("under another name")) {
            source = Files.createLink(home.resolve("other.db"), source);
        }
        Map<String, Long> before = contents(ledger);

        Result refused = Terminal.run("restore", source, "--force", "--data", ledger);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("is that ledger's own log");
        assertThat(contents(ledger)).isEqualTo(before);
        assertThat(Green.stored(ledger)).containsAllEntriesOf(acknowledged);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void ofALedgerThatLacksWhatItsAnchorKnowsIsRefused(double left) throws IOException {
        Path ledger = copy(killed, home.resolve("ledger"));
        try (RandomAccessFile file =
                new RandomAccessFile(ledger.resolve("events.db-wal").toFile(), "rw")) {
            file.setLength((long) (file.length() * left));
        }

        Result refused = restore(ledger.resolve("events.db"));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .containsPattern("\\d+ acknowledged events are missing")
                .contains("head.anchor");
        assertThat(target).doesNotExist();
    }

    @Test
    void undoesWhatAJournalBesideItSays() throws Exception {
        Path backup = home.resolve("backup.db");
        Path killedAtWork = home.resolve("killed-at-work.db");
        Terminal.run("backup", backup, "--data", copy(killed, home.resolve("ledger")))
                .succeeded();
        int events = Green.stored(home.resolve("ledger")).size();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = 1");
            statement.execute("PRAGMA cache_spill = 1");
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE DomainEventEntry SET payload = payload || ' '");
            Files.copy(backup, killedAtWork);
            Files.copy(home.resolve("backup.db-journal"), home.resolve("killed-at-work.db-journal"));
            connection.rollback();
        }

        assertThat(restore(killedAtWork).exitCode()).isZero();

        Green.assertVerified(target);
        assertThat(Green.stored(target)).hasSize(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "SQLite format 3\0 and garbage", "{\"type\":\"agent:spawned\"}"})
    void ofGarbageLeavesNothing(String content) throws IOException {
        Path garbage = Files.writeString(home.resolve("garbage.db"), content);

        Result refused = restore(garbage);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertAdviceIsAboutTheFileThatWasNamed(refused, garbage);
        assertThat(home).isDirectoryNotContaining(file -> !file.equals(garbage));
    }

    @Test
    void ofWhatIsNoFileLeavesNothing() throws IOException {
        Path folder = Files.createDirectory(home.resolve("folder"));

        Result missing = restore(home.resolve("nosuch.db"));
        assertAdviceIsAboutTheFileThatWasNamed(missing, home.resolve("nosuch.db"));
        assertThat(missing.err()).contains("does not exist");
        assertAdviceIsAboutTheFileThatWasNamed(restore(folder), folder);
        assertThat(home).isDirectoryNotContaining(file -> !file.equals(folder));
    }

    private static void assertAdviceIsAboutTheFileThatWasNamed(Result refused, Path file) {
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains(file + " ", "Name a file that backup wrote")
                .doesNotContain("restore a backup", "move it away", "to begin a new one", ".swarm-ledger-work");
    }

    @Test
    void ofAnotherProgramsDatabaseLeavesTheDirectoryAsItWas() throws IOException {
        Path other = home.resolve("other.db");
        JdbcClient.create(SqliteConnections.durable(other))
                .sql("CREATE TABLE Notes (text TEXT)")
                .update();
        Files.createDirectory(target);
        Path somebodyElses = Files.writeString(target.resolve("notes.txt"), "mine");

        Result refused = restore(other);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertAdviceIsAboutTheFileThatWasNamed(refused, other);
        assertThat(target).isDirectoryContaining(file -> file.equals(somebodyElses));
        assertThat(contents(target)).hasSize(1);
    }

    @Test
    void ofANewerProgramsBackupNamesIt() throws IOException {
        Path backup = home.resolve("backup.db");
        Terminal.run("backup", backup, "--data", copy(killed, home.resolve("ledger")))
                .succeeded();
        JdbcClient.create(SqliteConnections.durable(backup))
                .sql(
                        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                                + " execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, 1)")
                .update();

        Result refused = restore(backup);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains(backup + " was written by a newer program")
                .doesNotContain(".swarm-ledger-work");
        assertThat(target).doesNotExist();
    }

    private Result restore(Path source) {
        return Terminal.run("restore", source, "--data", target);
    }

    /** How long and how old each file is, by its name; the lock says who came last. */
    private static Map<String, Long> contents(Path directory) throws IOException {
        Map<String, Long> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.endsWith("ledger.lock")) {
                    contents.put(
                            file.getFileName() + " " + Files.size(file),
                            Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                                    .toMillis());
                }
            }
        }
        return contents;
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
