package io.swarmledger.app.recorder.claudeflow;

import static io.swarmledger.app.imports.ClaudeFlowDatabase.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.swarmledger.app.imports.Formats;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.ImportRefused;
import io.swarmledger.app.imports.ImportWish;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.imports.IntoALog;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.recorder.Content;
import io.swarmledger.commands.AggregateTypes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What claude-flow leaves on disk, copied from a run of it, and what others may leave. */
class ClaudeFlowStateTest extends IntoALog {

    private static final String SWARM = "swarm-1795968676653-d3uybj";
    private static final String CODER = "agent-1795968677115-4xhr6f";
    private static final String TESTER = "agent-1795968677883-d27sc4";
    private static final String TASK = "task-1795968678304-vk07qk";
    private static final String GRAMMAR = "entry_1795968680670_a5e2ff7499fa1f83";
    private static final String PATTERN = "entry_1795968682351_f5c315e6e1e008f4";

    /** Behind everything that the copies tell. */
    private static final Instant WRITTEN = Instant.parse("2026-11-29T17:00:00Z");

    private Path project;
    private Path agents;
    private Path tasks;
    private Path memory;

    @BeforeEach
    void aProject() throws IOException {
        project = directory.resolve("project");
        agents = copy("agents-store.json", ".claude-flow/agents/store.json");
        tasks = copy("tasks-store.json", ".claude-flow/tasks/store.json");
        copy("swarm-state.json", ".claude-flow/swarm/swarm-state.json");
        copy("policy-state.json", ".claude-flow/policy/state.json");
        copy("dot-swarm-state.json", ".swarm/state.json");
        memory = copy("memory.db", ".swarm/memory.db");
    }

    private Path copy(String name, String as) throws IOException {
        Path copy = project.resolve(as);
        Files.createDirectories(copy.getParent());
        try (InputStream in = ClaudeFlowStateTest.class.getResourceAsStream("/claude-flow-state/" + name)) {
            Files.copy(in, copy);
        }
        return at(copy, WRITTEN);
    }

