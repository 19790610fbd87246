package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.task.CreateTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("S3 files that cannot be used")
class S03UnusableFilesTest {

    @TempDir
    Path home;

    private Path directory;

    @BeforeEach
    void makeALedger() {
        directory = home.resolve("ledger");
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("task-1", "testing", "There already"));
        }
    }

    @ParameterizedTest
    @CsvSource({"events.db, give this user the right to write", "., Give this user the right to write"})
    void whatIsReadOnlyIsRefusedByNameAndLeftAsItIs(String readOnly, String remedy) throws Exception {
        Mounts.required();
        Map<String, Integer> before = contents();
        Path mounted = directory.resolve(readOnly).normalize();

        WorkerProcess worker = WorkerProcess.on(directory)
                .under(Mounts.PRIVATE)
                .afterBash("mount --bind " + mounted + " " + mounted + " && mount -o remount,ro,bind " + mounted)
                .run("read-only")
                .ended();

        assertThat(worker.exitCode()).isEqualTo(1);
        assertThat(worker.unavailable())
                .as(worker::toString)
                .contains(mounted + " cannot be written to")
                .contains(remedy);
        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.db", "views.db"})
    void aDirectoryInPlaceOfAFileIsRefused(String name) throws Exception {
        Files.delete(directory.resolve(name));
        Files.createDirectory(directory.resolve(name));

        assertRefused(name + " is a directory");
    }

    @Test
    void anEmptyFileIsRefused() throws Exception {
        Files.write(directory.resolve("events.db"), new byte[0]);

        assertRefused("events.db is empty");
    }

    @Test
    void whatIsNotSQLiteIsRefused() throws Exception {
        Files.writeString(directory.resolve("events.db"), "a shopping list, and a long one at that");

        assertRefused("events.db is not an SQLite database");
        try (ServiceProcess service = ServiceProcess.starting(directory)) {
            service.assertRefused(directory.resolve("events.db") + " is not an SQLite database", "restore a backup");
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
        directory = Files.createFile(home.resolve("file"));

        assertThat(unavailable()).hasMessageContaining(directory + " cannot be made");
        assertThat(directory).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "events.db"})
    void whatVanishesUnderARunningLedgerIsMissedBeforeAnybodyIsAnswered(String name) throws Exception {
        Path place = directory.resolve(name).normalize();
        Path elsewhere = home.resolve("elsewhere");
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new CreateTask("task-2", "testing", "Before"));
            Files.move(place, elsewhere);

            for (int attempt = 1; attempt <= 2; attempt++) {
                assertThat(catchThrowable(() -> ledger.send(new CreateTask("task-3", "testing", "Meanwhile"))))
                        .isInstanceOfSatisfying(LogFault.class, fault -> assertThat(fault.kind())
                                .isEqualTo(LogFault.Kind.BROKEN))
                        .hasMessageContaining(directory.resolve("events.db") + ": it was deleted or moved away");
            }

            Files.move(elsewhere, place);
            assertThat(ledger.send(new CreateTask("task-3", "testing", "After")).position())
                    .as("it goes on without a restart, and nothing of what was refused is there")
                    .isEqualTo(3);
        }
    }

    private void assertRefused(String reason) throws IOException {
        Map<String, Integer> before = contents();

        assertThat(unavailable()).hasMessageContaining(directory.resolve(reason).toString());

        assertThat(contents()).isEqualTo(before);
    }

    private LedgerUnavailable unavailable() {
        return LedgerUnavailable.causeOf(
                        catchThrowable(() -> TestLedger.in(directory).close()))
                .orElseThrow();
    }

    /** Hashes of what is in the files by their names; the lock file says who opened the ledger last. */
    private Map<String, Integer> contents() throws IOException {
        Map<String, Integer> result = new TreeMap<>();
        try (var files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.endsWith("ledger.lock")) {
                    result.put(
                            file.toString(), Files.isDirectory(file) ? -1 : Arrays.hashCode(Files.readAllBytes(file)));
                }
            }
        }
        return result;
    }
}
