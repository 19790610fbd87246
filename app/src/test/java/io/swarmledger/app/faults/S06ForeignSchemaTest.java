package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.StateOfAll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("S6 a log with a trigger, a view, an index or a column that no ledger makes")
class S06ForeignSchemaTest {

    private static final String SWALLOW =
            "CREATE TRIGGER swallow BEFORE INSERT ON DomainEventEntry BEGIN SELECT" + " RAISE(IGNORE); END";

    @TempDir
    static Path place;

    @TempDir
    Path home;

    private static Path made;

    @BeforeAll
    static void make() {
        made = place.resolve("made");
        try (TestLedger ledger = TestLedger.in(made)) {
            ledger.send(new CreateTask("task-1", "testing", "There already"));
        }
        Terminal.run("backup", place.resolve("backup.db"), "--data", made).succeeded();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trigger swallow | " + SWALLOW,
                "trigger later | CREATE TRIGGER later AFTER INSERT ON DomainEventEntry BEGIN DELETE FROM DomainEventEntry; END",
                "trigger history | CREATE TRIGGER history AFTER INSERT ON flyway_schema_history BEGIN DELETE FROM Ledger; END",
                "view tasks | CREATE VIEW tasks AS SELECT * FROM DomainEventEntry",
                "index more | CREATE UNIQUE INDEX more ON DomainEventEntry (type)",
                "index event_by_identifier | DROP INDEX event_by_identifier",
                "table Notes | CREATE TABLE Notes (text TEXT CHECK (text <> ''))",
                "table AcceptedLoss | DROP TABLE AcceptedLoss",
                "table Ledger | ALTER TABLE Ledger ADD COLUMN note TEXT DEFAULT 'x'"
            })
    void isRefusedByNameWhereverItIs(String name, String sql) throws Exception {
        Path backup = Files.copy(place.resolve("backup.db"), home.resolve("backup.db"));
        Path ledger = Files.createDirectory(home.resolve("ledger"));
        for (String file : new String[] {"events.db", "head.anchor"}) {
            Files.copy(made.resolve(file), ledger.resolve(file));
        }
        execute(backup, sql);
        execute(ledger.resolve("events.db"), sql);
        byte[] before = Files.readAllBytes(ledger.resolve("events.db"));

        Result restored = Terminal.run("restore", backup, "--data", home.resolve("restored"));
        assertThat(restored.exitCode()).isEqualTo(1);
        assertThat(restored.err())
                .contains(name, backup + " is not as a ledger made it")
                .doesNotContain(".swarm-ledger-work");
        assertThat(home.resolve("restored")).doesNotExist();

        Result verified = Terminal.run("verify", "--data", ledger);
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out()).contains(name);

        Throwable start = catchThrowable(() -> TestLedger.in(ledger).close());
        assertThat(start).rootCause().hasMessageContaining(name);
        assertThat(Files.readAllBytes(ledger.resolve("events.db"))).isEqualTo(before);
    }

    /** A trigger in it would have it say something else than the log, and whatever is added might. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "views.db | trigger swallow | CREATE TRIGGER swallow BEFORE INSERT ON task_history BEGIN SELECT RAISE(IGNORE); END",
                "views.db | trigger forge | CREATE TRIGGER forge AFTER INSERT ON task_history BEGIN UPDATE task_history SET status = 'failed'; END",
                "views.db | table Notes | CREATE TABLE Notes (text TEXT)",
                "views.db | index grown_item_by_itself | DROP INDEX grown_item_by_itself",
                "timetravel.db | trigger swallow | CREATE TRIGGER swallow BEFORE INSERT ON Step BEGIN SELECT RAISE(IGNORE); END",
                "timetravel.db | view Notes | CREATE VIEW Notes AS SELECT 1",
                "search.db | table Notes | CREATE TABLE Notes (text TEXT)",
                "timetravel.db | table Progress | ALTER TABLE Progress ADD COLUMN note TEXT"
            })
    void whatIsMadeFromTheLogIsMadeAnew(String file, String name, String sql) throws Exception {
        Path ledger = Files.createDirectory(home.resolve("ledger"));
        for (String own : new String[] {"events.db", "head.anchor", "views.db", "timetravel.db", "search.db"}) {
            Files.copy(made.resolve(own), ledger.resolve(own));
        }
        execute(ledger.resolve(file), sql);
        List<String> schema = schema(made.resolve(file));

        try (TestLedger open = TestLedger.in(ledger)) {
            open.send(new CreateTask("task-2", "testing", "With a foreign schema"));
            assertThat(open.page(FindTasks.all().with(q -> q.status("pending")), TaskState.class)
                            .items())
                    .extracting(TaskState::id)
                    .containsExactly("task-1", "task-2");
            assertThat(open.ask(StateOfAll.at(2), AllThen.class).tasks().items())
                    .extracting(TaskState::id)
                    .containsExactly("task-1", "task-2");
        }
        assertThat(schema(ledger.resolve(file))).as(name).isEqualTo(schema);
    }

    private static List<String> schema(Path file) {
        return JdbcClient.create(SqliteConnections.reading(file))
                .sql("SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1")
                .query(String.class)
                .list();
    }

    @Test
    void aTriggerThatComesWhileItIsServedSwallowsNothingThatIsAcknowledged() throws Exception {
        Path directory = home.resolve("ledger");
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("task-1", "testing", "Before"));
            try (Connection connection = SqliteConnections.durable(directory.resolve("events.db"))
                            .getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(SWALLOW);

                for (int i = 2; i <= 3; i++) {
                    String id = "task-" + i;
                    assertThat(catchThrowable(() -> ledger.send(new CreateTask(id, "testing", "Meanwhile"))))
                            .isInstanceOfSatisfying(LogFault.class, fault -> assertThat(fault.kind())
                                    .isEqualTo(LogFault.Kind.BROKEN))
                            .hasMessageContaining("did not store it");
                }
                statement.execute("DROP TRIGGER swallow");
            }
            assertThat(ledger.send(new CreateTask("task-4", "testing", "After")).position())
                    .isEqualTo(2);
        }
        Green.assertVerified(directory);
    }

    private static void execute(Path file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
