package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Those of an export, which a person asks for at the ledger's own machine, are in {@code ExportTest}. */
@DisplayName("I6 traversal, symbolic links, existing and device files in a backup asked for over HTTP")
class I06BackupPathsTest {

    @TempDir
    static Path home;

    private static Path directory;
    private static Path backups;
    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        directory = home.resolve("ledger");
        backups = directory.resolve("backups");
        ledger = HttpLedger.in(directory);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @AfterEach
    void clear() throws IOException {
        if (Files.isSymbolicLink(backups)) {
            Files.delete(backups);
        }
        FileSystemUtils.deleteRecursively(backups);
    }

    private static Answer backup(String file) {
        return ledger.post("/api/operations/backup", Json.mapper().writeValueAsString(Map.of("file", file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../events.db",
                "..",
                ".",
                "",
                "/dev/null",
                "/etc/passwd",
                "sub/file.db",
                "sub\\file.db",
                "..%2fevents.db",
                ".hidden",
                "a\u0000b",
                "a\nb",
                "x.db-wal",
                "x.db-journal",
                "file:x.db?mode=memory",
                "-rf"
            })
    void whatIsNoPlainNameIsRefusedBeforeAnythingIsMade(String file) throws IOException {
        Answer refused = backup(file);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().get("field").asString()).isEqualTo("file");
        assertNothingWasMade();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"file\":null}"})
    void noNameIsRefusedToo(String body) throws IOException {
        assertThat(ledger.post("/api/operations/backup", body).status()).isEqualTo(400);
        assertNothingWasMade();
    }

    private static void assertNothingWasMade() throws IOException {
        assertThat(backups).doesNotExist();
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.filter(file -> file.toString().endsWith(".db"))).isEmpty();
        }
        assertThat(ledger.get("/api/operations").json().get("items")).isEmpty();
    }

    @Test
    void whatIsThereIsNotReplaced() throws IOException {
        Files.createDirectory(backups);
        Path victim = Files.writeString(home.resolve("victim"), "mine");
        Files.writeString(backups.resolve("older.db"), "the older one");
        Files.createSymbolicLink(backups.resolve("link.db"), victim);
        Files.createSymbolicLink(backups.resolve("dangling.db"), home.resolve("to-be-made"));
        Files.createSymbolicLink(backups.resolve("device.db"), Path.of("/dev/null"));
        Files.createDirectory(backups.resolve("folder.db"));

        for (String file : new String[] {"older.db", "link.db", "dangling.db", "device.db", "folder.db"}) {
            Answer refused = backup(file);
            assertThat(refused.status()).as(file).isEqualTo(409);
            assertThat(refused.json().get("detail").asString()).contains(file);
        }
        assertThat(backups.resolve("older.db")).hasContent("the older one");
        assertThat(victim).hasContent("mine");
        assertThat(home.resolve("to-be-made")).doesNotExist();
    }

    @Test
    void aFolderThatLeadsElsewhereIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createSymbolicLink(backups, elsewhere);

        assertThat(backup("monday.db").status()).isEqualTo(409);
        assertThat(elsewhere).isEmptyDirectory();
    }
}
