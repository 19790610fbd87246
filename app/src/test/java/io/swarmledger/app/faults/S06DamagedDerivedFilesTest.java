package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.app.worker.Standing;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.search.FoundEvents;
import io.swarmledger.query.search.SearchEvents;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.StateOfAll;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@DisplayName("S6 a damaged file that is made from the log is made anew")
class S06DamagedDerivedFilesTest {

    private static final long SEED = 20_260_101;

    @TempDir
    static Path place;

    private static Path made;
    private static Path others;

    @TempDir
    Path home;

    /** What becomes of the file. */
    enum Damage {
        RANDOM_BYTES {
            @Override
            void to(Path file) throws Exception {
                byte[] bytes = new byte[50_000];
                new Random(SEED).nextBytes(bytes);
                Files.write(file, bytes);
            }
        },
        CUT_TO_ITS_HEADER {
            @Override
            void to(Path file) throws Exception {
                cut(file, 100);
            }
        },
        CUT_IN_HALF {
            @Override
            void to(Path file) throws Exception {
                cut(file, Files.size(file) / 2);
            }
        },
        EMPTY {
            @Override
            void to(Path file) throws Exception {
                cut(file, 0);
            }
        },
        ANOTHER_PROGRAMS {
            @Override
            void to(Path file) throws Exception {
                Files.delete(file);
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE bookmarks (url TEXT)");
                }
            }
        },
        ANOTHER_LEDGERS {
            @Override
            void to(Path file) throws Exception {
                Files.write(file, Files.readAllBytes(others.resolve(file.getFileName())));
            }
        },
        STRAY_COMPANIONS {
            @Override
            void to(Path file) throws Exception {
                Files.delete(file);
                Files.writeString(file.resolveSibling(file.getFileName() + "-wal"), "no write-ahead log");
                Files.writeString(file.resolveSibling(file.getFileName() + "-shm"), "no index of one");
            }
        };

        abstract void to(Path file) throws Exception;

        private static void cut(Path path, long length) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(length);
            }
        }
    }

    static Stream<Arguments> damages() {
        return Stream.of(Damage.values()).flatMap(damage -> Stream.of("views.db", "timetravel.db", "search.db")
                .map(file -> Arguments.of(damage, file)));
    }

    @BeforeAll
    static void make() {
        made = made("made", "task-1");
        others = made("others", "elsewhere");
    }

    private static Path made(String name, String task) {
        Path directory = place.resolve(name);
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask(task, "testing", "There already"));
            ledger.caughtUp();
        }
        return directory;
    }

    @BeforeEach
    void listen() throws IOException {
        for (String own : new String[] {"events.db", "head.anchor", "views.db", "timetravel.db", "search.db"}) {
            Files.copy(made.resolve(own), home.resolve(own));
        }
    }

    @ParameterizedTest
    @MethodSource("damages")
    void whatTheLogSaysIsThereAgain(Damage damage, String name, CapturedOutput said) throws Exception {
        damage.to(home.resolve(name));

        try (TestLedger ledger = TestLedger.in(home)) {
            ledger.send(new CreateTask("task-2", "testing", "Afterwards"));
            assertThat(ledger.page(FindTasks.all(), TaskState.class).items())
                    .extracting(TaskState::id)
                    .containsExactlyInAnyOrder("task-1", "task-2");
            assertThat(ledger.ask(StateOfAll.at(2), AllThen.class).tasks().items())
                    .extracting(TaskState::id)
                    .containsExactlyInAnyOrder("task-1", "task-2");
            assertThat(ledger.ask(SearchEvents.of("testing"), FoundEvents.class)
                            .page()
                            .total())
                    .isEqualTo(2);
        }
        if (damage != Damage.STRAY_COMPANIONS) {
            assertThat(said.getAll())
                    .containsOnlyOnce(home.resolve(name) + " cannot be used, and is made anew from the log")
                    .doesNotContain("backup");
        }
        try (TestLedger again = TestLedger.in(home)) {
            Green.assertViews(again);
        }
        Green.assertVerified(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"query tasks", "state --all", "replay all"})
    void soDoCommandsThatNeedIt(String command) throws Exception {
        Damage.RANDOM_BYTES.to(home.resolve("views.db"));
        Damage.CUT_TO_ITS_HEADER.to(home.resolve("timetravel.db"));

        Result result = Terminal.run((Object[]) (command + " --data " + home).split(" "));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(command.startsWith("replay") ? result.err() : result.out())
                .contains(command.startsWith("replay") ? "rebuilt from 1 events" : "task-1");
    }

    @ParameterizedTest
    @CsvSource({"views.db, task_history", "timetravel.db, Thing"})
    void aPageThatIsMetOnlyLaterIsTheWholeFileLostAndTheNextStartMakesItAnew(String name, String table)
            throws Exception {
        DamagedPage.of(home.resolve(name), table);

        try (TestLedger ledger = TestLedger.in(home)) {
            ledger.send(new CreateTask("task-2", "testing", "Meanwhile"));
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            ledger.bean(Workers.class).standings())
                    .filteredOn(one -> one.state() == Standing.State.LOST)
                    .extracting(Standing::reason)
                    .singleElement()
                    .asString()
                    .contains(home.resolve(name) + " is damaged: ", "start again, and it is made anew"));
        }
        try (TestLedger again = TestLedger.in(home)) {
            assertThat(again.ask(StateOfAll.at(2), AllThen.class).tasks().items())
                    .hasSize(2);
            assertThat(again.page(FindTasks.all(), TaskState.class).items()).hasSize(2);
            Green.assertViews(again);
            assertThat(again.bean(Workers.class).standings()).allMatch(one -> one.state() == Standing.State.OK, "ok");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "query tasks, views.db, task_history",
        "state --all, timetravel.db, Thing",
        "state --all, timetravel.db, Progress",
        "replay all, views.db, task_history"
    })
    void commandsThatMeetSuchAPageMakeItAnewThemselves(String command, String name, String table) throws Exception {
        DamagedPage.of(home.resolve(name), table);

        Result result = Terminal.run((Object[]) (command + " --data " + home).split(" "));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(command.startsWith("replay") ? result.err() : result.out())
                .contains(command.startsWith("replay") ? "rebuilt from 1 events" : "task-1");
    }

    @ParameterizedTest
    @MethodSource("directories")
    void aDirectoryIsNobodysToRemove(String name) throws Exception {
        Files.deleteIfExists(home.resolve(name));
        Files.createDirectory(home.resolve(name));

        assertThat(LedgerUnavailable.causeOf(
                        catchThrowable(() -> TestLedger.in(home).close())))
                .hasValueSatisfying(unavailable -> assertThat(unavailable)
                        .hasMessageContaining(home.resolve(name) + " is a directory")
                        .hasMessageContaining("derived from the log")
                        .hasMessageContaining("may be deleted")
                        .hasMessageNotContaining("backup"));
        assertThat(home.resolve(name)).isDirectory();
    }

    static Stream<String> directories() {
        return Stream.of("views.db", "timetravel.db", "views.db-wal");
    }
}
