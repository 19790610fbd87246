package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import io.swarmledger.query.view.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("S5 an anchor that is missing, empty, damaged or no file")
class S05AnchorTest {

    private static final int EVENTS = 3;

    @TempDir
    Path home;

    private Path directory;
    private Path anchor;

    @BeforeEach
    void make() {
        directory = home.resolve("ledger");
        anchor = new LedgerFiles(directory).anchor();
        create(directory, EVENTS);
    }

    /** What becomes of {@code head.anchor} while nobody looks. */
    enum Defect {
        MISSING("is not there") {
            @Override
            void make(Path anchor) {}
        },
        EMPTY("is empty") {
            @Override
            void make(Path anchor) throws IOException {
                Files.createFile(anchor);
            }
        },
        DAMAGED("is damaged") {
            @Override
            void make(Path anchor) throws IOException {
                Files.write(anchor, new byte[64]);
            }
        },
        A_LINK_TO_NOWHERE("is no regular file") {
            @Override
            void make(Path anchor) throws IOException {
                Files.createSymbolicLink(anchor, Path.of("/dev/null"));
            }
        };

        private final String told;

        Defect(String told) {
            this.told = told;
        }

        abstract void make(Path anchor) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void isNeverRepairedInSilence(Defect defect) throws IOException {
        Files.delete(anchor);
        defect.make(anchor);

        for (int start = 1; start <= 2; start++) {
            try (TestLedger ledger = TestLedger.in(directory)) {
                assertThat(ledger.ask(new GetStats(null, null), LedgerStats.class)
                                .totalEvents())
                        .as("reading goes on")
                        .isEqualTo(EVENTS);
                assertThat(faultOf(ledger))
                        .satisfies(fault -> assertThat(fault.kind()).isEqualTo(LogFault.Kind.INCOMPLETE))
                        .hasMessageContainingAll("head.anchor", defect.told, "after position 3", "--accept-loss");
            }
        }
        assertThat(verdict().problems()).singleElement().asString().contains(defect.told);
        assertThat(verdict().firstBadPosition()).isEqualTo(EVENTS + 1);

        try (TestLedger ledger = TestLedger.in(directory, "swarm-ledger.accept-loss=true")) {
            assertThat(ledger.send(new CreateTask("accepted", "testing", "Accepted"))
                            .position())
                    .isEqualTo(EVENTS + 1);
        }
        assertThat(anchor).isRegularFile();
        assertThat(Files.isSymbolicLink(anchor)).isFalse();
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(ledger.send(new CreateTask("next", "testing", "As ever")).position())
                    .isEqualTo(EVENTS + 2);
        }
        Green.assertVerified(directory);
    }

    @Test
    void whereThereIsADirectoryItsPlaceStays() throws IOException {
        Files.delete(anchor);
        Path inside = Files.createDirectories(anchor.resolve("inside"));

        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(faultOf(ledger)).hasMessageContaining("is no regular file");
        }
        assertThat(inside).isDirectory();
    }

    /** The views and the index of all moments have seen more than what is left. */
    @ParameterizedTest
    @ValueSource(strings = {"views.db", "timetravel.db", "search.db"})
    void whatWasMadeFromTheLogTellsInsteadAndItsPositionsAreNotGivenAgain(String witness) throws IOException {
        Path older = copyOfLog("older.db");
        create(directory, 10);
        Files.copy(older, directory.resolve("events.db"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(anchor);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".db") && !file.endsWith("events.db") && !file.endsWith(witness)) {
                    Files.delete(file);
                }
            }
        }

        assertThat(verdict().problems()).singleElement().asString().contains("7 acknowledged events are missing");
        for (int start = 1; start <= 2; start++) {
            try (TestLedger ledger = TestLedger.in(directory)) {
                assertThat(faultOf(ledger))
                        .as("what tells of it is made anew with the first start")
                        .hasMessageContainingAll(
                                "7 acknowledged events are missing", "after position 3", "is not there");
            }
        }
        try (TestLedger ledger = TestLedger.in(directory, "swarm-ledger.accept-loss=true")) {
            assertThat(ledger.send(new CreateTask("accepted", "testing", "Accepted"))
                            .position())
                    .isEqualTo(11);
            Green.assertViews(ledger);
        }
        Green.assertVerified(directory);
    }

    @Test
    void aLedgerThatWasMadeOnPurposeStartsWithoutAWord() {
        Path backup = home.resolve("backup.db");
        Terminal.run("backup", backup, "--data", directory).succeeded();
        Path restored = home.resolve("restored");
        Path forked = home.resolve("forked");
        Terminal.run("restore", backup, "--data", restored).succeeded();
        Terminal.run("fork", forked, "--at", 2, "--data", directory).succeeded();
        create(directory, 5);
        Terminal.run("restore", backup, "--force", "--data", directory).succeeded();

        for (Path ledger : List.of(restored, forked, directory)) {
            assertThat(Verification.of(ledger.resolve("events.db"), done -> {}).problems())
                    .as(ledger.toString())
                    .isEmpty();
            create(ledger, 1);
        }
    }

    /** As long as the writer runs, nobody knows better than it does. */
    @Test
    void takenAwayUnderARunningLedgerItIsMadeAgain() throws IOException {
        try (TestLedger ledger = TestLedger.in(directory)) {
            Files.delete(anchor);
            Awaitility.await().until(() -> Files.isRegularFile(anchor, LinkOption.NOFOLLOW_LINKS));
            ledger.send(new CreateTask("after", "testing", "After"));
        }
        create(directory, 1);
        Green.assertVerified(directory);
    }

    private Verdict verdict() {
        return Verification.of(directory.resolve("events.db"), done -> {});
    }

    private Path copyOfLog(String name) throws IOException {
        return Files.copy(directory.resolve("events.db"), home.resolve(name));
    }

    private static LogFault faultOf(TestLedger ledger) {
        return (LogFault) catchThrowable(() -> ledger.send(new CreateTask("refused", "testing", "Refused")));
    }

    /** So many events more, up to that position if the ledger has fewer. */
    private static void create(Path directory, int upTo) {
        try (TestLedger ledger = TestLedger.in(directory)) {
            long head = ledger.head();
            for (long i = head; i < Math.max(upTo, head + 1); i++) {
                ledger.send(new CreateTask("task-" + System.nanoTime(), "testing", "One of many"));
            }
            ledger.caughtUp();
            for (String index : List.of(LedgerQuery.TIME_TRAVEL, LedgerQuery.SEARCH)) {
                ledger.bean(Positions.class).await(index, ledger.head(), Duration.ofSeconds(60));
            }
        }
    }
}
