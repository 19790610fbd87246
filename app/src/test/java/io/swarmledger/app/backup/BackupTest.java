package io.swarmledger.app.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.exports.ExportFailed;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.memory.GetMemory;
import io.swarmledger.query.memory.MemoryState;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    @TempDir
    Path home;

    @Test
    void aCopyThatIsMadeWhileOthersWriteIsWholeAndEndsSomewhere() throws Exception {
        try (TestLedger ledger = TestLedger.in(home.resolve("ledger"))) {
            ledger.send(new StoreMemory("m", "n", "k", "episodic", 1));
            AtomicBoolean enough = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                while (!enough.get()) {
                    ledger.send(new RetrieveMemory("m"));
                }
            });
            writer.start();
            List<Verdict> copies = Stream.of("one", "two", "three")
                    .map(name -> backup(home.resolve("ledger"), name))
                    .toList();
            enough.set(true);
            writer.join();

            assertThat(copies).allMatch(Verdict::ok).isSortedAccordingTo((a, b) -> Long.compare(a.head(), b.head()));
            assertThat(copies).allSatisfy(copy -> assertThat(copy.events()).isEqualTo(copy.head()));
            assertThat(ledger.head()).isGreaterThanOrEqualTo(copies.get(2).head());
        }
    }

    @Test
    void whatWasBackedUpComesBackAsALedgerOfItsOwn() {
        Path data = home.resolve("ledger");
        LedgerStats before;
        List<RecordedEvent> events;
        try (TestLedger ledger = TestLedger.in(data)) {
            ledger.send(new StoreMemory("m", "n", "k", "episodic", 1));
            ledger.send(new RetrieveMemory("m"));
            backup(data, "backup.db");
            before = ledger.ask(new GetStats(null, null), LedgerStats.class);
            events = ledger.page(FindEvents.all(), RecordedEvent.class).items();
            ledger.send(new RetrieveMemory("m"));
            ledger.caughtUp();
        }
        Path backup = home.resolve("backup.db");

        assertThatThrownBy(() -> Restore.of(backup, data.toString(), false, Clock.systemUTC(), done -> {}))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("--force")
                .hasMessageContaining(data.toString());
        Restore.of(backup, data.toString(), true, Clock.systemUTC(), done -> {});

        try (TestLedger ledger = TestLedger.in(data)) {
            assertThat(ledger.page(FindEvents.all(), RecordedEvent.class).items())
                    .isEqualTo(events);
            assertThat(ledger.ask(new GetMemory("m"), MemoryState.class).accessCount())
                    .as("a view that had seen more is made anew")
                    .isEqualTo(1);
            assertThat(ledger.ask(new GetStats(null, null), LedgerStats.class).ledgerId())
                    .isNotEqualTo(before.ledgerId());
            assertThat(ledger.send(new RetrieveMemory("m")).position()).isEqualTo(3);
        }
        assertThat(Verification.of(data.resolve("events.db"), done -> {}).ok()).isTrue();
    }

    @Test
    void aDamagedBackupIsRefusedAndTheLedgerStays() throws Exception {
        Path data = ledgerWithTwoEvents();
        backup(data, "backup.db");
        Path backup = home.resolve("backup.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE DomainEventEntry SET source = 'somebody' WHERE globalIndex = 2");
        }
        Path text = Files.writeString(home.resolve("text.db"), "a shopping list, longer than a header");

        assertRefused(backup, data, "position 2");
        assertRefused(text, data, "is not an SQLite database");
        assertRefused(home.resolve("nowhere.db"), data, "nowhere.db does not exist");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "events.db", "views.db", "timetravel.db", "search.db", "head.anchor", "ledger.lock");
        }
        assertThat(Verification.of(data.resolve("events.db"), done -> {}).ok()).isTrue();
    }

    @Test
    void aLedgerThatIsHeldIsNotReplaced() {
        Path data = ledgerWithTwoEvents();
        backup(data, "backup.db");
        try (LedgerDirectory held = LedgerDirectory.take(data.toString())) {
            assertRefused(home.resolve("backup.db"), data, "is held by process");
            assertThat(held.files().log()).exists();
        }
    }

    @Test
    void aLogThatIsNotAsItWasWrittenIsNotBackedUpOverAGoodBackup() throws Exception {
        Path data = ledgerWithTwoEvents();
        backup(data, "backup.db");
        byte[] good = Files.readAllBytes(home.resolve("backup.db"));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("events.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE DomainEventEntry SET source = 'somebody' WHERE globalIndex = 1");
        }

        assertThatThrownBy(() -> backup(data, "backup.db"))
                .isInstanceOf(ExportFailed.class)
                .hasMessageContaining("position 1");

        assertThat(home.resolve("backup.db")).hasBinaryContent(good);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("ledger", "backup.db");
        }
    }

    /** SQLite would take it for a part of the restored file. */
    @Test
    void aStaleWriteAheadLogBesideARestoredFileIsGone() throws Exception {
        Path data = ledgerWithTwoEvents();
        backup(data, "backup.db");
        try (RandomAccessFile stale =
                new RandomAccessFile(data.resolve("events.db-wal").toFile(), "rw")) {
            stale.write(new byte[8_192]);
        }

        Restore.of(home.resolve("backup.db"), data.toString(), true, Clock.systemUTC(), done -> {});

        assertThat(data.resolve("events.db-wal")).doesNotExist();
        assertThat(Verification.of(data.resolve("events.db"), done -> {}))
                .isEqualTo(new Verdict(true, 2, 2, null, List.of()));
    }

    private void assertRefused(Path backup, Path data, String reason) {
        assertThatThrownBy(() -> Restore.of(backup, data.toString(), true, Clock.systemUTC(), done -> {}))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(reason);
    }

    private Path ledgerWithTwoEvents() {
        Path data = home.resolve("ledger");
        try (TestLedger ledger = TestLedger.in(data)) {
            ledger.send(new StoreMemory("m", "n", "k", "episodic", 1));
            ledger.send(new RetrieveMemory("m"));
            ledger.caughtUp();
        }
        return data;
    }

    private Verdict backup(Path data, String name) {
        return Backup.of(data.resolve("events.db"), home.resolve(name), true, done -> {});
    }
}
