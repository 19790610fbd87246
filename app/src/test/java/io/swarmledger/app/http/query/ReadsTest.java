package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.commands.memory.DeleteMemory;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.swarm.ReachMilestone;
import io.swarmledger.commands.task.BlockTask;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.FailTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every GET of the contract's table of paths, over one small history with known times. */
class ReadsTest {

    private static HttpLedger ledger;
    private static long head;
    private static final List<Appended> HISTORY = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        ledger = HttpLedger.inMemory();
        Envelope alpha = Envelope.from("coordinator").inSwarm("alpha");
        append(
                1_767_517_201_000.0,
                alpha,
                new InitializeSwarm("alpha", "mesh", 15L, Map.of("k", 1), 1_767_517_201_000.0));
        append(1_767_517_202_000.0, alpha, new SpawnAgent("agent-1", "coder", "core", List.of("java", "sql")));
        append(1_767_517_203_000.0, Envelope.from("swarm"), new SpawnAgent("agent-2", "tester", "quality", List.of()));
        append(
                1_767_517_204_000.0,
                alpha,
                new CreateTask("task-1", "implementation", "Build it", "All", "high", List.of(), 1_767_517_204_000.0));
        append(
                1_767_517_205_000.0,
                Envelope.from("swarm"),
                new CreateTask("task-2", "test", "Test it", null, null, List.of("task-1"), 1_767_517_205_000.0));
        append(
                1_767_517_206_000.0,
                alpha.correlatedWith("run-1"),
                new AssignTask("agent-1", "task-1", 1_767_517_206_000.0));
        append(
                1_767_517_207_000.0,
                alpha.correlatedWith("run-1"),
                new StartTask("task-1", "agent-1", 1_767_517_207_000.0));
        append(
                1_767_517_208_000.5,
                alpha.correlatedWith("run-1").causedBy(HISTORY.get(6).id()),
                new CompleteTask("task-1", Map.of("lines", 42), 1_767_517_208_000.5, null));
        append(
                1_767_517_209_000.0,
                alpha,
                new CompleteAssignedTask("agent-1", "task-1", null, 1_767_517_209_000.0, 3_000.0));
        append(
                1_767_517_210_000.0,
                Envelope.from("swarm"),
                new BlockTask("task-2", List.of("task-1"), 1_767_517_210_000.0));
        append(
                1_767_517_211_000.0,
                Envelope.from("swarm"),
                new FailTask("task-2", "red", null, 1_767_517_211_000.0, null));
        append(1_767_517_212_000.0, Envelope.from("swarm"), new StopAgent("agent-2", "done", 1_767_517_212_000.0));
        append(
                1_767_517_213_000.0,
                alpha,
                new StoreMemory("memory-1", "facts", "sky", "text", 10L, 1_767_517_213_000.0));
        append(
                1_767_517_214_000.0,
                alpha,
                new StoreMemory("memory-2", "facts", "sea", "blob", 30L, 1_767_517_214_000.0));
        append(
                1_767_517_215_000.0,
                Envelope.from("swarm"),
                new StoreMemory("memory-3", "plans", "next", "text", 5L, 1_767_517_215_000.0));
        append(1_767_517_216_000.0, alpha, new RetrieveMemory("memory-1", null, null, 1_767_517_216_000.0, null));
        append(
                1_767_517_217_000.0,
                Envelope.from("swarm"),
                new DeleteMemory("memory-3", null, null, 1_767_517_217_000.0));
        append(1_767_517_218_000.0, alpha, new ReachMilestone("alpha", "m1", "First", 1_767_517_218_000.0));
        ledger.bean(LogFile.class).writer().bulk((inserter, connection) -> {
            for (String id : List.of("a/b", "hot", "..", "mit, Komma")) {
                inserter.insert(TestLedger.memoryRow(id, 1));
            }
            return null;
        });
        head = HISTORY.size() + 4;
        for (String list : List.of("agents", "tasks", "memories", "swarms")) {
            assertThat(get("/api/" + list + "?minPosition=" + head).status()).isEqualTo(200);
        }
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static void append(double time, Envelope envelope, LedgerCommand command) {
        HISTORY.add(ledger.bean(CommandGateway.class)
                .sendAndWait(command, MetaData.from(envelope.at(time).toMetaData())));
    }

