package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("S5 a write-ahead log cut, damaged, gone or of another file")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S05LostTailTest {

    private static Path killed;
    private static Map<String, Appended> stored;
    private static long head;
    private static long acknowledged;

    private Path directory;

    @BeforeAll
    static void killALedger(@TempDir Path home) throws IOException {
        killed = home.resolve("killed");
        tasks(killed, "before", 200);
        try (WorkerProcess worker = WorkerProcess.on(killed).clients(16).run("killed")) {
            worker.ready().acknowledging(400).kill();
            acknowledged = worker.acknowledged().values().stream()
                    .mapToLong(Appended::position)
                    .max()
                    .orElseThrow();
        }
        // A copy is looked at: whoever opens a log last copies its write-ahead log back and removes it.
        Path looked = copy(killed, home.resolve("looked"));
        stored = Green.stored(looked);
        head = stored.size();
    }

    @BeforeEach
    void copyIt(@TempDir Path home) throws IOException {
        directory = copy(killed, home.resolve("ledger"));
    }

    /** What happens to {@code events.db-wal} while nobody looks. */
    enum Damage {
        CUT {
            @Override
            void to(Path writeAheadLog, Random chance) throws IOException {
                try (RandomAccessFile file = new RandomAccessFile(writeAheadLog.toFile(), "rw")) {
                    file.setLength(file.length() / 4 + (long) (chance.nextDouble() * file.length() / 2));
                }
            }
        },
        ONE_BIT_FLIPPED {
            @Override
            void to(Path writeAheadLog, Random chance) throws IOException {
                try (RandomAccessFile file = new RandomAccessFile(writeAheadLog.toFile(), "rw")) {
                    long at = file.length() / 4 + (long) (chance.nextDouble() * file.length() / 2);
                    file.seek(at);
                    int before = file.read();
                    file.seek(at);
                    file.write(before ^ 1 << chance.nextInt(8));
                }
            }
        },
        DELETED {
            @Override
            void to(Path writeAheadLog, Random chance) throws IOException {
                Files.delete(writeAheadLog);
            }
        };

        abstract void to(Path writeAheadLog, Random chance) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void isToldAndNothingIsWrittenUntilSomebodyAccepts(Damage damage) throws IOException {
        long seed = new Random().nextLong();
        System.out.println("S5 " + damage + ": seed " + seed);
        damage.to(writeAheadLog(), new Random(seed));

        long left;
        long told;
        try (TestLedger ledger = TestLedger.in(directory)) {
            left = ledger.head();
            assertThat(left).isLessThan(head);
            assertThat(ledger.ask(new GetStats(null, null), LedgerStats.class).totalEvents())
                    .as("reading goes on")
                    .isEqualTo(left);
            LogFault fault =
                    (LogFault) catchThrowable(() -> ledger.send(new CreateTask("refused", "testing", "Refused")));
            assertThat(fault.kind()).isEqualTo(LogFault.Kind.INCOMPLETE);
            told = left + missingAfter(left, fault.getMessage());
            assertThat(told)
                    .as("what was committed last may not have been answered")
                    .isBetween(acknowledged, head);
            // They had seen what is lost.
            Green.assertViews(ledger);
        }
        assertThat(Verification.of(log(), events -> {})).satisfies(verdict -> {
            assertThat(verdict.firstBadPosition()).isEqualTo(left + 1);
            assertThat(verdict.problems()).singleElement().satisfies(problem -> assertThat(missingAfter(left, problem))
                    .isEqualTo(told - left));
        });

        try (TestLedger ledger = TestLedger.in(directory, "swarm-ledger.accept-loss=true")) {
            Appended next = ledger.send(new CreateTask("accepted", "testing", "Accepted"));
            assertThat(next.position())
                    .as("lost positions are never given again")
                    .isEqualTo(told + 1);
            Green.assertViews(ledger);
        }
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(ledger.send(new CreateTask("next", "testing", "As ever")).position())
                    .isEqualTo(told + 2);
        }
        Green.assertVerified(directory);
        assertThat(Green.stored(directory))
                .containsAllEntriesOf(stored.entrySet().stream()
                        .filter(event -> event.getValue().position() <= left)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .hasSize((int) left + 2);
    }

    /** SQLite puts the pages of one file over those of the other; the head is right, what lies before it is not. */
    @Test
    void besideARestoredFileOfAnotherLayoutIsFoundByVerify() throws IOException {
        Path other = directory.resolveSibling("other");
        tasks(other, "other", 300);
        Files.copy(new LedgerFiles(other).log(), log(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(Verification.of(log(), events -> {}).problems()).isNotEmpty();
    }

    /** What a restore that goes past the running ledger does to it: its next connection sees the old file. */
    @Test
    void ofAFileReplacedUnderARunningLedgerIsNoticedWhenTheFileIsOpenedAgain() throws Exception {
        Path older;
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("older", "testing", "In the backup"));
        }
        older = Files.copy(log(), directory.resolveSibling("older.db"));
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("newer", "testing", "After the backup"));
            JdbcClient.create(SqliteConnections.durable(log()))
                    .sql("ALTER TABLE DomainEventEntry RENAME TO Elsewhere")
                    .update();
            Files.move(older, log(), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(writeAheadLog());
            Files.delete(directory.resolve("events.db-shm"));

            assertThat(faultOf(ledger)).isEqualTo(LogFault.Kind.BROKEN);
            assertThat(faultOf(ledger)).isEqualTo(LogFault.Kind.INCOMPLETE);
        }
        assertThat(Verification.of(log(), events -> {}).problems())
                .singleElement()
                .asString()
                .contains("1 acknowledged event is missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40})
    void anothersLogInItsPlaceIsSaidToBeAnothers(int events) throws IOException {
        Path directory = this.directory.resolveSibling("of-two");
        tasks(directory, "mine", 2);
        tasks(directory.resolveSibling("of-another"), "others", events);
        Files.copy(
                directory.resolveSibling("of-another").resolve("events.db"),
                directory.resolve("events.db"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(Verification.of(directory.resolve("events.db"), done -> {}).problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("is not the log that was written here: at position 2 it has another event"));
        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(faultOf(ledger)).isEqualTo(LogFault.Kind.INCOMPLETE);
        }
    }

    /** Of the writer: aggregates are read through connections that still see the file that was. */
    private static LogFault.Kind faultOf(TestLedger ledger) {
        EventRow row = new EventRow(
                "e", "task", 0, "task", 1L, "task:queued", "1", "{}", "{}", "swarm", null, null, "swarm", null);
        return ((LogFault) catchThrowable(() -> ledger.log().writer().append(List.of(row)))).kind();
    }

    /** The number of events that a message says are missing after that position. */
    private static long missingAfter(long left, String message) {
        Matcher found = Pattern.compile("(\\d+) acknowledged events? (is|are) missing in \\S+ after position " + left)
                .matcher(message);
        assertThat(found.find()).as(message).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static void tasks(Path directory, String name, int number) {
        try (TestLedger ledger = TestLedger.in(directory)) {
            for (int i = 0; i < number; i++) {
                ledger.send(new CreateTask(name + "-" + i, "testing", "One of many"));
            }
        }
    }

    private Path log() {
        return new LedgerFiles(directory).log();
    }

    private Path writeAheadLog() {
        return directory.resolve("events.db-wal");
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
