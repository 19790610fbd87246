package io.swarmledger.app.imports;

import static io.swarmledger.app.imports.ClaudeFlowDatabase.event;
import static io.swarmledger.app.imports.ClaudeFlowDatabase.rows;
import static io.swarmledger.app.imports.ClaudeFlowDatabase.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.events.EventTypes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {

    private static final String IN_LEDGER = "SELECT eventIdentifier, payloadType, aggregateIdentifier, type,"
            + " sequenceNumber + 1, timeStamp, typeof(timeStamp), source, payload, metaData, causationId, correlationId"
            + " FROM DomainEventEntry ORDER BY globalIndex";
    private static final String IN_CLAUDE_FLOW = "SELECT id, type, aggregate_id, aggregate_type, version, timestamp,"
            + " typeof(timestamp), source, payload, metadata, causation_id, correlation_id FROM events ORDER BY rowid";

    @TempDir
    Path directory;

    @TempDir
    Path foreign;

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
    void keepsEveryEventToTheCharacterInTheOrderOfItsRows(String name) throws Exception {
        Path file = ClaudeFlowDatabase.original(name, foreign);

        Imported imported = run(file);

        List<String> original = rows(file, IN_CLAUDE_FLOW);
        assertThat(rows(log, IN_LEDGER)).isEqualTo(original).isNotEmpty();
        assertThat(imported).isEqualTo(new Imported(original.size(), 0, 1));
        assertThat(rows(log, "SELECT aggregateId, aggregateType, version, state, timestamp FROM ImportedSnapshot"))
                .isEqualTo(rows(file, "SELECT * FROM snapshots"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all23", "edge", "swarm-small"})
    void runASecondTimeItAddsNothing(String name) throws Exception {
        Path file = ClaudeFlowDatabase.original(name, foreign);
        Imported first = run(file);
        List<String> before = rows(log, "SELECT * FROM DomainEventEntry");

        assertThat(run(file)).isEqualTo(new Imported(0, first.added(), 0));

        assertThat(rows(log, "SELECT * FROM DomainEventEntry")).isEqualTo(before);
    }

    @Test
    void whatAFileHasGainedSinceIsAddedBehind() throws Exception {
        Path file = ClaudeFlowDatabase.original("edge", foreign);
        run(file);
        event(file, "later", "aggregate_id", "agent-a", "version", 8);

        assertThat(run(file)).isEqualTo(new Imported(1, 25, 0));
        assertThat(rows(log, IN_LEDGER)).isEqualTo(rows(file, IN_CLAUDE_FLOW));
    }

    @Test
    void theLedgersOwnColumnsAreTheLedgers() throws Exception {
        Path file = ClaudeFlowDatabase.empty(foreign.resolve("events.db"));
        event(file, "known", "type", "task:queued", "metadata", null);
        event(file, "unknown", "type", "custom:thing", "metadata", "{\"swarmId\":7}");
        event(file, "named", "metadata", " {\"swarmId\":\"alpha\", \"swarmId\" : \"beta\", \"recordedBy\":\"x\"}");

        run(file);

        assertThat(rows(log, "SELECT payloadRevision, swarmId, recordedAt, recordedBy FROM DomainEventEntry"))
                .containsExactly(
                        "String 1 | String swarm | Long 1800000000000 |  null | ",
                        " null | String swarm | Long 1800000000000 |  null | ",
                        "String 1 | String beta | Long 1800000000000 |  null | ");
    }

    @Test
    void historyMayHaveGapsInItsVersionsAndAnythingForAnId() throws Exception {
        Path file = ClaudeFlowDatabase.empty(foreign.resolve("events.db"));
        event(file, "e1", "aggregate_id", "t", "version", 1);
        event(file, "e2", "aggregate_id", "t", "version", 2, "timestamp", -0.25, "metadata", null);
        event(file, "e5", "aggregate_id", "t", "version", 5);
        event(file, "", "aggregate_id", "", "aggregate_type", "", "type", "", "source", "", "causation_id", "");
        event(file, "nul\0inside", "aggregate_id", "\uFFFD \u202E", "version", (1L << 53) - 1, "timestamp", 1e300);
        event(file, "json", "payload", " [1,\t2.50, \"\\ud800\"]\n");

        run(file);

        assertThat(rows(log, IN_LEDGER)).isEqualTo(rows(file, IN_CLAUDE_FLOW)).hasSize(6);
    }

    @Test
    void positionsHaveNoGapsAfterAnImportAndAfterARefusal() throws Exception {
        run(ClaudeFlowDatabase.original("edge", foreign));
        Path bad = ClaudeFlowDatabase.empty(foreign.resolve("bad.db"));
        event(bad, "fine");
        event(bad, "bad", "payload", "no JSON");
        assertThatThrownBy(() -> run(bad)).isInstanceOf(ImportRefused.class);

        long[] positions = ledger.writer()
                .append(List.of(new EventRow(
                        "next",
                        "a",
                        0,
                        "agent",
                        1L,
                        "agent:started",
                        "1",
                        "{}",
                        "{}",
                        "swarm",
                        null,
                        null,
                        "swarm",
                        null)));

        assertThat(positions).containsExactly(26);
    }

    @Test
    void everyBadRowIsNamedAndNothingIsHalfImported() throws Exception {
        Path file = foreign.resolve("events.db");
        sql(file, ClaudeFlowDatabase.LAX_EVENTS, ClaudeFlowDatabase.SNAPSHOTS);
        event(file, "fine");
        event(file, "r2", "payload", "{\"taskId\":");
        event(file, "r3", "payload", "{} {}");
        event(file, "r4", "payload", "");
        event(file, "r5", "payload", null);
        event(file, "r6", "payload", "{}".getBytes());
        event(file, "r7", "metadata", "[1]");
        event(file, "r8", "metadata", "{\"a\":" + "1".repeat(2_000) + "}");
        event(file, "r9", "version", "two");
        event(file, "r10", "version", 0);
        event(file, "r11", "version", 1.5);
        event(file, "r12", "timestamp", "yesterday");
        event(file, "r13", "timestamp", Double.POSITIVE_INFINITY);
        event(file, "r14", "source", 7);
        event(file, "r15", "type", "axon:metadata");
        event(file, "r16", "aggregate_id", "fine-task");
        event(file, "fine", "payload", "{\"other\":1}", "aggregate_id", "elsewhere");
        event(file, "r18", "aggregate_type", null, "causation_id", 1);
        event(file, "r19", "payload", "\u001b[31m\u202E");
        sql(file, "INSERT INTO events (version) VALUES (1)");
        sql(file, "UPDATE events SET aggregate_id = CAST(x'61ff' AS TEXT) WHERE id = 'r19'");
        sql(file, "INSERT INTO snapshots VALUES ('s', 'agent', 'v', 'no JSON', 1)");

        ImportRefused refusal = catchThrowableOfType(ImportRefused.class, () -> run(file));

        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .containsExactly(
                        "row 2, column payload: is no JSON: Unexpected end-of-input within/between Object entries",
                        "row 3, column payload: is no JSON: there is more behind the first value",
                        "row 4, column payload: is empty, which is no JSON",
                        "row 5, column payload: has no value",
                        "row 6, column payload: is a blob, not text",
                        "row 7, column metadata: is no JSON object: \"[1]\"",
                        "row 8, column metadata: is no JSON object: Number value length (2000) exceeds the maximum"
                                + " allowed (1000)",
                        "row 9, column version: is the text \"two\", not a whole number",
                        "row 10, column version: is 0, less than 1",
                        "row 11, column version: is 1.5, not a whole number",
                        "row 12, column timestamp: is the text \"yesterday\", not a number of milliseconds",
                        "row 13, column timestamp: is Infinity, not a number of milliseconds",
                        "row 14, column source: is 7, not text",
                        "row 15, column type: is \"axon:metadata\", a name that the ledger keeps for what it stores itself",
                        "row 16, column version: is 1, which the event \"fine\" has in the aggregate \"fine-task\"",
                        "row 17, column id: is \"fine\", an event that the ledger has with another aggregate_id, payload",
                        "row 18, column aggregate_type: has no value",
                        "row 18, column causation_id: is 1, not text",
                        "row 19, column aggregate_id: is not well-formed UTF-8 text",
                        "row 19, column payload: is no JSON: Illegal character ((CTRL-CHAR, code 27)): only regular white"
                                + " space (\\r, \\n, \\t) is allowed between tokens",
                        "row 20, column id: has no value",
                        "row 20, column type: has no value",
                        "row 20, column aggregate_id: has no value",
                        "row 20, column aggregate_type: has no value",
                        "row 20, column timestamp: has no value",
                        "row 20, column source: has no value",
                        "row 20, column payload: has no value",
                        "row 1, column snapshots.version: is the text \"v\", not a whole number",
                        "row 1, column snapshots.state: is no JSON: Unrecognized token 'no': was expecting (JSON String,"
                                + " Number, Array, Object or token 'null', 'true' or 'false')");
        assertThat(refusal).hasMessageContaining(file.toString()).hasMessageContaining("29 defects");
        assertNothingImported();
    }

    @Test
    void theFirstHundredAreNamedTheRestIsCounted() throws Exception {
        Path file = ClaudeFlowDatabase.large(foreign.resolve("events.db"), 1_000);
        sql(file, "UPDATE events SET payload = 'x' WHERE rowid > 500");

        ImportRefused refusal = catchThrowableOfType(ImportRefused.class, () -> run(file));

        assertThat(refusal.count()).isEqualTo(500);
        assertThat(refusal.badRows()).hasSize(100);
        assertThat(refusal.badRows().get(99).row()).isEqualTo(600);
        assertThat(refusal).hasMessageEndingWith("and 400 more");
        assertNothingImported();
    }

    @Test
    void aVersionOrAnIdThatTheLedgerHasGivenAwayIsRefused() throws Exception {
        ledger.writer()
                .append(List.of(
                        new EventRow(
                                "own",
                                "t",
                                0,
                                "task",
                                1L,
                                "task:queued",
                                "1",
                                "{}",
                                null,
                                "swarm",
                                null,
                                null,
                                "swarm",
                                "ada"),
                        new EventRow(
                                "same",
                                "t",
                                1,
                                "task",
                                5.5,
                                "task:queued",
                                "1",
                                "{}",
                                null,
                                "swarm",
                                null,
                                null,
                                "swarm",
                                "ada")));
        Path file = ClaudeFlowDatabase.empty(foreign.resolve("events.db"));
        event(file, "same", "aggregate_id", "t", "version", 2, "timestamp", 5.5, "payload", "{}", "metadata", null);
        assertThat(run(file)).isEqualTo(new Imported(0, 1, 0));
        event(file, "theirs", "aggregate_id", "t", "version", 1);
        event(file, "own", "aggregate_id", "u", "version", 3, "timestamp", 1, "payload", "{}", "metadata", "{}");

        ImportRefused refusal = catchThrowableOfType(ImportRefused.class, () -> run(file));

        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .containsExactly(
                        "row 2, column version: is 1, which the event \"own\" has in the aggregate \"t\"",
                        "row 3, column id: is \"own\", an event that the ledger has with another aggregate_id, version,"
                                + " metadata");
        assertThat(rows(log, "SELECT eventIdentifier FROM DomainEventEntry"))
                .containsExactly("String own | ", "String same | ");
    }

    @Test
    void aPrefixStandsBeforeEveryIdAndAllElseStaysToTheCharacter() throws Exception {
        Path file = ClaudeFlowDatabase.empty(foreign.resolve("events.db"));
        String big = "y".repeat(100_000);
        event(
                file,
                "e1",
                "type",
                "task:created",
                "aggregate_id",
                "t1",
                "source",
                "agent-1",
                "payload",
                "{ \"taskId\" : \"t1\",\"n\":1.50,\"big\":\"" + big
                        + "\",\"dependencies\":[\"t\\u0032\", 3, [\"t4\"],\"\"],\"x\":{\"agentId\":\"deep\"},\"agentId\":null}",
                "metadata",
                "{\"swarmId\":\"alpha\"}",
                "causation_id",
                "e0",
                "correlation_id",
                "run");
        event(file, "e2", "type", "task:blocked", "payload", "{\"taskId\":\"t1\",\"blockedBy\":[\"t2\"]}");
        event(
                file,
                "e3",
                "type",
                "memory:stored",
                "payload",
                "{\"memoryId\":\"m\",\"key\":\"taskId\"}",
                "metadata",
                null);
        event(file, "e4", "type", "custom:thing", "payload", "{\"taskId\":\"t1\"}");
        event(file, "e5", "type", "agent:task-assigned", "payload", "{\"agentId\":\"a\",\"taskId\":\"t1\"}");
        sql(file, "INSERT INTO snapshots VALUES ('t1', 'task', 1, '{\"id\":\"t1\"}', 1)");

        run(file);
        assertThat(run(file, "2:")).isEqualTo(new Imported(5, 0, 1));
        assertThat(run(file, "2:")).isEqualTo(new Imported(0, 5, 0));

        assertThat(rows(
                        log,
                        "SELECT eventIdentifier, aggregateIdentifier, source, replace(payload, '" + big
                                + "', 'BIG'), metaData, swarmId, causationId, correlationId FROM DomainEventEntry"
                                + " WHERE globalIndex > 5"))
                .containsExactly(
                        "String 2:e1 | String 2:t1 | String 2:agent-1 | String { \"taskId\" : \"2:t1\",\"n\":1.50,"
                                + "\"big\":\"BIG\",\"dependencies\":[\"2:t\\u0032\", 3, [\"t4\"],\"2:\"],"
                                + "\"x\":{\"agentId\":\"deep\"},\"agentId\":null}"
                                + " | String {\"swarmId\":\"2:alpha\"} | String 2:alpha | String 2:e0 | String 2:run | ",
                        "String 2:e2 | String 2:e2-task | String swarm | String {\"taskId\":\"2:t1\",\"blockedBy\":[\"2:t2\"]}"
                                + " | String {} | String swarm |  null |  null | ",
                        "String 2:e3 | String 2:e3-task | String swarm | String {\"memoryId\":\"2:m\",\"key\":\"taskId\"}"
                                + " |  null | String swarm |  null |  null | ",
                        "String 2:e4 | String 2:e4-task | String swarm | String {\"taskId\":\"t1\"}"
                                + " | String {} | String swarm |  null |  null | ",
                        "String 2:e5 | String 2:e5-task | String swarm | String {\"agentId\":\"2:a\",\"taskId\":\"2:t1\"}"
                                + " | String {} | String swarm |  null |  null | ");
        assertThat(rows(log, "SELECT aggregateId, state FROM ImportedSnapshot"))
                .containsExactly("String 2:t1 | String {\"id\":\"t1\"} | ", "String t1 | String {\"id\":\"t1\"} | ");
    }

    /** Names that end in Id, or that hold ids, are looked for in the records, so that a new one cannot be forgotten. */
    @Test
    void aPrefixKnowsEveryFieldOfTheKnownTypesThatHoldsAnId() {
        List<String> fields = EventTypes.all().values().stream()
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .map(component -> component.getName())
                .filter(name -> name.endsWith("Id") || name.endsWith("By") || name.equals("dependencies"))
                .filter(name -> !name.equals("milestoneId") && !name.equals("callId"))
                .distinct()
                .toList();
        assertThat(fields).hasSize(8);

        for (String field : fields) {
            assertThat(Prefix.of(Optional.of("p")).payload("task:created", "{\"" + field + "\":[\"x\"]}")
                            + Prefix.of(Optional.of("p")).payload("task:created", "{\"" + field + "\":\"x\"}"))
                    .as(field)
                    .contains("\"px\"");
        }
    }

    @Test
    void aMessageIsToThePrefixedAgentAndToAnyPerson() {
        Prefix prefix = Prefix.of(Optional.of("p"));

        assertThat(prefix.payload("agent:message-sent", "{\"to\":\"a\"}")).isEqualTo("{\"to\":\"pa\"}");
        assertThat(prefix.payload("agent:message-sent", "{\"to\":\"user\"}")).isEqualTo("{\"to\":\"user\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "\u00fc", "\"", "\n"})
    void aPrefixThatIsNoIdIsRefused(String prefix) throws Exception {
        Path file = ClaudeFlowDatabase.original("edge", foreign);

        assertThatThrownBy(() -> run(file, prefix))
                .isInstanceOf(MalformedCommand.class)
                .hasMessageStartingWith("prefix ");
        assertNothingImported();
    }

    @Test
    void aNewerSnapshotReplacesAnOlderOneAndNeverTheOtherWay() throws Exception {
        Path file = ClaudeFlowDatabase.empty(foreign.resolve("events.db"));
        sql(file, "INSERT INTO snapshots VALUES ('a', 'agent', 5, '{\"v\":5}', 1.5)");
        assertThat(run(file)).isEqualTo(new Imported(0, 0, 1));
        sql(file, "UPDATE snapshots SET version = 6, state = '6'");
        assertThat(run(file)).isEqualTo(new Imported(0, 0, 1));
        sql(file, "UPDATE snapshots SET version = 4, state = '4'");
        assertThat(run(file)).isEqualTo(new Imported(0, 0, 0));
        assertThat(rows(log, "SELECT version, state, timestamp FROM ImportedSnapshot"))
                .containsExactly("Integer 6 | String 6 | Double 1.5 | ");
        sql(file, "UPDATE snapshots SET version = 6, state = 'null'");
        assertThat(run(file)).isEqualTo(new Imported(0, 0, 1));
    }

    @Test
    void aDatabaseWithoutSnapshotsIsFine() throws Exception {
        Path file = ClaudeFlowDatabase.original("edge", foreign);
        sql(file, "DROP TABLE snapshots");

        assertThat(run(file)).isEqualTo(new Imported(25, 0, 0));
    }

    @Test
    void progressGoesUpToTheNumberOfEvents() throws Exception {
        List<Long> done = new ArrayList<>();
        Path file = ClaudeFlowDatabase.large(foreign.resolve("events.db"), 2_345);

        new Import(ledger, AggregateTypes.ofLedger().storedTypes()).from(file, Optional.empty(), (at, total) -> {
            assertThat(total).isEqualTo(2_345);
            done.add(at);
        });

        assertThat(done).isSorted().hasSizeGreaterThan(5).last().isEqualTo(2_345L);
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(foreign.resolve("link.db"), ClaudeFlowDatabase.original("edge", foreign));

        assertRefused(foreign.resolve("none.db"), "does not exist");
        assertRefused(foreign, "is a directory");
        assertRefused(link, "is a symbolic link: name what it points to");
        assertRefused(Path.of("/dev/null"), "is no regular file");
    }

    @Test
    void whatIsNoEventDatabaseIsRefused() throws Exception {
        Path text = Files.writeString(foreign.resolve("text.db"), "SQLite format 2");
        Path empty = Files.createFile(foreign.resolve("empty.db"));
        Path cut = Files.write(foreign.resolve("cut.db"), "SQLite format 3\0 and no more".getBytes());
        Path other = foreign.resolve("other.db");
        sql(other, "CREATE TABLE event (id)");
        Path view = foreign.resolve("view.db");
        sql(view, ClaudeFlowDatabase.EVENTS.replace("events", "hidden"), "CREATE VIEW events AS SELECT * FROM hidden");
        Path virtual = foreign.resolve("virtual.db");
        sql(virtual, "CREATE VIRTUAL TABLE events USING fts5(id, type, payload)");
        Path withoutRowid = foreign.resolve("without-rowid.db");
        sql(withoutRowid, ClaudeFlowDatabase.EVENTS + " WITHOUT ROWID");

        assertRefused(text, "is neither");
        assertRefused(empty, "is empty");
        assertRefused(cut, "is no SQLite database that can be read");
        for (Path file : List.of(other, view, virtual, withoutRowid)) {
            assertRefused(file, "has no table events: it is no claude-flow V3 event database");
        }
    }

    @Test
    void missingAndComputedColumnsAreNamed() throws Exception {
        Path file = foreign.resolve("events.db");
        sql(
                file,
                "CREATE TABLE events (ID TEXT, type TEXT, aggregate_id, version, timestamp, source,"
                        + " payload AS (zeroblob(1000000000)), metadata, causation_id, rowid)",
                "CREATE TABLE snapshots (aggregate_id, aggregate_type, version, timestamp)");

        ImportRefused refusal = catchThrowableOfType(ImportRefused.class, () -> run(file));

        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .containsExactly(
                        "column payload is computed, not stored",
                        "column rowid hides the order of the rows",
                        "column aggregate_type is missing",
                        "column correlation_id is missing",
                        "column snapshots.state is missing");
    }

    @Test
    void aLedgersLogIsRefused() throws Exception {
        Path other = foreign.resolve("events.db");
        LogFile.open(other, Clock.systemUTC()).close();

        assertRefused(other, "is a ledger's own log: export that ledger, and import what it exported");
        assertRefused(log, "is this ledger's own");
        assertRefused(Files.createFile(directory.resolve("views.db")), "is this ledger's own");
        assertRefused(directory.resolve("events.db-shm"), "is this ledger's own");
        assertRefused(Files.createLink(foreign.resolve("hard-link"), log), "is this ledger's own");
    }

    @Test
    void aDamagedPageEndsTheImportWithNothingImported() throws Exception {
        Path file = ClaudeFlowDatabase.large(foreign.resolve("events.db"), 5_000);
        byte[] bytes = Files.readAllBytes(file);
        int page = bytes.length / 2 / 4_096 * 4_096;
        Arrays.fill(bytes, page, page + 3 * 4_096, (byte) 0x7f);
        Files.write(file, bytes);

        // Which pages they are, and so which statement meets them first, depends on SQLite.
        assertRefused(file, "malformed");
    }

    @Test
    void anyNameOfAFileWillDo() throws Exception {
        Path odd = foreign.resolve("what? 100%20 #1 \u00fc.db");
        Files.move(ClaudeFlowDatabase.original("edge", foreign), odd);

        assertThat(run(odd).added()).isEqualTo(25);
        assertThat(foreign).isDirectoryContaining(odd::equals).isDirectoryNotContaining(file -> !file.equals(odd));
    }

    @Test
    void aDatabaseInWalModeIsReadAndNothingIsMadeBesideIt() throws Exception {
        Path file = ClaudeFlowDatabase.original("edge", foreign);
        sql(file, "PRAGMA journal_mode = WAL");

        assertThat(unchanged(() -> run(file))).isEqualTo(new Imported(25, 0, 1));
    }

    @Test
    void whatStandsInAWalIsImportedToo() throws Exception {
        Path live = ClaudeFlowDatabase.original("edge", Files.createDirectory(directory.resolve("live")));
        try (Connection writer = ClaudeFlowDatabase.connect(live);
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute(
                    "INSERT INTO events SELECT 'in-the-wal', type, 'a new one', aggregate_type, version,"
                            + " timestamp, source, payload, metadata, causation_id, correlation_id FROM events WHERE rowid = 1");
            Files.copy(live, foreign.resolve("events.db"));
            Files.copy(live.resolveSibling("edge.db-wal"), foreign.resolve("events.db-wal"));
        }

        assertThat(unchanged(() -> run(foreign.resolve("events.db")))).isEqualTo(new Imported(26, 0, 1));
    }

    @Test
    void whatATransactionLeftHalfDoneIsNotImported() throws Exception {
        Path live = ClaudeFlowDatabase.large(directory.resolve("live.db"), 2_000);
        List<String> committed = rows(live, IN_CLAUDE_FLOW);
        try (Connection writer = ClaudeFlowDatabase.connect(live);
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA cache_size = 5");
            statement.execute("BEGIN");
            statement.execute("UPDATE events SET payload = '{\"half\":\"done\"}', source = 'nobody'");
            Files.copy(live, foreign.resolve("events.db"));
            Files.copy(live.resolveSibling("live.db-journal"), foreign.resolve("events.db-journal"));
            statement.execute("ROLLBACK");
        }
        assertThat(new String(Files.readAllBytes(foreign.resolve("events.db")), "ISO-8859-1"))
                .contains("nobody");

        unchanged(() -> run(foreign.resolve("events.db")));

        assertThat(rows(log, IN_LEDGER)).isEqualTo(committed);
    }

    @Test
    void aFileThatSomebodyWritesToMeanwhileIsRefused() throws Exception {
        Path file = ClaudeFlowDatabase.empty(foreign.resolve("events.db"));
        event(file, "before");
        AtomicBoolean written = new AtomicBoolean();
        Import importing = new Import(ledger, AggregateTypes.ofLedger().storedTypes());

        assertThatThrownBy(() -> importing.from(file, Optional.empty(), (done, total) -> {
                    if (written.compareAndSet(false, true)) {
                        write(file);
                    }
                }))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("was written to while it was read");
        assertNothingImported();
    }

    @Test
    void aListenerThatFailsUndoesTheImport() throws Exception {
        Path file = ClaudeFlowDatabase.original("edge", foreign);
        Import importing = new Import(ledger, AggregateTypes.ofLedger().storedTypes());

        assertThatThrownBy(() -> importing.from(file, Optional.empty(), (done, total) -> {
                    throw new IllegalStateException("the terminal is gone");
                }))
                .hasMessage("the terminal is gone");
        assertNothingImported();
        assertThat(run(file).added()).isEqualTo(25);
    }

    @Test
    void aHundredThousandEventsPassThroughASmallHeap() throws Exception {
        Path file = ClaudeFlowDatabase.large(foreign.resolve("events.db"), 100_000);
        ledger.close();

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImportInProcess.class.getName(),
                        log.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains(new Imported(100_000, 0, 0).toString());
        assertThat(rows(log, "SELECT count(*), max(globalIndex) FROM DomainEventEntry"))
                .containsExactly("Integer 100000 | Integer 100000 | ");
    }

    private static void write(Path file) {
        try {
            event(file, "meanwhile");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Imported run(Path file) {
        return new Import(ledger, AggregateTypes.ofLedger().storedTypes())
                .from(file, Optional.empty(), Progress.SILENT);
    }

    private Imported run(Path file, String prefix) {
        return new Import(ledger, AggregateTypes.ofLedger().storedTypes())
                .from(file, Optional.of(prefix), Progress.SILENT);
    }

    private void assertRefused(Path file, String reason) throws SQLException {
        assertThatThrownBy(() -> run(file))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
        assertNothingImported();
    }

    private void assertNothingImported() throws SQLException {
        assertThat(rows(log, "SELECT eventIdentifier FROM DomainEventEntry")).isEmpty();
        assertThat(rows(log, "SELECT aggregateId FROM ImportedSnapshot")).isEmpty();
    }

    private Imported unchanged(Callable<Imported> work) throws Exception {
        TreeMap<String, byte[]> before = foreignFiles();
        Imported result = work.call();
        TreeMap<String, byte[]> after = foreignFiles();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
        return result;
    }

    private TreeMap<String, byte[]> foreignFiles() throws Exception {
        TreeMap<String, byte[]> result = new TreeMap<>();
        try (Stream<Path> files = Files.list(foreign)) {
            for (Path file : files.toList()) {
                result.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return result;
    }
}