    @Test
    void eventsAreFoundByTheirWords() {
        JsonNode found = get("/api/search?q=build&swarmId=alpha&limit=1&minPosition=" + head)
                .json();
        assertThat(found.at("/items/0/event/aggregateId").stringValue()).isEqualTo("task-1");
        assertThat(found.at("/items/0/matches/0").toString())
                .isEqualTo("{\"field\":\"title\",\"pieces\":[{\"text\":\"implementation · \",\"isFound\":false},"
                        + "{\"text\":\"Build\",\"isFound\":true},{\"text\":\" it · All\",\"isFound\":false}]}");
        assertThat(found.path("position").longValue()).isGreaterThanOrEqualTo(head);
        assertThat(get("/api/search?q=it&limit=1").json().path("next").stringValue())
                .isNotEmpty();
        Answer refused = get("/api/search?q=-x");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("field").stringValue()).isEqualTo("q");
        assertThat(get("/api/search?q=x&offset=1").status()).isEqualTo(400);
    }

    private static Answer get(String path) {
        return ledger.get(path);
    }

    private static List<String> ids(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.has("id")
                        ? item.get("id").stringValue()
                        : item.get("namespace").stringValue())
                .toList();
    }

    private static final String OF_CALLS =
            "\"toolCalls\":0,\"toolFailures\":0,\"modelCalls\":0,\"inputTokens\":0,\"outputTokens\":0,"
                    + "\"cacheReadTokens\":0,\"cacheWriteTokens\":0,\"costUsd\":null,";

    private static final String AGENT_1 = "{\"id\":\"agent-1\",\"role\":\"coder\",\"domain\":\"core\","
            + "\"capabilities\":[\"java\",\"sql\"],\"status\":\"idle\",\"currentTask\":null,\"openTasks\":[],"
            + "\"completedTasks\":[\"task-1\"],\"failedTasks\":[],\"totalTaskDuration\":3000,\"taskCount\":1,"
            + "\"errorCount\":0,\"timedTasks\":1,\"failuresInARow\":0,\"spawnedAt\":1767517202000,\"startedAt\":null,"
            + "\"stoppedAt\":null,\"lastActivityAt\":1767517209000,\"lastHeardAt\":1767517209000,"
            + "\"name\":null,\"parentAgentId\":null,\"model\":null,\"sessionId\":null,"
            + OF_CALLS
            + "\"swarmId\":\"alpha\",\"health\":\"ok\"}";

    private static final String TASK_1 = "{\"id\":\"task-1\",\"type\":\"implementation\",\"title\":\"Build it\","
            + "\"description\":\"All\",\"status\":\"completed\",\"priority\":\"high\",\"assignedAgent\":\"agent-1\","
            + "\"dependencies\":[],\"blockedBy\":[],\"createdAt\":1767517204000,\"startedAt\":1767517207000,\"completedAt\":1767517208000.5,"
            + "\"failedAt\":null,\"duration\":1000.5,\"result\":{\"lines\":42},\"error\":null,\"retryCount\":0,"
            + "\"parentTaskId\":null,\"cancelledAt\":null,"
            + OF_CALLS
            + "\"swarmId\":\"alpha\"}";

    private static final String MEMORY_1 = "{\"id\":\"memory-1\",\"namespace\":\"facts\",\"key\":\"sky\","
            + "\"type\":\"text\",\"size\":10,\"accessCount\":1,\"storedAt\":1767517213000,\"lastAccessedAt\":1767517216000,"
            + "\"deletedAt\":null,\"isDeleted\":false,\"expiredAt\":null,\"swarmId\":\"alpha\"}";

    private static final String SWARM = "{\"id\":\"alpha\",\"topology\":\"mesh\",\"maxAgents\":15,\"agentCount\":0,"
            + "\"phase\":null,\"status\":\"initialized\",\"milestones\":[{\"milestoneId\":\"m1\",\"name\":\"First\","
            + "\"reachedAt\":1767517218000}],\"errorCount\":0,\"lastError\":null,\"initializedAt\":1767517201000,"
            + "\"terminatedAt\":null,\"lastActivityAt\":1767517218000,"
            + OF_CALLS
            + "\"swarmId\":\"alpha\",\"seenAgents\":1}";

    @ParameterizedTest
    @CsvSource({"agents,agent-1", "tasks,task-1", "memories,memory-1", "swarms,alpha"})
    void oneThingIsItsReadModelToTheLetter(String list, String id) {
        String expected = Map.of("agents", AGENT_1, "tasks", TASK_1, "memories", MEMORY_1, "swarms", SWARM)
                .get(list);

        Answer answer = get("/api/" + list + "/" + id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).isEqualTo(expected);
        assertThat(get("/api/" + list + "?id=" + id).text()).isEqualTo(expected);
    }

    @Test
    void aListSaysItsItemsItsTotalAndWhetherThereIsMore() {
        assertThat(get("/api/agents?swarmId=alpha").text())
                .isEqualTo("{\"items\":[" + AGENT_1 + "],\"total\":1,\"totalIsExact\":true,\"next\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agents                                   | agent-1 agent-2",
                "agents?status=completed                  | agent-2",
                "agents?domain=core                       | agent-1",
                "agents?role=tester                       | agent-2",
                "agents?role=tester&domain=core           | ''",
                "agents?swarmId=swarm                     | agent-2",
                "tasks                                    | task-1 task-2",
                "tasks?status=failed                      | task-2",
                "tasks?agent=agent-1                      | task-1",
                "tasks?type=test                          | task-2",
                "tasks?priority=high                      | task-1",
                "tasks?swarmId=alpha                      | task-1",
                "memories?swarmId=alpha                   | memory-1 memory-2",
                "memories?namespace=facts&type=blob       | memory-2",
                "memories?namespace=plans                 | ''",
                "memories?namespace=plans&includeDeleted=true  | memory-3",
                "memories?namespace=plans&includeDeleted=false | ''",
                "memories/hot?namespace=facts             | memory-1 memory-2",
                "memories/cold?namespace=facts            | memory-2 memory-1",
                "memories/namespaces?swarmId=alpha        | facts",
                "swarms                                   | alpha",
                "swarms?status=terminated                 | ''",
            })
    void filtersSayWhatIsListed(String query, String expected) {
        Answer answer = get("/api/" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(ids(answer.json())).containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    @Test
    void namespacesTellHowMuchIsInThem() {
        assertThat(get("/api/memories/namespaces?swarmId=alpha").text())
                .isEqualTo("{\"items\":[{\"namespace\":\"facts\",\"count\":2,\"size\":40}],\"total\":1,"
                        + "\"totalIsExact\":true,\"next\":null,\"position\":" + head + "}");
    }

    @Test
    void agentsAndTasksHaveFigures() {
        assertThat(get("/api/agents/metrics").text())
                .isEqualTo("{\"total\":2,\"byStatus\":{\"idle\":1,\"active\":0,\"blocked\":0,\"completed\":1,"
                        + "\"error\":0},\"byHealth\":{\"ok\":1,\"failing\":0,\"silent\":0,\"stopped\":1},"
                        + "\"completedTasks\":1,\"failedTasks\":0,\"errors\":0,\"totalTaskDuration\":3000,"
                        + "\"averageTaskDuration\":3000,\"successRate\":1,\"failureRate\":0,\"position\":" + head
                        + "}");
        assertThat(get("/api/tasks/statistics").text())
                .isEqualTo("{\"total\":2,\"byStatus\":{\"pending\":0,\"queued\":0,\"in-progress\":0,\"blocked\":0,"
                        + "\"completed\":1,\"failed\":1,\"cancelled\":0},\"averageDuration\":1000.5,\"successRate\":0.5,"
                        + "\"failureRate\":0.5,\"position\":" + head + "}");
        assertThat(get("/api/tasks/statistics?swarmId=alpha")
                        .json()
                        .get("total")
                        .intValue())
                .isEqualTo(1);
        assertThat(get("/api/agents/metrics?swarmId=nowhere")
                        .json()
                        .get("successRate")
                        .isNull())
                .isTrue();
    }

    @Test
    void statsTellWhatIsInTheLog() {
        JsonNode stats = get("/api/stats?top=2").json();

        assertThat(stats.propertyNames())
                .containsExactly(
                        "ledgerId",
                        "totalEvents",
                        "eventsByType",
                        "eventsByAggregate",
                        "aggregateCount",
                        "oldestEvent",
                        "newestEvent",
                        "snapshotCount");
        assertThat(stats.get("totalEvents").longValue()).isEqualTo(head);
        assertThat(stats.get("eventsByType").get("task:created").longValue()).isEqualTo(2);
        assertThat(stats.get("eventsByAggregate").propertyNames()).containsExactly("agent-1", "task-1");
        assertThat(stats.get("aggregateCount").intValue())
                .isEqualTo(get("/api/stats?top=1000")
                        .json()
                        .get("eventsByAggregate")
                        .size());
        assertThat(stats.get("oldestEvent").doubleValue()).isEqualTo(1_001);
        assertThat(stats.get("newestEvent").doubleValue()).isEqualTo(1_767_517_218_000.0);
        assertThat(get("/api/stats?swarmId=nowhere").json().get("totalEvents").longValue())
                .isZero();
    }

    @Test
    void anEventIsWhatTheContractSaysToTheLetter() {
        Appended completed = HISTORY.get(7);

        Answer answer = get("/api/events/" + completed.id());

        assertThat(answer.text().replaceAll("\"recordedAt\":\\d+", "\"recordedAt\":0"))
                .isEqualTo("{\"position\":8,\"id\":\"" + completed.id() + "\",\"type\":\"task:completed\","
                        + "\"aggregateId\":\"task-1\",\"aggregateType\":\"task\",\"version\":3,\"timestamp\":1767517208000.5,"
                        + "\"source\":\"coordinator\",\"payload\":{\"taskId\":\"task-1\",\"result\":{\"lines\":42},"
                        + "\"completedAt\":1767517208000.5,\"duration\":1000.5},\"metadata\":{\"swarmId\":\"alpha\"},"
                        + "\"causationId\":\"" + HISTORY.get(6).id()
                        + "\",\"correlationId\":\"run-1\",\"swarmId\":\"alpha\",\"recordedAt\":0,\"recordedBy\":null}");
        assertThat(get("/api/events?id=" + completed.id()).text()).isEqualTo(answer.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aggregateId=agent-2                                    | 3 12",
                "aggregateId=agent-2&aggregateId=task-2                 | 3 5 10 11 12",
                "aggregateType=swarm                                    | 1 18",
                "aggregateType=swarm&aggregateType=agent&swarmId=alpha  | 1 2 6 9 18",
                "type=task:created&type=agent:spawned                   | 2 3 4 5",
                "type=task:created,agent:spawned                        | ''",
                "after=1767517216000&swarmId=alpha                              | 18",
                "before=1767517202000&swarmId=alpha                              | 1",
                "after=2026-01-04T09:00:07Z&before=2026-01-04T10:00:08.001%2B01:00&swarmId=alpha | 8",
                "fromVersion=3&aggregateId=task-1                       | 8",
                "afterPosition=16&swarmId=alpha                         | 18",
                "correlationId=run-1                                    | 6 7 8",
                "correlationId=run-1&order=asc                          | 6 7 8",
                "correlationId=run-1&order=desc                         | 8 7 6",
                "correlationId=run-1&offset=1                           | 7 8",
                "correlationId=run-1&limit=2                            | 6 7",
            })
    void eventsAreFilteredAndInTheOrderOfTheirPositions(String filter, String expected) {
        Answer answer = get("/api/events?" + filter);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("items").valueStream().map(event -> event.get("position")
                        .asString()))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/events?limit=5",
                "/api/events?limit=4&order=desc",
                "/api/aggregates/agent-1/events?limit=2",
                "/api/memories?limit=1&includeDeleted=true",
                "/api/memories/hot?limit=1",
                "/api/memories/cold?limit=1",
                "/api/memories/namespaces?limit=1",
                "/api/agents?limit=1",
                "/api/tasks?limit=1",
            })
    void aCursorLeadsThroughTheWholeListWithoutGapOrDouble(String path) {
        List<JsonNode> whole = get(path.replaceFirst("limit=\\d+", "limit=1000"))
                .json()
                .get("items")
                .valueStream()
                .toList();
        List<JsonNode> paged = new ArrayList<>();
        String next = "";
        int pages = 0;
        while (next != null) {
            JsonNode page = get(path + next).json();
            page.get("items").forEach(paged::add);
            assertThat(page.get("total").intValue()).isEqualTo(whole.size());
            assertThat(page.get("totalIsExact").booleanValue()).isTrue();
            next = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").stringValue();
            pages++;
        }
        assertThat(paged).isEqualTo(whole);
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void everythingIsToldAsItWasAtAPosition() {
        JsonNode then = get("/api/state?position=2&minPosition=" + head).json();

        assertThat(then.propertyNames())
                .containsExactly("position", "at", "counts", "agents", "tasks", "memories", "swarms");
        assertThat(then.get("position").asLong()).isEqualTo(2);
        assertThat(then.get("at").asDouble()).isEqualTo(1_767_517_202_000.0);
        assertThat(then.at("/agents/items/0/id").asString()).isEqualTo("agent-1");
        assertThat(then.at("/agents/total").asLong()).isEqualTo(1);
        assertThat(then.at("/tasks/total").asLong()).isZero();
        assertThat(get("/api/state?at=1767517202999.5").json().get("position").asLong())
                .isEqualTo(2);
        JsonNode now = get("/api/state").json();
        assertThat(now.get("position").asLong()).isEqualTo(head);
        for (String list : List.of("agents", "tasks", "memories", "swarms")) {
            JsonNode live = get("/api/" + list).json();
            assertThat(now.at("/" + list + "/total")).as(list).isEqualTo(live.get("total"));
        }
    }

    @Test
    void whatChangedBetweenTwoMomentsIsToldFieldByField() {
        JsonNode changes =
                get("/api/state/diff?from=1&to=2&minPosition=" + head).json();

        assertThat(changes.get("from").asLong()).isEqualTo(1);
        assertThat(changes.at("/changes/items/0/id").asString()).isEqualTo("agent-1");
        assertThat(changes.at("/changes/items/0/kind").asString()).isEqualTo("appeared");
        assertThat(changes.at("/changes/items/0/event/id").asString())
                .isEqualTo(HISTORY.get(1).id());
        assertThat(changes.at("/changes/total").asLong()).isEqualTo(1);
        assertThat(get("/api/state/diff?fromAt=1767517202000&toAt=1767517202000")
                        .json()
                        .at("/changes/total")
                        .asLong())
                .isZero();
    }

    @Test
    void aNumberLeadsToTheEventsBehindIt() {
        JsonNode statistics = get("/api/tasks/statistics?evidence=true").json();
        String link = statistics.at("/evidence/byStatus.failed").asString();

        JsonNode failed = get(link).json();

        assertThat(failed.get("total")).isEqualTo(statistics.at("/byStatus/failed"));
        assertThat(failed.at("/items/0/events/0/type").asString()).isEqualTo("task:failed");
        JsonNode namespaces = get("/api/memories/namespaces?evidence=true").json();
        assertThat(get(namespaces.at("/evidence/facts").asString())
                        .json()
                        .at("/items/0/events/0/type")
                        .asString())
                .isEqualTo("memory:stored");
        JsonNode metrics = get("/api/agents/metrics?evidence=true").json();
        assertThat(get(metrics.at("/evidence/completedTasks").asString()).text())
                .contains("agent:task-completed");
    }

    @Test
    void anAggregateHasAHistory() {
        assertThat(get("/api/aggregates/task-1/events?fromVersion=2")
                        .json()
                        .get("items")
                        .valueStream()
                        .map(event -> event.get("type").stringValue()))
                .containsExactly("task:started", "task:completed");
        assertThat(get("/api/aggregates/events?id=task-1&order=desc&limit=1")
                        .json()
                        .at("/items/0/version")
                        .intValue())
                .isEqualTo(3);
        assertThat(get("/api/aggregates/task-1/events?type=agent:spawned").text())
                .as("it is there, though nothing of it is such")
                .isEqualTo("{\"items\":[],\"total\":0,\"totalIsExact\":true,\"next\":null}");
        assertThat(get("/api/aggregates/nobody/events").status()).isEqualTo(404);
    }

    @Test
    void anAggregateIsWhatItWasThen() {
        String now = "{\"aggregateId\":\"task-1\",\"aggregateType\":\"task\",\"version\":3,\"position\":8,"
                + "\"timestamp\":1767517208000.5,\"state\":" + TASK_1.replace(OF_CALLS, "") + "}";
        assertThat(get("/api/aggregates/task-1/state").text()).isEqualTo(now);
        assertThat(get("/api/aggregates/state?id=task-1").text()).isEqualTo(now);
        assertThat(get("/api/aggregates/task-1/state?version=2")
                        .json()
                        .at("/state/status")
                        .stringValue())
                .isEqualTo("in-progress");
        assertThat(get("/api/aggregates/task-1/state?at=2026-01-04T09:00:04.500Z")
                        .json()
                        .at("/state/status")
                        .stringValue())
                .isEqualTo("pending");
        Answer before = get("/api/aggregates/task-1/state?at=1767517203999");
        assertThat(before.status()).isEqualTo(404);
        assertThat(before.json().at("/birth/position").intValue()).isEqualTo(4);
    }

    @Test
    void aSnapshotIsTakenNowAndIsThereThen() {
        assertThat(get("/api/aggregates/agent-1/snapshot").status()).isEqualTo(404);

        Answer taken =
                ledger.send(ledger.request("/api/aggregates/agent-1/snapshot").POST(BodyPublishers.noBody()));

        assertThat(taken.status()).as(taken.text()).isEqualTo(201);
        assertThat(taken.json().propertyNames())
                .containsExactly("aggregateId", "aggregateType", "version", "state", "timestamp", "imported");
        assertThat(taken.json().get("version").intValue()).isEqualTo(3);
        assertThat(taken.json().at("/state/id").stringValue()).isEqualTo("agent-1");
        assertThat(get("/api/aggregates/agent-1/snapshot").text()).isEqualTo(taken.text());
        assertThat(get("/api/aggregates/snapshot?id=agent-1").text()).isEqualTo(taken.text());
        assertThat(ledger.send(ledger.request("/api/aggregates/snapshot?id=agent-2")
                                .POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(201);
        assertThat(ledger.send(ledger.request("/api/aggregates/nobody/snapshot").POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "hot", "..", "mit, Komma"})
    void whatAPathCannotSayIsAskedForWithId(String id) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
        assertThat(get("/api/memories?id=" + encoded).json().get("id").stringValue())
                .isEqualTo(id);
        assertThat(get("/api/events?aggregateId=" + encoded).json().get("total").intValue())
                .isEqualTo(1);
        assertThat(get("/api/aggregates/state?id=" + encoded)
                        .json()
                        .at("/state/id")
                        .stringValue())
                .isEqualTo(id);
        assertThat(get("/api/aggregates/events?id=" + encoded)
                        .json()
                        .get("total")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void everyAnswerSaysWhichLedgerItIsOf() {
        String ledgerId = get("/api/stats").json().get("ledgerId").stringValue();
        Stream.of("/api/agents", "/api/agents/nobody", "/api/nothing", "/api/agents?limit=-1", "/error", "/v3/api-docs")
                .forEach(path ->
                        assertThat(get(path).header("X-Ledger-Id")).as(path).isEqualTo(ledgerId));
    }

    @Test
    void aHeaderIsNoFilter() {
        assertThat(ids(ledger.get("/api/tasks", "Priority", "u=1", "Status", "queued")
                        .json()))
                .containsExactly("task-1", "task-2");
    }

    @Test
    void headAndOptionsAnswerWithoutABody() {
        Answer head = ledger.send(ledger.request("/api/agents/agent-1").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(AGENT_1.length()));
        Answer options = ledger.send(ledger.request("/api/tasks").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow")).contains("GET").contains("HEAD").doesNotContain("DELETE");
    }
}
