package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.wiring.TestLedger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Ledgers that earlier releases wrote, each in a folder of {@code releases}, opened by whatever command comes first. */
@ExtendWith(OutputCaptureExtension.class)
class OlderLedgerTest {

    private static final String RELEASE = "/releases/before-believed-times/";

    @TempDir
    Path home;

    private Path ledger;

    @BeforeEach
    void copyLedger() throws IOException {
        ledger = Files.createDirectory(home.resolve("ledger"));
        for (String file : List.of("events.db", "head.anchor", "timetravel.db", "views.db")) {
            try (InputStream released = OlderLedgerTest.class.getResourceAsStream(RELEASE + file)) {
                Files.copy(released, ledger.resolve(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query events",
                "query swarms",
                "query stats",
                "state swarm",
                "state --all",
                "diff --from 1",
                "export %s",
                "verify"
            })
    void isReadByAnyCommandAsItsFirst(String command) {
        String words = command.formatted(home.resolve("export.ndjson")) + " --data " + ledger;

        Result result = Terminal.run((Object[]) words.split(" "));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Terminal.run("query", "stats", "--json", "--data", ledger)
                        .succeeded()
                        .json()
                        .get("totalEvents")
                        .longValue())
                .isEqualTo(28);
        Terminal.run("verify", "--data", ledger).succeeded();
    }

    /** What a migration was that some file has, it is for ever: another one follows it. */
    @Test
    void isOpenedWithoutAWordOfMigrationsThatAreNoMoreWhatTheyWere(CapturedOutput output) {
        try (TestLedger open = TestLedger.in(ledger)) {
            assertThat(open.head()).isEqualTo(28);
        }
        assertThat(output.getAll()).doesNotContain("checksum", "repair", "timetravel.db cannot be used");
    }

    @Test
    void isNotTakenFromWhoeverHoldsIt() {
        try (LedgerDirectory held = LedgerDirectory.take(ledger.toString())) {
            Result result = Terminal.run("query", "events", "--data", ledger);

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("is held by process");
        }
    }

    @Test
    void isNotComparedUntilItHasBeenOpened() {
        Path ours = home.resolve("ours");
        Terminal.run("demo", "--tasks", 1, "--data", ours).succeeded();

        Result result = Terminal.run("diff", "--with", ledger, "--data", ours);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("was written by an older program");
    }
}
