package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.ChildJvm;
import io.swarmledger.app.SwarmLedger;
import io.swarmledger.app.backup.Backup;
import io.swarmledger.app.exports.ExportInProcess;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Onto what no export may be made is in {@code ExportTest}. */
@DisplayName("S9, S11 an export or a restore killed half way, or of more than the heap holds")
class S09ExportKilledTest {

    private static final int EVENTS = 20_000;

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private Path log;
    private Path ndjson;
    private Path database;

    @BeforeEach
    void fill() throws Exception {
        log = directory.resolve("events.db");
        ndjson = elsewhere.resolve("export.ndjson");
        database = elsewhere.resolve("export.db");
        try (LogFile file = LogFile.open(log, Clock.systemUTC())) {
            for (int i = 0; i < EVENTS; i += 1_000) {
                BigLog.append(file.writer(), i + 1, 1_000);
            }
        }
    }

    /** The heap is smaller than the log, and than either file. */
    @Test
    void theOlderOneStaysUntilTheNewOneIsWhole() throws Exception {
        Files.writeString(ndjson, "the older one");
        Files.writeString(database, "the older one");

        killWhile(() -> unfinished() > 1 << 20);
        assertThat(ndjson).hasContent("the older one");

        killWhile(() -> lines() == EVENTS && unfinished() > 1 << 20);
        assertThat(database).hasContent("the older one");
        assertThat(lines()).as("what was whole before").isEqualTo(EVENTS);

        Process whole = export();
        assertThat(whole.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(whole.exitValue()).isZero();
        assertThat(lines()).isEqualTo(EVENTS);
        assertThat(JdbcClient.create(SqliteConnections.foreign(database))
                        .sql("SELECT count(*) FROM events")
                        .query(Integer.class)
                        .single())
                .isEqualTo(EVENTS);
        assertThat(workshops(elsewhere)).as("what the killed ones left").isEmpty();
    }

    @Test
    void whatARestoreLeavesThatIsKilledGoesWithTheNextOne() throws Exception {
        Path backup = elsewhere.resolve("backup.db");
        Backup.of(log, backup, false, done -> {});
        Path restored = elsewhere.resolve("restored");

        killWhile(restore(backup, restored), () -> !workshops(restored).isEmpty());
        assertThat(workshops(restored)).isNotEmpty();
        assertThat(restored.resolve("events.db")).doesNotExist();

        Process whole = restore(backup, restored);
        assertThat(whole.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(whole.exitValue()).isZero();
        assertThat(workshops(restored)).isEmpty();
        assertThat(Verification.of(restored.resolve("events.db"), done -> {}).events())
                .isEqualTo(EVENTS);
    }

    private static List<Path> workshops(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".swarm-ledger-work-"))
                    .toList();
        }
    }

    private static Process restore(Path backup, Path directory) throws IOException {
        return run(SwarmLedger.class, "restore", backup.toString(), "--data", directory.toString());
    }

    private void killWhile(Callable<Boolean> halfWay) throws Exception {
        killWhile(export(), halfWay);
    }

    private static void killWhile(Process process, Callable<Boolean> halfWay) throws Exception {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(halfWay);
        process.destroyForcibly().waitFor();
        assertThat(process.exitValue()).as("killed before it was done").isNotZero();
    }

    private long lines() throws IOException {
        try (var lines = Files.lines(ndjson)) {
            return lines.count();
        }
    }

    private Process export() throws IOException {
        return run(ExportInProcess.class, log.toString(), ndjson.toString(), database.toString());
    }

    private static Process run(Class<?> main, String... words) throws IOException {
        List<String> command = ChildJvm.command(main, "-Xmx128m");
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What is not whole yet, wherever it lies. */
    private long unfinished() throws IOException {
        try (var files = Files.find(elsewhere, 2, (file, attributes) -> file.getFileName()
                .toString()
                .equals("unfinished"))) {
            return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
        }
    }
}
