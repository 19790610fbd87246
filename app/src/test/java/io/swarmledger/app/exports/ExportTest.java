package io.swarmledger.app.exports;

import static io.swarmledger.app.imports.ClaudeFlowDatabase.rows;
import static io.swarmledger.app.imports.ClaudeFlowDatabase.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.imports.ClaudeFlowDatabase;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteEventLog;
import io.swarmledger.commands.AggregateTypes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {

    /** All of the log but {@code recordedAt} and {@code recordedBy}, which are each ledger's own word. */
    private static final String LOG = "SELECT globalIndex, eventIdentifier, aggregateIdentifier, sequenceNumber, type,"
            + " timeStamp, typeof(timeStamp), payloadType, payloadRevision, payload, metaData, source, causationId,"
            + " correlationId, swarmId FROM DomainEventEntry ORDER BY globalIndex";

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private Path log;
    private LogFile ledger;

    @BeforeEach
    void open() {
        log = directory.resolve("events.db");
        ledger = LogFile.open(log, Clock.fixed(Instant.ofEpochMilli(1_800_000_000_000L), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all23", "edge", "swarm-small"})
    void whatWasImportedIsGivenBackRowByRow(String name) throws Exception {
        Path original = ClaudeFlowDatabase.original(name, elsewhere);
        imported(ledger, original);

        Path file = elsewhere.resolve("back.db");
        Exported exported = export().claudeFlow(file, Progress.SILENT);

        for (String query : List.of(
                "SELECT *, typeof(timestamp), typeof(metadata), rowid FROM events ORDER BY rowid",
                "SELECT *, typeof(timestamp) FROM snapshots",
                "SELECT sql FROM sqlite_master ORDER BY sql",
                "PRAGMA journal_mode",
                "PRAGMA user_version")) {
            assertThat(rows(file, query))
                    .as(query)
                    .isEqualTo(rows(original, query))
                    .isNotEmpty();
        }
        assertThat(exported.events())
                .isEqualTo(rows(original, "SELECT 1 FROM events").size());
        assertThat(exported.snapshots()).isEqualTo(1);
        assertThat(rows(file, "PRAGMA integrity_check")).containsExactly("String ok | ");
        assertThat(imported(ledger, file)).isEqualTo(new Imported(0, exported.events(), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all23", "edge", "swarm-small"})
    void anNdjsonExportMakesAnEqualLog(String name) throws Exception {
        imported(ledger, ClaudeFlowDatabase.original(name, elsewhere));

        assertExportMakesAnEqualLog();
    }

    @Test
    void anNdjsonExportOfAnyHistoryMakesAnEqualLog() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<EventRow> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(randomEvent(random, i));
        }
        ledger.writer().append(events);

        assertExportMakesAnEqualLog();
    }

    @Test
    void anNdjsonLineIsTheEventAsItIsShownEverywhere() throws Exception {
        ledger.writer()
                .append(List.of(
                        event("e\"1", "{ \"taskId\" :\"t\", \"n\":1.50}", "{\"swarmId\":\"s\"}", "1", "ada"),
                        event("e2", "{\n}", null, "0", null)));

        Path file = elsewhere.resolve("export.ndjson");
        export().ndjson(file, Progress.SILENT);

        assertThat(Files.readString(file))
                .isEqualTo("{\"position\":1,\"id\":\"e\\\"1\",\"type\":\"task:queued\",\"aggregateId\":\"e\\\"1-task\","
                        + "\"aggregateType\":\"task\",\"version\":1,\"timestamp\":7,\"source\":\"agent-2\","
                        + "\"payload\":{ \"taskId\" :\"t\", \"n\":1.50},\"metadata\":{\"swarmId\":\"s\"},"
                        + "\"causationId\":null,\"correlationId\":\"run\",\"swarmId\":\"s\","
                        + "\"recordedAt\":1800000000000,\"recordedBy\":\"ada\"}\n"
                        + "{\"position\":2,\"id\":\"e2\",\"type\":\"task:queued\",\"aggregateId\":\"e2-task\","
                        + "\"aggregateType\":\"task\",\"version\":1,\"timestamp\":7,\"source\":\"agent-2\","
                        + "\"payload\":{ },\"metadata\":null,"
                        + "\"causationId\":null,\"correlationId\":\"run\",\"swarmId\":\"s\","
                        + "\"recordedAt\":1800000000000,\"recordedBy\":null,"
                        + "\"payloadAsStored\":\"{\\n}\",\"payloadRevision\":\"0\"}\n");
    }

    @Test
    void anEventOutsideEveryAggregateIsOfNoTypeInADatabase() throws Exception {
        ledger.writer()
                .append(List.of(new EventRow(
                        "e", "e", 0, null, 7L, "task:queued", "1", "{}", null, "swarm", null, null, "swarm", null)));

        Path file = elsewhere.resolve("back.db");
        export().claudeFlow(file, Progress.SILENT);

        assertThat(rows(file, "SELECT id, aggregate_type FROM events")).containsExactly("String e | String  | ");
        assertExportMakesAnEqualLog();
    }

    @Test
    void anEmptyLogIsExportedToo() throws Exception {
        export().claudeFlow(elsewhere.resolve("back.db"), Progress.SILENT);
        export().ndjson(elsewhere.resolve("export.ndjson"), Progress.SILENT);

        assertThat(rows(elsewhere.resolve("back.db"), "SELECT * FROM events")).isEmpty();
        assertThat(elsewhere.resolve("export.ndjson")).isEmptyFile();
    }

    @Test
    void anExportIsOfOneMomentWhileTheLogGrows() throws Exception {
        imported(ledger, ClaudeFlowDatabase.large(elsewhere.resolve("large.db"), 3_000));

        Path file = elsewhere.resolve("back.db");
        List<Long> done = new ArrayList<>();
        Exported exported = export().claudeFlow(file, (at, total) -> {
            done.add(at);
            assertThat(total).isEqualTo(3_000);
            append("meanwhile-" + done.size());
        });

        assertThat(exported.events()).isEqualTo(3_000);
        assertThat(done).isSorted().endsWith(3_000L).hasSizeGreaterThanOrEqualTo(3);
        assertThat(rows(file, "SELECT 1 FROM events")).hasSize(3_000);
        assertThat(rows(log, LOG)).hasSizeGreaterThan(3_000);
    }

    @Test
    void anOlderFileIsReplacedWhenTheNewOneIsWhole() throws Exception {
        imported(ledger, ClaudeFlowDatabase.original("edge", elsewhere));
        Path file = Files.writeString(elsewhere.resolve("export.ndjson"), "older");

        assertRefused(file, "is there already: say --force to replace it");
        export(ledger.readers(), true)
                .ndjson(file, (done, total) -> assertThat(file).hasContent("older"));

        assertThat(Files.readAllLines(file)).hasSize(25);
        assertThat(files()).containsExactlyInAnyOrder("edge.db", "export.ndjson");
    }

    @Test
    void anExportThatFailsLeavesTheOlderFileAndNothingElse() throws Exception {
        imported(ledger, ClaudeFlowDatabase.large(elsewhere.resolve("large.db"), 3_000));
        Path file = Files.writeString(elsewhere.resolve("export.db"), "older");

        assertThatThrownBy(() -> export(ledger.readers(), true).claudeFlow(file, (done, total) -> {
                    throw new IllegalStateException("the terminal is gone");
                }))
                .hasMessage("the terminal is gone");
        ledger.close();
        sql(log, "ALTER TABLE DomainEventEntry RENAME COLUMN payload TO gone");
        try (HikariDataSource readers = LogFile.readers(log)) {
            assertThatThrownBy(() -> export(readers, true).ndjson(file, Progress.SILENT))
                    .isInstanceOf(ExportFailed.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("no such column: payload");
        }

        assertThat(file).hasContent("older");
        assertThat(files()).containsExactlyInAnyOrder("large.db", "export.db");
    }

    @Test
    void whatMustNotBeReplacedIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), elsewhere.resolve("nowhere"));
        Path stale = elsewhere.resolve("stale.db");
        Files.createFile(elsewhere.resolve("stale.db-wal"));
        Path besideLog = Files.createFile(directory.resolve("ledger.lock"));

        assertRefused(elsewhere, "is a directory");
        assertRefused(link, "is a symbolic link: name the file that it points to");
        assertRefused(Path.of("/dev/null"), "is no regular file");
        assertRefused(elsewhere.resolve("none").resolve("x"), "its directory does not exist");
        assertRefused(stale, "stale.db-wal belongs to what was there before: move it away first");
        assertRefused(log, "is the ledger's own, and nothing replaces it");
        assertRefused(directory.resolve("events.db-journal"), "is the ledger's own");
        assertRefused(directory.resolve("views.db"), "is the ledger's own");
        assertRefused(besideLog, "is the ledger's own");
        assertThat(files()).containsExactlyInAnyOrder("link", "stale.db-wal");

        export().ndjson(directory.resolve("new.ndjson"), Progress.SILENT);
        assertThat(directory.resolve("new.ndjson")).isEmptyFile();
    }

    @Test
    void aHundredThousandEventsPassThroughASmallHeap() throws Exception {
        sql(
                log,
                "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999) INSERT INTO"
                        + " DomainEventEntry (eventIdentifier, aggregateIdentifier, sequenceNumber, type, timeStamp,"
                        + " payloadType, payload, metaData, source, swarmId, recordedAt, chain) SELECT 'e' || i, 'task-' || (i / 10),"
                        + " i % 10, 'task', i, 'custom:thing', '[\"" + "x".repeat(1_000)
                        + "\"]', '{}', 'swarm', 'swarm', i, x'00'"
                        + " FROM n");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExportInProcess.class.getName(),
                        log.toString(),
                        elsewhere.resolve("export.ndjson").toString(),
                        elsewhere.resolve("back.db").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains(new Exported(100_000, 0).toString());
        assertThat(rows(elsewhere.resolve("back.db"), "SELECT count(*), max(rowid) FROM events"))
                .containsExactly("Integer 100000 | Integer 100000 | ");
        assertThat(Files.size(elsewhere.resolve("export.ndjson"))).isGreaterThan(100_000_000);
    }

    private void assertExportMakesAnEqualLog() throws Exception {
        Path file = elsewhere.resolve("law.ndjson");
        Exported exported = export().ndjson(file, Progress.SILENT);
        Path other = elsewhere.resolve("other.db");
        try (LogFile fresh = LogFile.open(other, Clock.systemUTC())) {
            assertThat(imported(fresh, file)).isEqualTo(new Imported(exported.events(), 0, 0));
        }
        assertThat(rows(other, LOG)).isEqualTo(rows(log, LOG)).isNotEmpty();
        assertThat(Files.readAllLines(file)).hasSize((int) exported.events());
        assertThat(imported(ledger, file)).isEqualTo(new Imported(0, exported.events(), 0));
    }

    private static EventRow randomEvent(Random random, int number) {
        String swarmId = random.nextBoolean() ? "swarm" : text(random).replaceAll("[\"\\\\\\p{Cntrl}]", "");
        String metadata = "swarm".equals(swarmId)
                ? pick(random, null, "{}", "{\r\n\"a\" : [1,2.50]\n}")
                : "{\"swarmId\":\"" + swarmId + "\"}";
        Number timestamp = random.nextBoolean()
                ? Long.valueOf(random.nextLong())
                : Double.valueOf((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40)));
        return new EventRow(
                number + text(random),
                number + text(random),
                random.nextInt(10),
                pick(random, null, "", "agent", text(random)),
                timestamp,
                pick(random, "task:queued", "agent:spawned", "custom:thing", text(random)),
                pick(random, null, "0", "1", "2"),
                pick(
                        random,
                        "null",
                        "{}",
                        "{\n\t\"k\":\"\u2028\"}\r\n",
                        "\t [1e400, -0.0, \"\\u0000\\n\"]",
                        "\"\u007f\uFFFD\""),
                metadata,
                text(random),
                pick(random, null, text(random)),
                pick(random, null, text(random)),
                swarmId,
                pick(random, null, "ada"));
    }

    private static String text(Random random) {
        return pick(random, "", "a", "\"\\\n\r\t\0", "\uFFFD", "\ud83d\ude00", "\u2028\u0085", "</script>\u001b[31m")
                + random.nextInt(100);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static EventRow event(String id, String payload, String metadata, String revision, String recordedBy) {
        return new EventRow(
                id,
                id + "-task",
                0,
                "task",
                7L,
                "task:queued",
                revision,
                payload,
                metadata,
                "agent-2",
                null,
                "run",
                "s",
                recordedBy);
    }

    private void append(String id) {
        ledger.writer().append(List.of(event(id, "{}", null, "1", null)));
    }

    private Export export() {
        return export(ledger.readers(), false);
    }

    private Export export(DataSource readers, boolean replaces) {
        return new Export(new SqliteEventLog(readers), LedgerFiles.around(log), replaces);
    }

    private static Imported imported(LogFile into, Path file) {
        return new Import(into, AggregateTypes.ofLedger().storedTypes()).from(file, Optional.empty(), Progress.SILENT);
    }

    private void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> export().claudeFlow(file, Progress.SILENT))
                .isInstanceOf(ExportFailed.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> export().ndjson(file, Progress.SILENT)).isInstanceOf(ExportFailed.class);
    }

    private List<String> files() throws Exception {
        try (var files = Files.list(elsewhere)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
