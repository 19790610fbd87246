package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.query.log.RawJson;
import io.swarmledger.query.log.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What agents call, said over HTTP and asked for wherever it counts. */
class CallsOverHttpTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void aSwarmAtWork() {
        ledger = HttpLedger.inMemory();
        post("/api/swarms", "{'swarmId':'run','topology':'mesh','maxAgents':3}");
        post("/api/agents", "{'agentId':'lead','role':'lead','name':'Ada','metadata':{'swarmId':'run'}}");
        post("/api/agents", "{'agentId':'sub','role':'coder','parentAgentId':'lead','metadata':{'swarmId':'run'}}");
        post("/api/tasks", "{'taskId':'t','title':'Parse','parentTaskId':'whole','metadata':{'swarmId':'run'}}");
        post("/api/agents/sub/assign", "{'taskId':'t'}");
        for (int i = 1; i <= 20; i++) {
            post(
                    "/api/agents/sub/tool-call",
                    "{'callId':'c-" + i + "','tool':'Bash','title':'make','duration':" + 10 * i
                            + (i == 20 ? ",'error':'Exit code 1'" : "") + "}");
        }
        post("/api/agents/lead/tool-call", "{'callId':'r-1','tool':'Read','taskId':'t'}");
        post(
                "/api/agents/sub/model-call",
                "{'callId':'m-1','model':'sonnet','inputTokens':10,'outputTokens':2,'cacheReadTokens':7,'costUsd':0.25}");
        post("/api/agents/lead/message", "{'to':'user','size':5}");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static long post(String path, String body) {
        Answer answer = ledger.post(path, body.replace('\'', '"'));
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        JsonNode told = json(answer);
        return (told.isArray() ? told.get(0) : told).path("position").longValue();
    }

    private static JsonNode json(Answer answer) {
        return JsonMapper.shared().readTree(answer.text());
    }

    private static JsonNode get(String path) {
        Answer answer = ledger.get(path + (path.contains("?") ? "&" : "?") + "minPosition=27");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return json(answer);
    }

    @Test
    void callsCountForTheAgentTheTaskThatItWorksOnAndTheSwarm() {
        for (String path : new String[] {"/api/tasks/t", "/api/swarms/run"}) {
            JsonNode thing = get(path);
            assertThat(thing.get("toolCalls").intValue()).as(path).isEqualTo(21);
            assertThat(thing.get("toolFailures").intValue()).as(path).isEqualTo(1);
            assertThat(thing.get("modelCalls").intValue()).as(path).isEqualTo(1);
            assertThat(thing.get("inputTokens").intValue()).as(path).isEqualTo(10);
            assertThat(thing.get("cacheReadTokens").intValue()).as(path).isEqualTo(7);
            assertThat(thing.get("costUsd").doubleValue()).as(path).isEqualTo(0.25);
        }
        assertThat(get("/api/agents/sub").get("toolCalls").intValue()).isEqualTo(20);
        assertThat(get("/api/agents/lead").get("toolCalls").intValue()).isEqualTo(1);
        assertThat(get("/api/tasks/t").get("parentTaskId").stringValue()).isEqualTo("whole");
        assertThat(get("/api/agents?parent=lead").at("/items/0/id").stringValue())
                .isEqualTo("sub");
        assertThat(get("/api/aggregates/t/state").get("state").has("toolCalls"))
                .as("its own stream tells nothing of them")
                .isFalse();
    }

    @Test
    void usageIsToldByWhatItIsAskedFor() {
        JsonNode tools = get("/api/usage?by=tool&swarmId=run");
        assertThat(tools.get("total").intValue()).isEqualTo(2);
        JsonNode bash = tools.at("/items/0");
        assertThat(bash.get("key").stringValue()).isEqualTo("Bash");
        assertThat(bash.get("calls").intValue()).isEqualTo(20);
        assertThat(bash.get("failures").intValue()).isEqualTo(1);
        assertThat(bash.at("/durations/p50").intValue()).isEqualTo(100);
        assertThat(bash.at("/durations/p95").intValue()).isEqualTo(190);
        assertThat(bash.at("/durations/max").intValue()).isEqualTo(200);
        assertThat(tools.at("/items/1/durations/p50").isNull()).isTrue();

        assertThat(get("/api/usage?by=agent").at("/items/0/calls").intValue()).isEqualTo(21);
        assertThat(get("/api/usage?by=model").at("/items/0/inputTokens").intValue())
                .isEqualTo(10);
        assertThat(get("/api/usage?by=task").at("/items/0/key").stringValue()).isEqualTo("t");
        assertThat(get("/api/usage?by=swarm&swarmId=run").at("/items/0/calls").intValue())
                .isEqualTo(22);
        assertThat(get("/api/usage?by=swarm&swarmId=other").get("total").intValue())
                .isZero();
        assertThat(get("/api/usage?by=tool&agentId=lead").at("/items/0/key").stringValue())
                .isEqualTo("Read");
        assertThat(get("/api/usage?by=tool&before=2001-01-01T00:00:00Z")
                        .get("total")
                        .intValue())
                .isZero();
    }

