package io.swarmledger.app.http.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.door.Caller;
import io.swarmledger.app.door.FactAppender;
import io.swarmledger.app.door.Payloads;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.recorder.Content;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.KnownToLog;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.app.recorder.claudecode.Transcripts;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.log.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each test has a session of its own in one ledger. */
class ClaudeCodeHooksTest {

    private static final Path RECORDED = Path.of("src/test/resources/claude-code");
    private static final String SESSION = "1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74";
    private static final String SUBAGENT = "af6f3e59c15bf0ec2-";
    private static final String DOOR = "/api/hooks/claude-code";

    private static HttpLedger ledger;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static List<String> recorded(String session) throws IOException {
        return Files.readAllLines(RECORDED.resolve("hooks.jsonl")).stream()
                .map(line -> line.replace(SESSION, session)
                        .replaceAll("(af6f3e59c15bf0ec2|a260b8bc60d60eaaa)", "$1-" + session))
                .toList();
    }

    private static void post(List<String> hooks) {
        for (String hook : hooks) {
            HttpLedger.Answer answer = ledger.post(DOOR, hook);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{}");
        }
    }

    /** What the ledger answers of a session: agents, tasks and calls, without times. */
    private static Map<String, String> standing(String session) {
        Map<String, String> standing = new TreeMap<>();
        String at = "?swarmId=" + session + "&minPosition=" + head();
        for (JsonNode agent : ledger.get("/api/agents" + at).json().path("items")) {
            standing.put(
                    id(agent.path("id"), session),
                    agent.path("role").asString() + " " + agent.path("status").asString() + " "
                            + id(agent.path("parentAgentId"), session) + " " + agent.path("taskCount") + " "
                            + agent.path("errorCount"));
        }
        for (JsonNode task : ledger.get("/api/tasks" + at).json().path("items")) {
            standing.put(
                    id(task.path("id"), session),
                    task.path("title").asString() + " " + task.path("status").asString() + " "
                            + id(task.path("assignedAgent"), session));
        }
        for (JsonNode call : ledger.get("/api/events?limit=1000&type=agent:tool-called&swarmId=" + session)
                .json()
                .path("items")) {
            JsonNode payload = call.path("payload");
            standing.put(
                    payload.path("callId").asString(),
                    id(call.path("aggregateId"), session) + " "
                            + payload.path("tool").asString() + " "
                            + payload.path("title").asString("") + " "
                            + payload.path("error").asString(""));
        }
        return standing;
    }

    private static String id(JsonNode id, String session) {
        return id.asString("").replace(session, "S");
    }

    private static long head() {
        return ledger.get("/api/stats").json().path("totalEvents").longValue();
    }

    private static JsonNode counts() {
        return ledger.get(DOOR).json();
    }

    @Test
    void hooksInOrderDoubledOrShuffledAreOneLedger() throws IOException {
        post(recorded("in-order"));
        List<String> doubled = new ArrayList<>();
        recorded("doubled").forEach(line -> doubled.addAll(List.of(line, line)));
        post(doubled);
        List<String> twice = new ArrayList<>(recorded("twice"));
        twice.addAll(recorded("twice"));
        post(twice);
        Map<String, String> inOrder = standing("in-order");

        assertThat(inOrder).hasSize(3 + 2 + 11);
        assertThat(inOrder.get("in-order:1".replace("in-order", "S"))).isEqualTo("Write the parser completed main@S");
        assertThat(standing("doubled")).isEqualTo(inOrder);
        assertThat(standing("twice")).isEqualTo(inOrder);
        for (long seed = 1; seed <= 5; seed++) {
            String session = "shuffled-" + seed;
            List<String> shuffled = new ArrayList<>(recorded(session));
            Random random = new Random(seed);
            for (int from = 0; from < shuffled.size(); from += 8) {
                Collections.shuffle(shuffled.subList(from, Math.min(from + 8, shuffled.size())), random);
            }
            post(shuffled);
            assertThat(standing(session)).as("seed " + seed).isEqualTo(inOrder);
        }
    }

    @Test
    void hooksAtOnceAreOneLedgerToo() throws Exception {
        post(recorded("one-by-one"));
        List<String> hooks = recorded("at-once");
        ExecutorService senders = Executors.newFixedThreadPool(8);
        for (int from = 0; from < hooks.size(); from += 8) {
            List<String> together = hooks.subList(from, Math.min(from + 8, hooks.size()));
            senders.invokeAll(together.stream()
                    .map(hook -> Executors.callable(() -> post(List.of(hook, hook))))
                    .toList());
        }
        senders.shutdown();
        assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(standing("at-once")).isEqualTo(standing("one-by-one"));
    }

    @Test
    void theTranscriptAddsWhatHooksLack() throws IOException {
        String session = "with-transcript";
        post(recorded(session));
        Map<String, String> hooksAlone = standing(session);
        long before = head();
        importTranscript(session);
        long after = head();
        importTranscript(session);

        assertThat(after).isGreaterThan(before);
        assertThat(head()).as("a second time adds nothing").isEqualTo(after);
        assertThat(standing(session)).isEqualTo(hooksAlone);
        long output = 0;
        for (JsonNode call : ledger.get("/api/events?limit=1000&type=agent:model-called&swarmId=" + session)
                .json()
                .path("items")) {
            output += call.path("payload").path("outputTokens").longValue();
        }
        assertThat(output).isEqualTo(1_280);

        importTranscript("transcript-alone");
        for (String field : List.of("toolCalls", "modelCalls", "inputTokens", "outputTokens")) {
            assertThat(ledger.get("/api/tasks/" + session + ":1").json().get(field))
                    .as("a call is of the task that its agent worked on then: %s", field)
                    .isEqualTo(ledger.get("/api/tasks/transcript-alone:1?minPosition=" + head())
                            .json()
                            .get(field));
        }
        Map<String, String> alone = agents("transcript-alone");
        assertThat(alone.get(SUBAGENT + "S")).contains("name=\"Write parser\"");
        assertThat(agents(session)).isEqualTo(alone);
        post(recorded("transcript-alone"));
        assertThat(standing("transcript-alone")).isEqualTo(hooksAlone);
        assertThat(agents("transcript-alone")).isEqualTo(alone);
    }

