package io.swarmledger.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.directory.LedgerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database whose write-ahead log has something in it is copied to be read: what becomes of the copy. */
class ForeignDatabaseTest {

    @TempDir
    Path home;

    private final String everybodys = System.getProperty("java.io.tmpdir");
    private Path foreign;
    private Path temporary;

    @AfterEach
    void giveBack() {
        System.setProperty("java.io.tmpdir", everybodys);
    }

    @BeforeEach
    void make() throws Exception {
        temporary = Files.createDirectory(home.resolve("temporary"));
        System.setProperty("java.io.tmpdir", temporary.toString());
        Path origin = home.resolve("origin.db");
        foreign = home.resolve("foreign.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + origin);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE Notes (text TEXT)");
            Files.copy(origin, foreign);
            Files.copy(home.resolve("origin.db-wal"), home.resolve("foreign.db-wal"));
        }
        assertThat(home.resolve("foreign.db-wal")).isNotEmptyFile();
    }

    @Test
    void nothingOfItStaysWhenItIsRefused() throws Exception {
        LedgerFiles ledger = new LedgerFiles(home.resolve("ledger"));
        refused(ledger);
        Set<Path> copies = copies();
        Set<String> open = openFiles();
        for (int i = 0; i < 10; i++) {
            refused(ledger);
        }

        assertThat(copies()).isEqualTo(copies);
        assertThat(openFiles()).isEqualTo(open);
    }

    @Test
    void nothingOfItStaysWhenItIsClosed() throws Exception {
        Set<Path> before = copies();
        try (ForeignDatabase database = ForeignDatabase.open(foreign)) {
            database.requireUnchanged();
            assertThat(copies()).hasSize(before.size() + 1);
        }
        assertThat(copies()).isEqualTo(before);
        assertThat(openFiles()).noneMatch(file -> file.contains("foreign.db"));
    }

    @Test
    void whatIsBrokenBesideItLeavesNothingEither() throws Exception {
        Files.writeString(home.resolve("foreign.db-journal"), "garbage");
        Files.writeString(foreign, "SQLite format 3\0garbage");
        Set<Path> before = copies();

        assertThatThrownBy(() -> Formats.ofLedger().require(foreign, new LedgerFiles(home.resolve("ledger"))))
                .isInstanceOf(ImportRefused.class);

        assertThat(copies()).isEqualTo(before);
        assertThat(openFiles()).noneMatch(file -> file.contains("foreign.db"));
    }

    private void refused(LedgerFiles ledger) {
        assertThatThrownBy(() -> Formats.ofLedger().require(foreign, ledger))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("has no table events");
    }

    private Set<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".swarm-ledger-work-"))
                    .collect(Collectors.toSet());
        }
    }

    /** Of files and databases, where the operating system tells. */
    private Set<String> openFiles() throws IOException {
        Path all = Path.of("/proc/self/fd");
        if (!Files.isDirectory(all)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(all)) {
            return files.map(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString();
                        } catch (IOException closed) {
                            return "";
                        }
                    })
                    .filter(file -> file.contains(home.toString()) || file.contains(".swarm-ledger-work-"))
                    .collect(Collectors.toSet());
        }
    }
}