    @Test
    void itsLinksLeadToTheCallsThatAreCounted() {
        for (String by : List.of("tool", "model", "task", "agent", "swarm")) {
            for (String more : List.of("", "&agentId=sub&after=2001-01-01T00:00:00Z")) {
                JsonNode usage = get("/api/usage?swarmId=run&evidence=true&by=" + by + more);
                assertThat(usage.get("items")).isNotEmpty();
                for (JsonNode one : usage.get("items")) {
                    String link = usage.path("evidence")
                            .path(one.get("key").stringValue())
                            .stringValue();
                    assertThat(get(link).get("total").intValue())
                            .as(link)
                            .isEqualTo(one.get("calls").intValue());
                }
            }
        }
    }

    @Test
    void callsAreToldApartByWhatTheyNameWhereEventsAreFollowedToo() {
        assertThat(get("/api/events?tool=Read").at("/items/0/payload/callId").stringValue())
                .isEqualTo("r-1");
        assertThat(get("/api/events?tool=Read&model=sonnet").get("total").intValue())
                .isZero();
        assertThat(get("/api/events?tool=read").get("total").intValue()).isZero();
        assertThat(get("/api/events?taskId=t&type=task:created").get("total").intValue())
                .isZero();
        RawJson payload = new RawJson("{\"tool\":\"Bash\",\"taskId\":\"t\"}");
        RecordedEvent call = new RecordedEvent(
                1, "e", "agent:tool-called", "a", "agent", 1, 1e12, "a", payload, payload, null, null, "s", 1, null);
        assertThat(calls("Bash", null, "t").matches(call)).isTrue();
        assertThat(calls("Read", null, null).matches(call)).isFalse();
        assertThat(calls(null, "Bash", null).matches(call)).isFalse();
        assertThat(calls(null, null, "t").matches(call)).isTrue();
        assertThat(calls(null, null, "t").isEverything()).isFalse();
    }

    @Test
    void aPageOfUsageGoesOnWhereTheOneBeforeEnded() {
        JsonNode first = get("/api/usage?by=tool&swarmId=run&limit=1");
        JsonNode second = get("/api/usage?by=tool&swarmId=run&limit=1&cursor="
                + first.get("next").stringValue());
        assertThat(first.at("/items/0/key").stringValue()).isEqualTo("Bash");
        assertThat(second.at("/items/0/key").stringValue()).isEqualTo("Read");
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void noPageOfUsagePassesOverACallWithAnEmptyName() {
        for (String tool : List.of("null", "''", "'='")) {
            post(
                    "/api/events?mode=observe",
                    "{'type':'agent:tool-called','aggregateId':'nameless','payload':{'tool':" + tool + "}}");
        }
        List<JsonNode> keys = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = json(ledger.get("/api/usage?by=tool&agentId=nameless&limit=1" + cursor));
            keys.add(page.at("/items/0/key"));
            cursor = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").stringValue();
        }
        assertThat(keys).map(JsonNode::toString).containsExactly("null", "\"\"", "\"=\"");
    }

    @Test
    void whatUsageCannotBeToldByIsNamed() {
        assertThat(ledger.get("/api/usage").text()).contains("by: is missing", "agent, task, model, tool, swarm");
        Answer other = ledger.get("/api/usage?by=phase");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text()).contains("phase is none of agent, task, model, tool, swarm");
        assertThat(ledger.get("/api/usage?by=tool&cursor=x").status()).isEqualTo(400);
        assertThat(ledger.get("/api/usage?by=tool&limit=0").status()).isEqualTo(422);
    }

    @Test
    void aCallFollowsFromTheAssignmentOfItsTaskAndAMessageFromTheAgentsBeginning() {
        String call =
                get("/api/events?type=agent:model-called").at("/items/0/id").stringValue();
        assertThat(get("/api/events/" + call + "/trace")
                        .at("/causes/0/event/type")
                        .stringValue())
                .isEqualTo("agent:task-assigned");
        String message =
                get("/api/events?type=agent:message-sent").at("/items/0/id").stringValue();
        assertThat(get("/api/events/" + message + "/trace")
                        .at("/causes/0/event/type")
                        .stringValue())
                .isEqualTo("agent:spawned");
    }

    @Test
    void theStoryOfTheSwarmIsToldLineByLine() {
        Answer story = ledger.get("/story?swarmId=run");
        assertThat(story.status()).isEqualTo(200);
        assertThat(story.text())
                .contains("called", "Bash – make", "Exit code 1", "was started by lead", "said to user", "5 bytes");
        assertThat(ledger.get("/story?swarmId=nobody").text()).contains("There is no swarm nobody");
        assertThat(ledger.get("/story").status()).isEqualTo(400);
    }

    private static EventFilter calls(String tool, String model, String taskId) {
        return new EventFilter(null, null, null, null, null, null, null, null, null, tool, model, taskId);
    }
}