    /** What the ledger answers of a session's agents, all of it but times, and but the model, which no hook names. */
    private static Map<String, String> agents(String session) {
        Map<String, String> agents = new TreeMap<>();
        for (JsonNode agent : ledger.get("/api/agents?swarmId=" + session + "&minPosition=" + head())
                .json()
                .path("items")) {
            String told = agent.properties().stream()
                    .filter(field -> !field.getKey().matches(".*(At|Duration)|model"))
                    .map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining(" "));
            agents.put(id(agent.path("id"), session), told.replace(session, "S"));
        }
        return agents;
    }

    private void importTranscript(String session) throws IOException {
        Path copy = folder.resolve(session);
        try (var files = Files.walk(RECORDED)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = Path.of(copy.resolve(RECORDED.relativize(file))
                        .toString()
                        .replace(SESSION, session)
                        .replaceAll("(af6f3e59c15bf0ec2|a260b8bc60d60eaaa)", "$1-" + session));
                Files.createDirectories(to.getParent());
                Files.writeString(
                        to,
                        Files.readString(file)
                                .replace(SESSION, session)
                                .replaceAll("(af6f3e59c15bf0ec2|a260b8bc60d60eaaa)", "$1-" + session));
            }
        }
        KnownToLog known = new KnownToLog(ledger.bean(EventLog.class));
        FactAppender appender = new FactAppender(
                ledger.bean(LedgerCommandGateway.class),
                new Payloads(ledger.bean(AggregateTypes.class), ledger.bean(StoredTypes.class)),
                known);
        List<Fact> facts = new ArrayList<>();
        try (Transcripts transcripts = new Transcripts(
                copy.resolve("projects"),
                new ShownContent(Content.TITLES),
                known,
                Instant.parse("2027-01-01T00:00:00Z"))) {
            for (var next = transcripts.next(); next.isPresent(); next = transcripts.next()) {
                facts.add(next.get());
            }
        }
        assertThat(appender.append(facts, Caller.ANYBODY).refused()).isEmpty();
    }

    @Test
    void whateverComesTheSessionGoesOnAndItIsCounted() {
        JsonNode before = counts();
        for (String body : List.of(
                "",
                "not JSON",
                "[]",
                "{\"session_id\":\"odd\",\"hook_event_name\":\"BrandNew\",\"x\":\"\\ud83d\"}",
                "{\"session_id\":\"odd\",\"hook_event_name\":\"PostToolUse\",\"tool_name\":7}",
                "{\"session_id\":\"odd\",\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"" + "n".repeat(5_000)
                        + "\",\"tool_use_id\":\"t\"}",
                "{\"session_id\":\"odd\",\"hook_event_name\":\"Notification\"}",
                "{\"a\":".repeat(5_000))) {
            HttpLedger.Answer answer = ledger.post(DOOR, body);
            assertThat(answer.status()).as(body).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{}");
        }
        JsonNode after = counts();

        assertThat(after.path("hooks").longValue() - before.path("hooks").longValue())
                .isEqualTo(8);
        assertThat(after.path("notUnderstood").path("unknown").longValue()).isGreaterThanOrEqualTo(4);
        assertThat(after.path("notUnderstood").path("BrandNew").longValue()).isEqualTo(1);
        assertThat(after.path("notMapped").path("Notification").longValue()).isEqualTo(1);
        assertThat(after.path("refused").longValue()).isZero();
        assertThat(after.path("lost").longValue()).isZero();
        assertThat(ledger.get("/api/events?type=claude-code:BrandNew").json().path("items"))
                .hasSize(1);
    }

    @Test
    void aVeryLongAnswerOfAToolIsMeasuredAndOneThatIsTooLongIsCounted() {
        String start = "{\"session_id\":\"long\",\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"Read\",";
        post(List.of(start + "\"tool_use_id\":\"t1\",\"tool_response\":\"" + "x".repeat(3 << 20) + "\"}"));
        post(List.of(start + "\"tool_use_id\":\"t2\",\"tool_response\":\"" + "x".repeat(5 << 20) + "\"}"));

        JsonNode calls = ledger.get("/api/events?swarmId=long&type=agent:tool-called")
                .json()
                .path("items");
        assertThat(calls).hasSize(1);
        assertThat(calls.path(0).path("payload").path("outputSize").longValue()).isEqualTo(3 << 20);
    }

    @Test
    void anIdThatBelongsToSomethingElseStandsInNobodysWay() {
        ledger.post("/api/tasks", "{\"taskId\":\"taken-agent\",\"taskType\":\"t\",\"title\":\"T\"}");
        post(List.of("{\"session_id\":\"taken\",\"hook_event_name\":\"SubagentStart\",\"agent_id\":\"taken-agent\"}"));

        assertThat(counts().path("refused").longValue()).isPositive();
        assertThat(counts().path("lastTrouble").asString()).contains("taken-agent");
        assertThat(ledger.get("/api/agents/main@taken?minPosition=" + head()).status())
                .isEqualTo(200);
    }

    @Test
    void aPageElsewhereAndAStrangersHostAreRefused() {
        assertThat(ledger.send(ledger.request(DOOR, "Origin", "http://evil.example")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(403);
    }
}
