package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands make, replace and leave behind. */
class FilesOfCommandsTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"export", "export --format claude-flow", "backup"})
    void nothingIsReplacedUnlessThatIsSaid(String command) throws IOException {
        Path ledger = home.resolve("ledger");
        imported(ledger);
        Path file = Files.writeString(home.resolve("mine"), "mine");
        Object[] words = Stream.concat(
                        Stream.of(command.split(" ")), Stream.of(file.toString(), "--data", ledger.toString()))
                .toArray();

        Result refused = Terminal.run(words);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains(file + ": is there already", "--force");
        assertThat(file).hasContent("mine");

        Terminal.run(Stream.concat(Stream.of(words), Stream.of("--force")).toArray())
                .succeeded();
        assertThat(Files.size(file)).isGreaterThan(4);
        assertThat(home).isDirectoryNotContaining("glob:**.swarm-ledger-work-*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "export --format claude-flow", "backup"})
    void whatIsTheLedgersOwnIsNeverWrittenOver(String command) throws IOException {
        Path ledger = home.resolve("ledger");
        imported(ledger);
        Path log = ledger.resolve("events.db");
        byte[] before = Files.readAllBytes(log);

        Result refused = Terminal.run(Stream.concat(
                        Stream.of(command.split(" ")),
                        Stream.of(log.toString(), "--force", "--data", ledger.toString()))
                .toArray());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("Nothing was written to " + log + ": is the ledger's own")
                .doesNotContain("exported");
        assertThat(log).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{\"type\":\"agent:spawned\"}",
                "{\"half\":",
                "SQLite format 3\0 and then garbage that is long enough to be a header of something"
            })
    void anImportOfGarbageMakesNoLedger(String content) throws IOException {
        Path garbage = Files.writeString(home.resolve("garbage"), content);

        assertNoLedgerFrom(garbage);
    }

    @Test
    void anImportOfWhatIsNotThereMakesNoLedger() throws IOException {
        assertNoLedgerFrom(home.resolve("nosuch.db"));
        assertNoLedgerFrom(Files.createDirectory(home.resolve("folder")));
        assertNoLedgerFrom(Files.createSymbolicLink(home.resolve("link"), home.resolve("nowhere")));
    }

    /** It was there before, and with something of its owner's in it. */
    @Test
    void anImportThatFailsLeavesADirectoryAsItWas() throws IOException {
        Path ledger = Files.createDirectory(home.resolve("ledger"));
        Path notes = Files.writeString(ledger.resolve("notes.txt"), "mine");

        assertThat(Terminal.run("import", Files.writeString(home.resolve("bad"), "{}\n"), "--data", ledger)
                        .exitCode())
                .isEqualTo(1);

        assertThat(ledger).isDirectoryContaining(file -> file.equals(notes));
        assertThat(ledger).isDirectoryNotContaining(file -> !file.equals(notes));
    }

    @Test
    void anImportThatFailsLeavesALedgerThatWasThere() throws IOException {
        Path ledger = home.resolve("ledger");
        imported(ledger);

        assertThat(Terminal.run("import", Files.writeString(home.resolve("bad"), "{}\n"), "--data", ledger)
                        .exitCode())
                .isEqualTo(1);

        assertThat(Terminal.run("verify", "--data", ledger).succeeded().out()).contains("1 events");
    }

    private void imported(Path ledger) throws IOException {
        Path file = Files.writeString(
                home.resolve("one.ndjson"),
                "{\"id\":\"e1\",\"type\":\"agent:spawned\",\"aggregateId\":\"a\",\"aggregateType\":\"agent\",\"version\":1,"
                        + "\"timestamp\":1767225600000,\"source\":\"swarm\",\"payload\":{\"agentId\":\"a\",\"role\":\"coder\"},"
                        + "\"metadata\":null}\n");
        Terminal.run("import", file, "--data", ledger).succeeded();
    }

    private void assertNoLedgerFrom(Path source) throws IOException {
        Path ledger = home.resolve("ledger").resolve("deep");

        Result refused = Terminal.run("import", source, "--data", ledger);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("Nothing was imported: " + source);
        assertThat(ledger.getParent()).doesNotExist();
    }
}
