package io.swarmledger.app.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.sqlite.LogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerDirectoryTest {

    @TempDir
    Path home;

    @Test
    void aSecondHolderIsRefusedWithTheProcessIdOfTheFirst() {
        String data = home.resolve("ledger").toString();
        LedgerDirectory first = LedgerDirectory.take(data);

        assertThatThrownBy(() -> LedgerDirectory.take(data))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid())
                .hasMessageContaining(data);

        first.close();
        LedgerDirectory.take(data).close();
    }

    @Test
    void aLedgerInMemoryIsGoneAtTheEnd() {
        LedgerDirectory directory = LedgerDirectory.take(LedgerDirectory.IN_MEMORY);
        Path path = directory.files().directory();
        LogFile.open(directory.files().log(), Clock.systemUTC()).close();

        directory.close();

        assertThat(path).doesNotExist();
    }

    @Test
    void whatAnOlderReleaseLeftWhenItWasKilledIsGone() throws Exception {
        Path ledger = Files.createDirectory(home.resolve("ledger"));
        Path backups = Files.createDirectory(ledger.resolve("backups"));
        for (Path place : List.of(ledger, backups)) {
            Files.writeString(place.resolve(".monday.db.4711.unfinished"), "half");
            Files.writeString(place.resolve("mine.1.unfinished"), "a user's");
            Files.writeString(place.resolve(".mine.unfinished"), "a user's");
        }
        Path tokens = Files.writeString(ledger.resolve(".tokens.1.unfinished"), "of a command that runs beside");

        LedgerDirectory.take(ledger.toString()).close();

        for (Path place : List.of(ledger, backups)) {
            assertThat(place.resolve(".monday.db.4711.unfinished")).doesNotExist();
            assertThat(place.resolve("mine.1.unfinished")).exists();
            assertThat(place.resolve(".mine.unfinished")).exists();
        }
        assertThat(tokens).exists();
    }

    @Test
    void whatIsNoLogIsRefusedByNameAndLeftAsItIs() throws Exception {
        Path text = Files.writeString(home.resolve("text.db"), "a shopping list, and a long one at that");
        Path empty = Files.createFile(home.resolve("empty.db"));
        Path folder = Files.createDirectory(home.resolve("folder.db"));

        assertThatThrownBy(() -> LogFile.open(text, Clock.systemUTC()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(text + " is not an SQLite database");
        assertThatThrownBy(() -> LogFile.open(empty, Clock.systemUTC()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(empty + " is empty");
        assertThatThrownBy(() -> LogFile.open(folder, Clock.systemUTC()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(folder + " is a directory");

        assertThat(text).hasContent("a shopping list, and a long one at that");
        assertThat(empty).isEmptyFile();
    }

    @Test
    void aPathThatIsAFileIsRefused() throws Exception {
        Path file = Files.createFile(home.resolve("file"));

        assertThatThrownBy(() -> LedgerDirectory.take(file.toString()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(file.toString());
    }

    /** Fault S13. */
    @Test
    void aLogOfANewerProgramIsRefused() throws Exception {
        Path file = home.resolve("events.db");
        LogFile.open(file, Clock.systemUTC()).close();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                            + " checksum, installed_by, installed_on, execution_time, success)"
                            + " VALUES (99, '99', 'from the future', 'SQL', 'V99__future.sql', 1, 'x', '2030-01-01 00:00:00.000', 1, 1)");
        }

        assertThatThrownBy(() -> LogFile.open(file, Clock.systemUTC()))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("its schema has version 99, this program knows those up to ");
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var versions = statement.executeQuery("SELECT group_concat(version) FROM flyway_schema_history")) {
            assertThat(versions.getString(1)).as("the file is as it was").endsWith(",99");
        }
    }
}
