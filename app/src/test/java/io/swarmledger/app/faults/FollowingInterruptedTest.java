package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.directory.LedgerFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S12 Ctrl-C while an import follows")
class FollowingInterruptedTest {

    private static final int SIGINT_EXIT = 128 + 2;

    /** Bytes of a write-ahead log that has more in it than the schema. */
    private static final long A_FEW_EVENTS = 500_000;

    private static final Path RECORDED = Path.of(
            "src/test/resources/claude-code/projects/-home-user-project/1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74.jsonl");

    @TempDir
    Path directory;

    private Path ledger;
    private Path projects;

    @BeforeEach
    void aHome() throws IOException {
        assumeTrue(CommandProcess.canStart(), "nothing is started here so that Ctrl-C ends it");
        ledger = directory.resolve("ledger");
        projects = Files.createDirectories(directory.resolve("projects/-a-project"));
    }

    @Test
    void itHasToldWhatItTookAndLeavesTheLedgerInOrder() throws IOException {
        List<String> lines = Files.readAllLines(RECORDED);
        Path session = Files.write(projects.resolve(RECORDED.getFileName()), lines.subList(0, 8));
        try (CommandProcess following = CommandProcess.run("import", projects, "--follow", "--data", ledger)) {
            following.saying("Following; Ctrl-C ends it.");
            Files.write(session, lines.subList(8, lines.size()), StandardOpenOption.APPEND);
            following.saying(" events added");

            following.interrupt();

            assertThat(following.exitCode()).as(following::toString).isEqualTo(SIGINT_EXIT);
            assertInOrder(following);
        }
        assertThat(Terminal.run("import", projects, "--data", ledger)
                        .succeeded()
                        .err())
                .as("nothing is missing")
                .startsWith("0 events added");
    }

    @Test
    void aRoundThatIsUnderWayEndsOrSaysThatItDidNot() throws IOException {
        String recorded = Files.readString(RECORDED);
        for (int session = 0; session < 20; session++) {
            String id = "session-" + session;
            try (BufferedWriter copy = Files.newBufferedWriter(projects.resolve(id + ".jsonl"))) {
                for (int turn = 0; turn < 30; turn++) {
                    copy.write(recorded.replace("1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74", id)
                            .replace("toolu_", "toolu_" + turn + "_")
                            .replace("msg_", "msg_" + turn + "_"));
                }
            }
        }
        try (CommandProcess following = CommandProcess.run("import", projects, "--follow", "--data", ledger)) {
            Path written = ledger.resolve(new LedgerFiles(ledger).log().getFileName() + "-wal");
            Awaitility.await()
                    .atMost(ChildProcess.PATIENCE)
                    .until(() -> written.toFile().length() > A_FEW_EVENTS);

            following.interrupt();

            assertThat(following.exitCode()).as(following::toString).isEqualTo(SIGINT_EXIT);
            assertThat(following.said().get(0))
                    .as(following::toString)
                    .matches("[\\d,]+ events added, .*|Ended while it was reading: .*");
            assertInOrder(following);
        }
        long before = recorded(ledger);
        assertThat(before).isPositive();
        Terminal.run("import", projects, "--data", ledger).succeeded();
        Path whole = directory.resolve("whole");
        Terminal.run("import", projects, "--data", whole).succeeded();
        assertThat(recorded(ledger)).isEqualTo(recorded(whole)).isGreaterThanOrEqualTo(before);
    }

    private void assertInOrder(CommandProcess ended) {
        LedgerFiles files = new LedgerFiles(ledger);
        assertThat(ledger.resolve(files.log().getFileName() + "-wal")).doesNotExist();
        assertThat(ledger.resolve(files.views().getFileName() + "-wal")).doesNotExist();
        assertThat(String.join("\n", ended.said())).doesNotContain("Exception", "WARN", "ERROR");
        Terminal.run("verify", "--data", ledger).succeeded();
    }

    private static long recorded(Path ledger) {
        return Terminal.run("query", "stats", "--json", "--data", ledger)
                .succeeded()
                .json()
                .path("totalEvents")
                .asLong();
    }
}