    private static Path at(Path file, Instant written) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(written));
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return at(Files.writeString(file, text), WRITTEN);
    }

    private void change(Path file, Instant written, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        at(Files.writeString(file, text.replace(before, after)), written);
    }

    private Imported take(Content content) {
        Clock clock = Clock.fixed(WRITTEN, ZoneOffset.UTC);
        return new Import(ledger, AggregateTypes.ofLedger().storedTypes(), Formats.ofLedger(), clock)
                .from(project, ImportWish.USUAL.with(content), Progress.SILENT);
    }

    private Imported takeAll() {
        return take(Content.TITLES);
    }

    private List<String> types(String aggregateId) throws Exception {
        return texts("SELECT payloadType FROM DomainEventEntry WHERE aggregateIdentifier = '" + aggregateId
                + "' ORDER BY globalIndex");
    }

    private List<String> payloads(String type, String aggregateId) throws Exception {
        return texts("SELECT payload FROM DomainEventEntry WHERE payloadType = '" + type
                + "' AND aggregateIdentifier = '" + aggregateId + "' ORDER BY globalIndex");
    }

    private List<String> inferred() throws Exception {
        return texts(
                "SELECT DISTINCT payloadType FROM DomainEventEntry WHERE metaData ->> 'inferred' ORDER BY payloadType");
    }

    @Test
    void aProjectBecomesEventsInTheOrderOfTheirTimes() throws Exception {
        Imported imported = takeAll();

        assertThat(imported.unread()).isEmpty();
        assertThat(types(SWARM)).containsExactly("swarm:initialized");
        assertThat(payloads("swarm:initialized", SWARM).get(0))
                .startsWith("{\"topology\":\"hierarchical\",\"maxAgents\":8,\"config\":{\"topology\":\"hierarchical\",")
                .endsWith("\"initializedAt\":1795968676653}");
        assertThat(types(CODER)).containsExactly("agent:spawned", "agent:task-assigned", "agent:task-completed");
        assertThat(payloads("agent:spawned", CODER))
                .containsExactly("{\"agentId\":\"" + CODER + "\",\"role\":\"coder\",\"domain\":null,"
                        + "\"capabilities\":[],\"model\":\"sonnet\"}");
        assertThat(types(TESTER)).containsExactly("agent:spawned");
        assertThat(types(TASK)).containsExactly("task:created", "task:started", "task:completed");
        assertThat(payloads("task:created", TASK))
                .containsExactly("{\"taskId\":\"" + TASK + "\",\"taskType\":\"implementation\","
                        + "\"title\":\"Write the parser\",\"description\":\"Write the parser\",\"priority\":\"high\","
                        + "\"dependencies\":[],\"createdAt\":1795968678304}");
        assertThat(payloads("task:completed", TASK).get(0))
                .contains("\"completedAt\":1795968722558", "\"duration\":2052", "\"resultSize\":13")
                .doesNotContain("lines");
        assertThat(types(GRAMMAR)).containsExactly("memory:stored", "memory:retrieved");
        assertThat(payloads("memory:retrieved", GRAMMAR).get(0))
                .contains("\"accessCount\":1", "\"retrievedAt\":1795968684849");
        assertThat(types(PATTERN)).containsExactly("memory:stored", "memory:deleted");
        assertThat(types("legacy-cli")).hasSize(9).startsWith("agent:spawned", "agent:tool-called");
        assertThat(payloads("agent:tool-called", "legacy-cli").get(0))
                .isEqualTo("{\"agentId\":\"legacy-cli\",\"callId\":\"e39e81c3-dcc6-424e-8b33-60299d3f4a1c\","
                        + "\"tool\":\"swarm_init\","
                        + "\"inputDigest\":\"bfe7e8872250f5d55bf200f89e288fb73cdefe051d7b0932d94dc36945c3470f\","
                        + "\"calledAt\":1795968676642}");
        assertThat(texts("SELECT DISTINCT swarmId FROM DomainEventEntry")).containsExactly(SWARM);
        assertThat(texts("SELECT CAST(count(*) AS TEXT) FROM DomainEventEntry one JOIN DomainEventEntry next"
                        + " ON next.globalIndex = one.globalIndex + 1 WHERE next.timeStamp < one.timeStamp"))
                .containsExactly("0");
        assertThat(inferred())
                .containsExactly(
                        "agent:spawned",
                        "agent:task-completed",
                        "agent:tool-called",
                        "memory:deleted",
                        "memory:retrieved");
        assertThat(imported.added()).isEqualTo(21);
    }

    @Test
    void anotherImportOfTheSameAddsNothingWhereverItIsReadFrom() {
        takeAll();

        assertThat(takeAll().added()).isZero();
        assertThat(take(Content.FULL).added()).isZero();
        assertThat(take(project.resolve(".claude-flow")).added()).isZero();
        assertThat(take(project.resolve(".swarm")).added()).isZero();
        assertThat(take(agents).added()).isZero();
        assertThat(take(memory).added()).isZero();
    }

    @Test
    void anotherImportAddsWhatHasChangedSince() throws Exception {
        takeAll();
        Instant later = WRITTEN.plusSeconds(60);
        change(agents, later, "\"currentTask\": null", "\"currentTask\": \"" + TASK + "\"");
        change(
                agents,
                later,
                "\"status\": \"idle\",\n      \"health\": 1,\n      \"taskCount\": 0",
                "\"status\": \"terminated\",\n      \"health\": 1,\n      \"taskCount\": 0");
        change(tasks, later, "\"version\"", "\"also\": {}, \"version\"");
        change(
                tasks,
                later,
                "{\n  \"tasks\": {",
                "{ \"tasks\": { \"t-2\": {\"taskId\": \"t-2\", \"type\": \"x\", \"description\": \"Try\", \"priority\":"
                        + " \"normal\", \"status\": \"cancelled\", \"assignedTo\": [],"
                        + " \"createdAt\": \"2026-11-29T16:20:00Z\", \"completedAt\": \"2026-11-29T16:30:00Z\"},");
        sql(
                memory,
                "UPDATE memory_entries SET access_count = 7, last_accessed_at = 1795971700000, content = 'LL(2)',"
                        + " updated_at = 1795971600000 WHERE id = '" + GRAMMAR + "'");
        at(memory, later);

        Imported imported = takeAll();

        assertThat(types(CODER)).hasSize(5).endsWith("agent:task-assigned", "agent:status-changed");
        assertThat(payloads("agent:task-assigned", CODER).get(1)).contains("\"assignedAt\":" + later.toEpochMilli());
        assertThat(types(TESTER)).containsExactly("agent:spawned", "agent:stopped");
        assertThat(types("t-2")).containsExactly("task:created", "task:cancelled");
        assertThat(payloads("task:created", "t-2").get(0)).contains("\"priority\":\"medium\"");
        assertThat(payloads("task:cancelled", "t-2").get(0)).contains("\"cancelledAt\":1795969800000");
        assertThat(types(GRAMMAR))
                .containsExactly("memory:stored", "memory:retrieved", "memory:stored", "memory:retrieved");
        assertThat(payloads("memory:stored", GRAMMAR).get(1)).contains("\"size\":5", "\"storedAt\":1795971600000");
        assertThat(payloads("memory:retrieved", GRAMMAR).get(1)).contains("\"accessCount\":7");
        assertThat(imported.added()).isEqualTo(7);
        assertThat(takeAll().added()).isZero();
    }

    @Test
    void aStatusThatComesBackIsToldEachTime() throws Exception {
        takeAll();
        String idle = "\"status\": \"idle\",\n      \"health\": 1,\n      \"taskCount\": 0";
        String busy = idle.replace("idle", "busy");
        for (int i = 1; i <= 4; i++) {
            change(agents, WRITTEN.plusSeconds(i), i % 2 == 1 ? idle : busy, i % 2 == 1 ? busy : idle);
            assertThat(takeAll().added()).as("change " + i).isEqualTo(1);
            assertThat(takeAll().added()).as("after change " + i).isZero();
        }
        assertThat(payloads("agent:status-changed", TESTER))
                .hasSize(4)
                .first()
                .isEqualTo("{\"agentId\":\"" + TESTER + "\",\"previousStatus\":\"idle\",\"newStatus\":\"active\"}");
    }

    @Test
    void anAgentThatAnotherDoorHasSpawnedDoesNotBeginAnew() throws Exception {
        takeAll();
        Path log = write(
                project.resolve("line.ndjson"),
                "{\"id\":\"e-1\",\"type\":\"agent:spawned\",\"aggregateId\":\"a-9\",\"aggregateType\":\"agent\",\"version\":1,"
                        + "\"timestamp\":1795968677116,\"source\":\"swarm\",\"payload\":{\"agentId\":\"a-9\",\"role\":\"x\"}}");
        take(log);
        write(agents, "{\"agents\":{\"a-9\":{\"agentId\":\"a-9\",\"agentType\":\"y\",\"status\":\"idle\"}}}");

        assertThat(take(agents).added()).isZero();
        assertThat(types("a-9")).containsExactly("agent:spawned");
    }

    @Test
    void aStoreThatIsCutOffTellsWhatCameBefore() throws Exception {
        String whole = Files.readString(agents);
        write(agents, whole.substring(0, whole.indexOf("\"taskCount\": 0")));
        String receipts = Files.readString(project.resolve(".claude-flow/policy/state.json"));
        write(project.resolve(".claude-flow/policy/state.json"), receipts.substring(0, receipts.length() / 2));
        write(tasks, "");

        Imported imported = takeAll();

        assertThat(imported.unreadCount()).isEqualTo(3);
        assertThat(imported.unread())
                .anySatisfy(defect -> {
                    assertThat(defect.file()).isEqualTo(agents.toString());
                    assertThat(defect.line()).isBetween(20L, 30L);
                    assertThat(defect.reason()).startsWith("is cut off");
                })
                .anySatisfy(defect -> assertThat(defect.file()).isEqualTo(tasks.toString()));
        assertThat(types(CODER)).startsWith("agent:spawned");
        assertThat(types(TESTER)).isEmpty();
        assertThat(types("legacy-cli")).hasSizeBetween(3, 6);
        assertThat(types(GRAMMAR)).hasSize(2);
    }

    @Test
    void whatIsNotAsItShouldBeIsToldAndTheRestIsRead() throws Exception {
        write(
                agents,
                "{\"agents\":[7, {\"agentType\":\"nobody\"}, {\"agentId\":\"a-1\",\"agentType\":5,"
                        + "\"createdAt\":1795968677,\"status\":\"dancing\"}],\"version\":3}");
        write(
                tasks,
                "{\"tasks\":{\"t-1\":{\"status\":\"in_progress\",\"assignedTo\":\"a-1\",\"createdAt\":\"yesterday\"},"
                        + "\"t-2\":null,\"t-3\":{\"status\":\"completed\",\"createdAt\":\"2026-11-29T16:20:00+01:00\"}}}");
        write(project.resolve(".claude-flow/swarm/swarm-state.json"), "[]");

        Imported imported = takeAll();

        assertThat(imported.unread())
                .extracting(defect -> Path.of(defect.file()).getFileName() + " " + defect.reason())
                .anySatisfy(text -> assertThat(text).startsWith("store.json has something under agents"))
                .anySatisfy(text -> assertThat(text).startsWith("store.json has an agent without an id"))
                .anySatisfy(text -> assertThat(text).startsWith("store.json has something under tasks"))
                .anySatisfy(text -> assertThat(text).startsWith("swarm-state.json is no JSON object"))
                .hasSize(4);
        assertThat(imported.unknown()).containsOnlyKeys("agent status dancing");
        assertThat(types("a-1")).containsExactly("agent:spawned");
        assertThat(texts("SELECT CAST(timeStamp AS TEXT) FROM DomainEventEntry WHERE aggregateIdentifier = 'a-1'"))
                .as("seconds are told apart")
                .containsExactly("1795968677000");
        assertThat(types("t-1")).containsExactly("task:created", "task:started");
        assertThat(payloads("task:started", "t-1").get(0)).contains("\"startedAt\":" + WRITTEN.toEpochMilli());
        assertThat(types("t-3")).containsExactly("task:created", "task:completed");
    }

    @Test
    void whatFailedAndWhatIsBlockedIsToldWithItsReasonAsFarAsThatIsKept() throws Exception {
        String error = "no " + "x".repeat(5_000);
        write(
                tasks,
                "{\"tasks\":{\"t-1\":{\"status\":\"failed\",\"assignedTo\":[\"a\"],\"startedAt\":1795968677000,"
                        + "\"completedAt\":1795968679000,\"result\":{\"error\":\"" + error + "\"}},"
                        + "\"t-2\":{\"status\":\"blocked\",\"blockedBy\":[\"t-1\"],\"createdAt\":1795968677000}}}");

        take(Content.TITLES);

        assertThat(types("t-1")).containsExactly("task:created", "task:started", "task:failed");
        assertThat(payloads("task:failed", "t-1").get(0))
                .contains("\"error\":\"no xxx", "\"failedAt\":1795968679000")
                .hasSizeLessThan(2_200);
        assertThat(payloads("task:blocked", "t-2").get(0)).contains("\"blockedBy\":[\"t-1\"]");
    }

    @Test
    void contentIsKeptAsFarAsItIsWishedAndNeverASecret() throws Exception {
        String secret = "sk-ant-api03-" + "Ab1".repeat(31) + "AA";
        change(tasks, WRITTEN, "Write the parser", "Write the parser with " + secret);
        take(Content.FULL);
        assertThat(payloads("task:created", TASK).get(0))
                .contains("Write the parser with ")
                .doesNotContain(secret);
        assertThat(payloads("task:completed", TASK).get(0)).contains("\"result\":{\"lines\":120}");
        assertThat(texts("SELECT DISTINCT metaData ->> 'content' FROM DomainEventEntry"))
                .containsExactly("full");
        assertThat(texts("SELECT payload FROM DomainEventEntry WHERE payload LIKE '%LL(1)%'"))
                .isEmpty();
    }

    @Test
    void withoutContentNotEvenTitlesAreKept() throws Exception {
        take(Content.NONE);

        assertThat(payloads("task:created", TASK).get(0))
                .contains("\"title\":null")
                .doesNotContain("parser");
    }

    @Test
    void linksAreNotFollowedAndFoldersThatCannotBeReadAreTold() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path target = Files.move(tasks, elsewhere.resolve("store.json"));
        Files.createSymbolicLink(tasks, target);
        Files.createSymbolicLink(project.resolve(".swarm/loop"), project.resolve(".swarm"));

        Imported imported = takeAll();

        assertThat(imported.unread())
                .extracting(defect -> defect.file() + " " + defect.reason())
                .containsExactlyInAnyOrder(
                        tasks + " is a symbolic link, which is not followed",
                        project.resolve(".swarm/loop") + " is a symbolic link, which is not followed");
        assertThat(types(TASK)).isEmpty();
        assertThat(types(CODER)).isNotEmpty();
    }

    @Test
    void aFolderThatThisUserMayNotReadIsTold() throws Exception {
        Path policy = project.resolve(".claude-flow/policy");
        assertThat(policy.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(policy)).as("this user reads everything").isFalse();
        try {
            Imported imported = takeAll();
            assertThat(imported.unread()).singleElement().satisfies(defect -> assertThat(defect.file())
                    .isEqualTo(policy.toString()));
            assertThat(types(CODER)).isNotEmpty();
        } finally {
            assertThat(policy.toFile().setReadable(true)).isTrue();
        }
    }

    @Test
    void aMemoryThatHasExpiredIsToldOnceItHas() throws Exception {
        sql(
                memory,
                "UPDATE memory_entries SET expires_at = "
                        + WRITTEN.plusSeconds(1).toEpochMilli());
        takeAll();
        assertThat(types(GRAMMAR)).doesNotContain("memory:expired");

        sql(memory, "UPDATE memory_entries SET expires_at = " + (WRITTEN.toEpochMilli() - 1));
        takeAll();
        assertThat(payloads("memory:expired", GRAMMAR).get(0))
                .contains("\"expiredAt\":" + (WRITTEN.toEpochMilli() - 1), "\"expiresAt\":");
        assertThat(types(PATTERN)).as("it was deleted before").doesNotContain("memory:expired");
    }

    @Test
    void aMemoryDatabaseOfAnotherVersionIsReadAsFarAsItGoes() throws Exception {
        Path old = directory.resolve("old.db");
        sql(
                old,
                "CREATE TABLE memory_entries (id TEXT, key TEXT, content TEXT, created_at TEXT)",
                "INSERT INTO memory_entries VALUES ('m-1', 'k', 'caf\u00e9', '2026-11-29T16:00:00Z')",
                "INSERT INTO memory_entries VALUES (NULL, 'k', 'x', 5)",
                "INSERT INTO memory_entries VALUES ('m-2', NULL, x'00ff', NULL)");

        Imported imported = take(old);

        assertThat(imported.unread()).singleElement().satisfies(defect -> {
            assertThat(defect.line()).isEqualTo(2);
            assertThat(defect.reason()).isEqualTo("has no id");
        });
        assertThat(payloads("memory:stored", "m-1").get(0))
                .contains("\"namespace\":\"default\"", "\"size\":5", "\"storedAt\":1795968000000");
        assertThat(payloads("memory:stored", "m-2").get(0)).contains("\"key\":null", "\"size\":2");
    }

    @Test
    void aDatabaseThatIsNeitherIsNamedForWhatItIs() throws Exception {
        Path agent = directory.resolve("agentdb.db");
        sql(
                agent,
                "CREATE TABLE episodes (id INTEGER)",
                "CREATE TABLE events (id INTEGER PRIMARY KEY, session_id TEXT, content TEXT)");

        assertThatThrownBy(() -> take(agent))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("is claude-flow's agent database, not its event store");
    }

    @Test
    void anRvfLogIsReadAsItIsAndItsSnapshotsAreNoEvents() throws Exception {
        Path rvf = copy("events.rvf", ".claude-flow/events.rvf");
        Path snapshots = copy("events.snap.rvf", ".claude-flow/events.snap.rvf");

        assertThat(take(rvf).added()).isEqualTo(7);
        assertThat(texts("SELECT eventIdentifier FROM DomainEventEntry WHERE aggregateIdentifier = 'task-1'"))
                .containsExactly("evt-1795968764937-4", "evt-1795968764938-5", "evt-1795968764938-6");
        assertThat(payloads("task:completed", "task-1"))
                .singleElement()
                .asString()
                .as("as much of it as is recorded unless said otherwise")
                .startsWith("{\"taskId\":\"task-1\",\"completedAt\":1795968764938,\"duration\":5000,\"resultSize\":13,")
                .doesNotContain("lines");
        assertThat(takeAll().added()).isEqualTo(21);
        assertThatThrownBy(() -> take(snapshots)).hasMessageContaining("holds the snapshots");
    }

    @Test
    void anRvfLogThatIsCutOffOrLiesTellsHowFarItGoes() throws Exception {
        byte[] whole = Files.readAllBytes(copy("events.rvf", "logs/whole.rvf"));
        Path cut = Files.write(project.resolve("logs/cut.rvf"), Arrays.copyOf(whole, whole.length - 10));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("RVFL");
        for (String record : List.of(
                "{\"id\":\"x\"}",
                "no",
                "{\"id\":\"n-1\",\"type\":\"task:noted\",\"aggregateId\":\"t-7\","
                        + "\"timestamp\":5.25,\"correlationId\":\"c\",\"payload\":{\"n\":1.50,\"big\":12345678901234567890.10}}")) {
            out.writeInt(record.length());
            out.writeBytes(record);
        }
        out.writeInt(-1);
        Path lying = Files.write(project.resolve("logs/lying.rvf"), bytes.toByteArray());

        Imported ofCut = take(cut);
        assertThat(ofCut.added()).isEqualTo(6);
        assertThat(ofCut.unread().get(0).reason()).startsWith("ends within its record 7, at byte ");
        Imported ofLying = take(lying);
        assertThat(ofLying.added()).isEqualTo(1);
        assertThat(ofLying.unread())
                .extracting(defect -> defect.line() + " " + defect.reason())
                .anySatisfy(text -> assertThat(text).isEqualTo("1 has no type"))
                .anySatisfy(text -> assertThat(text).startsWith("2 is no JSON"))
                .anySatisfy(text -> assertThat(text).startsWith("null ends within its record 4"));
        assertThat(texts("SELECT payload || correlationId || type FROM DomainEventEntry WHERE eventIdentifier = 'n-1'"))
                .as("digits stay as they are")
                .containsExactly("{\"n\":1.50,\"big\":12345678901234567890.10}ctask");
    }

    @Test
    void aCallThatWasNotAllowedHasFailed() throws Exception {
        Path policy = project.resolve(".claude-flow/policy/state.json");
        change(policy, WRITTEN, "\"enforcedOutcome\": \"allowed\"", "\"enforcedOutcome\": \"denied\"");

        takeAll();

        assertThat(payloads("agent:tool-called", "legacy-cli").get(0))
                .contains("\"error\":\"denied: legacy-default-allow\"");
    }

    @Test
    void logsBesideTheStateAreReadToo() throws Exception {
        write(
                project.resolve(".claude-flow/guidance/events.ndjson"),
                "{\"eventId\":\"g-1\",\"taskId\":\"" + TASK + "\",\"guidanceHash\":\"h\",\"toolsUsed\":[\"Read\"],"
                        + "\"filesTouched\":[\"secret.txt\"],\"outcomeAccepted\":true,\"timestamp\":1795968722600,"
                        + "\"durationMs\":5}\n{\"eventId\":\"g-2\",\"taskI");
        String line =
                "{\"v\":1,\"t\":1795968722700,\"kind\":\"swarm\",\"level\":\"bad\",\"text\":\"lead failed\",\"ref\":\"agent:"
                        + CODER + "\"}";
        write(
                project.resolve(".claude-flow/console/events.jsonl"),
                line + "\n" + line
                        + "\n{\"v\":1,\"t\":1795968722800,\"kind\":\"notices\",\"level\":\"ok\",\"text\":\"hi\"}\n");
        write(
                project.resolve(".swarm/sessions/s-1/transcript.ndjson"),
                "{\"agent\":\"lead\",\"role\":\"coordinator\",\"kind\":\"message\",\"data\":\"Begin\",\"ts\":1795968722900}\n"
                        + "{\"agent\":\"lead\",\"role\":\"coordinator\",\"kind\":\"tool_call\",\"data\":{\"tool\":\"Bash\",\"input\":"
                        + "{\"command\":\"ls\"},\"error\":\"no\"},\"ts\":1795968723000}\n"
                        + "{\"agent\":\"lead\",\"kind\":\"thought\",\"data\":{\"x\":1},\"ts\":\"2026-11-29T16:12:04Z\"}\nnone\n");

        Imported imported = takeAll();

        assertThat(imported.added()).isEqualTo(21 + 1 + 2 + 4);
        assertThat(imported.unread())
                .extracting(defect -> Path.of(defect.file()).getFileName() + " " + defect.line())
                .containsExactlyInAnyOrder("events.ndjson 2", "transcript.ndjson 4");
        assertThat(payloads("claude-flow:guidance-run", TASK).get(0))
                .contains("\"durationMs\":5", "\"filesTouchedCount\":1")
                .doesNotContain("secret.txt");
        assertThat(payloads("claude-flow:swarm", CODER).get(0)).contains("\"text\":\"lead failed\"");
        assertThat(types(SWARM)).containsExactly("swarm:initialized", "claude-flow:notices");
        assertThat(types("lead"))
                .containsExactly("agent:spawned", "agent:message-sent", "agent:tool-called", "claude-flow:thought");
        assertThat(payloads("agent:spawned", "lead").get(0))
                .contains("\"role\":\"coordinator\"", "\"sessionId\":\"s-1\"");
        assertThat(payloads("agent:message-sent", "lead").get(0)).contains("\"to\":\"user\"", "\"size\":5");
        assertThat(payloads("agent:tool-called", "lead").get(0)).contains("\"tool\":\"Bash\"", "\"error\":\"no\"");
        assertThat(takeAll().added()).isZero();
    }

    @Test
    void aSwarmThatHasEndedIsTold() throws Exception {
        change(project.resolve(".claude-flow/swarm/swarm-state.json"), WRITTEN, "\"running\"", "\"terminated\"");

        takeAll();

        assertThat(types(SWARM)).containsExactly("swarm:initialized", "swarm:terminated");
        assertThat(payloads("swarm:terminated", SWARM).get(0)).contains("\"reason\":\"terminated\"");
    }

    @Test
    void aFolderOfSuchFilesUnderOtherNamesIsReadByWhatTheyHold() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("copies"));
        for (String name : List.of("agents-store.json", "tasks-store.json", "swarm-state.json", "memory.db")) {
            try (InputStream in = ClaudeFlowStateTest.class.getResourceAsStream("/claude-flow-state/" + name)) {
                Files.copy(in, folder.resolve("x-" + name));
            }
        }
        Files.writeString(folder.resolve("other.json"), "{\"a\":1}", StandardCharsets.UTF_8);

        assertThat(take(folder).unread()).isEmpty();
        assertThat(types(CODER)).hasSize(3);
    }
}
