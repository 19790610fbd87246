package io.swarmledger.app.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.http.HttpLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Walks over whatever a ledger makes while it is served, backed up and reached with a token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnFilesTest {

    private Path home;
    private Path directory;
    private LedgerFiles files;
    private String token;
    private HttpLedger ledger;

    @BeforeAll
    void serve(@TempDir Path place) throws IOException {
        home = place;
        directory = home.resolve("ledger");
        files = new LedgerFiles(directory);
        token = Terminal.run("token", "create", "operator", "--role", "operator", "--data", directory)
                .succeeded()
                .out()
                .trim();
        ledger = HttpLedger.in(directory);
        for (int i = 0; i < 5; i++) {
            assertThat(ledger.post("/api/agents", "{\"agentId\":\"agent-" + i + "\",\"role\":\"coder\"}", authorized())
                            .status())
                    .isEqualTo(201);
        }
        ledger.post("/api/operations/backup", "{\"file\":\"monday.db\"}", authorized());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(files.backups().resolve("monday.db")));
        try (Workshop workshop = Workshop.in(directory)) {
            Files.createFile(workshop.file("unfinished"));
        }
    }

    @AfterAll
    void close() {
        ledger.close();
    }

    private String[] authorized() {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    @Test
    void eachIsKnownAsTheLedgersOwnUnderAnyName() throws IOException {
        assertThat(everything())
                .extracting(file -> directory.relativize(file).toString())
                .contains(
                        "events.db",
                        "events.db-wal",
                        "events.db-shm",
                        "views.db",
                        "timetravel.db",
                        "search.db",
                        "head.anchor",
                        "ledger.lock",
                        "tokens.json",
                        "backups/monday.db");
        Path link = Files.createSymbolicLink(home.resolve("link"), directory);
        for (Path file : everything()) {
            assertThat(files.isOwn(file)).as(file.toString()).isTrue();
            assertThat(files.isOwn(link.resolve(directory.relativize(file))))
                    .as("%s by way of a link", file)
                    .isTrue();
            Path second = Files.createLink(home.resolve("second"), file);
            assertThat(files.isOwn(second)).as("%s under another name", file).isTrue();
            Files.delete(second);
        }
        assertThat(files.isOwn(directory.resolve("views.db-journal")))
                .as("one that is not there yet")
                .isTrue();
        assertThat(files.isOwn(home.resolve("events.db"))).isFalse();
        assertThat(files.isOwn(directory.resolve("export.ndjson"))).isFalse();
    }

    @Test
    void neitherAnImportNorAnExportTouchesOne() throws IOException {
        for (Path file : everything()) {
            byte[] before = Files.readAllBytes(file);
            for (List<Object> words : List.<List<Object>>of(
                    List.of("export", file, "--force"),
                    List.of("export", file, "--force", "--format", "claude-flow"),
                    List.of("backup", file, "--force"),
                    List.of("import", file))) {
                Object[] all = Stream.concat(words.stream(), Stream.of("--data", directory))
                        .toArray();
                assertThat(Terminal.run(all).err()).as(words.toString()).contains(" own");
            }
            if (!file.toString().contains("views.db")
                    && !file.toString().contains("timetravel.db")
                    && !file.toString().contains("search.db")) {
                assertThat(Files.readAllBytes(file)).as(file.toString()).isEqualTo(before);
            }
        }
    }

    @Test
    void eachIsForItsOwnerAlone() throws IOException {
        for (Path file : everything()) {
            assertThat(rights(file)).as(file.toString()).isEqualTo("rw-------");
        }
        assertThat(rights(directory)).isEqualTo("rwx------");
        assertThat(rights(files.backups())).isEqualTo("rwx------");

        Path exported = home.resolve("export.ndjson");
        Path database = home.resolve("export.db");
        Path backup = home.resolve("backup.db");
        Terminal.run("export", exported, "--data", directory).succeeded();
        Terminal.run("export", database, "--format", "claude-flow", "--data", directory)
                .succeeded();
        Terminal.run("backup", backup, "--data", directory).succeeded();
        for (Path file : List.of(exported, database, backup)) {
            assertThat(rights(file)).as(file.toString()).isEqualTo("rw-------");
        }
    }

    @Test
    void anOlderReleasesLedgerIsClosedToEverybodyAndItsDirectoryLeftToItsOwner() throws IOException {
        Path older = Files.createDirectory(home.resolve("older"));
        Files.setPosixFilePermissions(older, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path log = Files.createFile(older.resolve("events.db"));
        Path views = Files.createFile(older.resolve("views.db"));
        Path notes = Files.createFile(older.resolve("notes.txt"));
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(views, PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(notes, PosixFilePermissions.fromString("rw-r--r--"));

        LedgerDirectory.take(older.toString()).close();

        assertThat(rights(log)).isEqualTo("rw-------");
        assertThat(rights(views)).as("what a group was given on purpose").isEqualTo("rw-r-----");
        assertThat(rights(notes)).isEqualTo("rw-r--r--");
        assertThat(rights(older)).isEqualTo("rwxr-xr-x");
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
