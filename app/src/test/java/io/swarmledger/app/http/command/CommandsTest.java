package io.swarmledger.app.http.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The typed commands: what is posted to which path, what it is answered, and what the log has then. */
class CommandsTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static Answer post(String path, String body, String... headers) {
        return ledger.post(path, body, headers);
    }

    private static JsonNode event(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return ledger.get("/api/events/" + answer.json().get("id").stringValue())
                .json();
    }

    /** In this order: each builds on those before it. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "agents               | {'agentId':'a1','role':'coder','domain':'core','capabilities':['java']} | 201 | agent:spawned | {'agentId':'a1','role':'coder','domain':'core','capabilities':['java']}",
                "agents/a1/start      | {'startedAt':1}                            | 200 | agent:started        | {'agentId':'a1','startedAt':1}",
                "agents/a1/assign     | {'taskId':'t1','assignedAt':2}             | 200 | agent:task-assigned  | {'agentId':'a1','taskId':'t1','assignedAt':2}",
                "agents/a1/complete   | {'taskId':'t1','result':[1,null,'x'],'completedAt':5} | 200 | agent:task-completed | {'agentId':'a1','taskId':'t1','result':[1,null,'x'],'completedAt':5,'duration':3}",
                "agents/a1/status     | {'newStatus':'blocked'}                    | 200 | agent:status-changed | {'agentId':'a1','previousStatus':'idle','newStatus':'blocked'}",
                "agents/a1/fail       | {'error':'boom','stack':'at x','failedAt':6} | 200 | agent:failed       | {'agentId':'a1','error':'boom','stack':'at x','failedAt':6}",
                "agents/a1/stop       | {'reason':'done','stoppedAt':7.5}          | 200 | agent:stopped        | {'agentId':'a1','reason':'done','stoppedAt':7.5}",
                "tasks                | {'taskId':'t1','taskType':'test','title':'T','dependencies':['t0'],'createdAt':1} | 201 | task:created | {'taskId':'t1','taskType':'test','title':'T','priority':'medium','dependencies':['t0'],'createdAt':1}",
                "tasks/t1/queue       | {'priority':'high','queuedAt':2}           | 200 | task:queued          | {'taskId':'t1','priority':'high','queuedAt':2}",
                "tasks/t1/block       | {'blockedBy':['t0'],'blockedAt':3}         | 200 | task:blocked         | {'taskId':'t1','blockedBy':['t0'],'blockedAt':3}",
                "tasks/t1/fail        | {'error':'boom','failedAt':4}              | 200 | task:failed          | {'taskId':'t1','error':'boom','failedAt':4,'retryCount':0}",
                "tasks/t1/start       | {'agentId':'a1','startedAt':5}             | 200 | task:started         | {'taskId':'t1','agentId':'a1','startedAt':5}",
                "tasks/t1/complete    | {'result':{'k':1},'completedAt':9}         | 200 | task:completed       | {'taskId':'t1','result':{'k':1},'completedAt':9,'duration':4}",
                "memories             | {'memoryId':'m1','namespace':'n','key':'k','memoryType':'text','size':5,'storedAt':1} | 201 | memory:stored | {'memoryId':'m1','namespace':'n','key':'k','memoryType':'text','size':5,'storedAt':1}",
                "memories/m1/retrieve | {'retrievedAt':2}                          | 200 | memory:retrieved     | {'memoryId':'m1','namespace':'n','key':'k','retrievedAt':2,'accessCount':1}",
                "memories/m1/delete   | {'deletedAt':3}                            | 200 | memory:deleted       | {'memoryId':'m1','namespace':'n','key':'k','deletedAt':3}",
                "memories             | {'memoryId':'m1','namespace':'n','key':'k','size':6,'storedAt':4} | 201 | memory:stored | {'memoryId':'m1','namespace':'n','key':'k','size':6,'storedAt':4}",
                "memories/m1/expire   | {'expiredAt':6,'expiresAt':5}              | 200 | memory:expired       | {'memoryId':'m1','namespace':'n','key':'k','expiredAt':6,'expiresAt':5}",
                "swarms               | {'topology':'mesh','maxAgents':15,'config':{'a':1},'initializedAt':1} | 201 | swarm:initialized | {'topology':'mesh','maxAgents':15,'config':{'a':1},'initializedAt':1}",
                "swarms/swarm/scale   | {'newAgentCount':3,'reason':'more','scaledAt':2} | 200 | swarm:scaled   | {'previousAgentCount':0,'newAgentCount':3,'scaledAt':2,'reason':'more'}",
                "swarms/swarm/phase   | {'newPhase':'build','changedAt':3}         | 200 | swarm:phase-changed  | {'newPhase':'build','changedAt':3}",
                "swarms/swarm/milestone | {'milestoneId':'x','name':'X','reachedAt':4} | 200 | swarm:milestone-reached | {'milestoneId':'x','name':'X','reachedAt':4}",
                "swarms/swarm/error   | {'error':'boom','context':{'b':2},'errorAt':5} | 200 | swarm:error      | {'error':'boom','context':{'b':2},'errorAt':5}",
                "swarms/swarm/terminate | {'reason':'done','metrics':{'c':3},'terminatedAt':6} | 200 | swarm:terminated | {'reason':'done','terminatedAt':6,'metrics':{'c':3}}",
            })
    void everyBehaviourHasAPathAndItsEventIsInTheLog(
            String path, String body, int status, String type, String payload) {
        Answer answer = post("/api/" + path, body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().propertyNames()).containsExactly("id", "aggregateId", "version", "position");
        JsonNode event = event(answer);
        for (String field : new String[] {"id", "aggregateId", "version", "position"}) {
            assertThat(event.get(field)).as(field).isEqualTo(answer.json().get(field));
        }
        assertThat(event.get("type").stringValue()).isEqualTo(type);
        // In the order of whoever wrote it, with what was filled in behind.
        assertThat(event.get("payload")).isEqualTo(Json.mapper().readTree(payload.replace('\'', '"')));
        assertThat(answer.header("Location"))
                .isEqualTo(
                        status == 201
                                ? "/api/" + path + "/"
                                        + answer.json().get("aggregateId").stringValue()
                                : null);
    }

    @Test
    void whatIsLeftOutIsFilledInAndABodyMayBeToo() {
        post("/api/agents", "{\"agentId\":\"lazy\"}");

        Answer started = ledger.send(ledger.request("/api/agents/lazy/start").POST(BodyPublishers.noBody()));

        JsonNode event = event(started);
        assertThat(event.at("/payload/agentId").stringValue()).isEqualTo("lazy");
        assertThat(event.at("/payload/startedAt").longValue())
                .isEqualTo(event.get("timestamp").longValue())
                .isCloseTo(event.get("recordedAt").longValue(), org.assertj.core.data.Offset.offset(60_000L));
        assertThat(event.get("source").stringValue()).isEqualTo("swarm");
        assertThat(event.get("metadata").toString()).isEqualTo("{}");
        assertThat(event.get("recordedBy").isNull()).isTrue();
    }

    @Test
    void whatSurroundsAnEventStandsBesideItsPayload() {
        Answer spawned = post(
                "/api/agents",
                "{\"agentId\":\"told\",\"role\":\"coder\",\"timestamp\":1767517201000.5,\"source\":\"queen\","
                        + "\"metadata\":{\"swarmId\":\"alpha\",\"run\":{\"n\":[1,2.5]}},\"causationId\":\"cause-1\","
                        + "\"correlationId\":\"run-1\"}");

        JsonNode event = event(spawned);
        assertThat(event.get("timestamp").doubleValue()).isEqualTo(1767517201000.5);
        assertThat(event.get("source").stringValue()).isEqualTo("queen");
        assertThat(event.get("metadata").toString()).isEqualTo("{\"swarmId\":\"alpha\",\"run\":{\"n\":[1,2.5]}}");
        assertThat(event.get("swarmId").stringValue()).isEqualTo("alpha");
        assertThat(event.get("causationId").stringValue()).isEqualTo("cause-1");
        assertThat(event.get("correlationId").stringValue()).isEqualTo("run-1");
        assertThat(event.get("payload").propertyNames()).containsExactly("agentId", "role", "capabilities");

        JsonNode started = event(post("/api/agents/told/start", "{\"timestamp\":1767517202000}"));
        assertThat(started.at("/payload/startedAt").longValue())
                .as("a time missing in the payload")
                .isEqualTo(1767517202000L);
    }

    @Test
    void anIdInTheBodyMayBeLeftOutAndMustAgree() {
        post("/api/tasks", "{\"taskId\":\"mine\",\"title\":\"T\"}");

        assertThat(post("/api/tasks/mine/queue", "{\"taskId\":\"mine\"}").status())
                .isEqualTo(200);
        assertProblem(post("/api/tasks/mine/queue", "{\"taskId\":\"other\"}"), 400, "malformed", "taskId");
        assertProblem(post("/api/tasks/mine/queue", "{\"taskId\":7}"), 400, "malformed", "taskId");
        assertProblem(post("/api/tasks", "{\"title\":\"T\"}"), 400, "malformed", "taskId");
        assertProblem(post("/api/tasks", "{\"taskId\":\"statistics\"}"), 400, "malformed", "taskId");
    }

    @Test
    void aSwarmIsTheOneCalledSwarmUnlessTheBodySaysOtherwise() {
        Answer beta = post("/api/swarms", "{\"swarmId\":\"beta\",\"topology\":\"star\",\"maxAgents\":2}");

        assertThat(beta.json().get("aggregateId").stringValue()).isEqualTo("beta");
        assertThat(beta.header("Location")).isEqualTo("/api/swarms/beta");
        assertThat(event(beta).get("payload").has("swarmId")).isFalse();
        assertProblem(
                post("/api/swarms/beta/phase", "{\"swarmId\":\"swarm\",\"newPhase\":\"x\"}"),
                400,
                "malformed",
                "swarmId");
        Answer tooMany = post("/api/swarms/beta/scale", "{\"newAgentCount\":3}");
        assertThat(tooMany.status()).isEqualTo(409);
        assertThat(tooMany.json().get("rule").stringValue()).isEqualTo("AgentCountStaysWithinMaximum");
    }

    @Test
    void whatWasWrittenIsReadWithItsPosition() {
        Answer spawned = post("/api/agents", "{\"agentId\":\"seen\"}");

        Answer read = ledger.get(
                "/api/agents/seen?minPosition=" + spawned.json().get("position").longValue());

        assertThat(read.status()).isEqualTo(200);
    }

    @Test
    void aKeyMakesARetryAnswerWhatTheFirstTryAnswered() {
        String body = "{\"agentId\":\"once\",\"role\":\"coder\"}";
        Answer first = post("/api/agents", body, "Idempotency-Key", "key-1");
        Answer again = post("/api/agents", body, "Idempotency-Key", "key-1");
        Answer other = post("/api/agents", "{\"agentId\":\"once\",\"role\":\"tester\"}", "Idempotency-Key", "key-1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().get("id").stringValue()).isEqualTo("key-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertProblem(other, 409, "event-id-taken", null);
        assertThat(other.json().at("/takenBy/position")).isEqualTo(first.json().get("position"));
        assertThat(ledger.get("/api/aggregates/once/events").json().get("total").intValue())
                .isEqualTo(1);
        assertProblem(
                post("/api/agents", "{\"agentId\":\"twice\"}", "Idempotency-Key", "no id"),
                400,
                "malformed",
                "Idempotency-Key");
    }

    @Test
    void ifMatchMakesACommandConditional() {
        assertThat(post("/api/agents", "{\"agentId\":\"cond\"}", "If-Match", "0")
                        .status())
                .isEqualTo(201);
        assertThat(post("/api/agents/cond/start", "{}", "If-Match", "1").status())
                .isEqualTo(200);
        assertThat(post("/api/agents/cond/start", "{}", "If-Match", "\"2\"").status())
                .isEqualTo(200);

        Answer late = post("/api/agents/cond/start", "{}", "If-Match", "2");

        assertProblem(late, 409, "version-conflict", null);
        assertThat(late.json().get("currentVersion").intValue()).isEqualTo(3);
        assertProblem(post("/api/agents/cond/start", "{}", "If-Match", "*"), 400, "malformed", "If-Match");
        assertProblem(post("/api/agents/cond/start", "{}", "If-Match", "-1"), 400, "malformed", "If-Match");
        assertThat(ledger.get("/api/aggregates/cond/events").json().get("total").intValue())
                .isEqualTo(3);
    }

    @Test
    void whatARuleForbidsSaysWhichAndWhatTheStateIs() {
        post("/api/agents", "{\"agentId\":\"ruled\"}");

        Answer again = post("/api/agents", "{\"agentId\":\"ruled\"}");
        assertProblem(again, 409, "rule-broken", null);
        assertThat(again.json().get("rule").stringValue()).isEqualTo("AgentIsSpawnedOnce");
        assertThat(again.json().get("state").stringValue()).isNotBlank();
        Answer another = post("/api/tasks", "{\"taskId\":\"ruled\",\"title\":\"T\"}");
        assertProblem(another, 409, "id-of-another-type", null);
        assertThat(another.json().get("rule").stringValue()).isEqualTo("IdBelongsToAnotherType");
        assertProblem(post("/api/tasks/nothing/queue", "{}"), 404, "unknown", null);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'agentId':'x','rolle':'coder'}     | 400 | rolle",
                "{'agentId':'x','id':'e1'}           | 400 | id",
                "{'agentId':'x','swarmId':'alpha'}   | 400 | swarmId",
                "{'agentId':'x','role':7}            | 400 | role",
                "{'agentId':'x','role':true}         | 400 | role",
                "{'agentId':'x','role':['a']}        | 400 | role",
                "{'agentId':'x','capabilities':'a'}  | 400 | capabilities",
                "{'agentId':'x','capabilities':['a',7]} | 400 | capabilities[1]",
                "{'agentId':'x','capabilities':['a',null]} | 400 | capabilities[1]",
                "{'agentId':'x','timestamp':'now'}   | 400 | timestamp",
                "{'agentId':'x','source':7}          | 400 | source",
                "{'agentId':'x','metadata':[]}       | 400 | metadata",
                "{'agentId':'x','metadata':{'ledger.eventId':'e'}} | 400 | metadata.ledger.eventId",
                "{'agentId':'x','causationId':{}}    | 400 | causationId",
                "{'agentId':7}                       | 400 | agentId",
                "{'agentId':''}                      | 400 | agentId",
                "{'agentId':null}                    | 400 | agentId",
                "{'agentId':'metrics'}               | 400 | agentId",
            })
    void aFieldThatIsWrongIsNamed(String body, int status, String field) {
        assertProblem(post("/api/agents", body.replace('\'', '"')), status, "malformed", field);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "agents/x/start    | {'startedAt':'1'}        | 400 | startedAt",
                "agents/x/fail     | {}                       | 400 | error",
                "agents/x/fail     | {'error':' '}            | 400 | error",
                "agents/x/status   | {'newStatus':'sleeping'} | 400 | newStatus",
                "agents/x/complete | {'taskId':'t','duration':-1} | 422 | duration",
                "tasks/x/block     | {'blockedBy':['a b']}    | 400 | blockedBy[0]",
                "tasks/x/fail      | {'error':'e','retryCount':1.5} | 400 | retryCount",
                "memories          | {'memoryId':'x','namespace':'n','key':'k','size':-1} | 422 | size",
                "memories          | {'memoryId':'x','namespace':'n','key':'k','size':'1'} | 400 | size",
                "memories          | {'memoryId':'x','key':'k'} | 400 | namespace",
                "swarms            | {'topology':'mesh','config':[1]} | 400 | config",
                "swarms            | {'maxAgents':1}          | 400 | topology",
            })
    void soIsOneThatOnlyOneCommandHas(String path, String body, int status, String field) {
        assertProblem(
                post("/api/" + path, body.replace('\'', '"')),
                status,
                status == 422 ? "out-of-range" : "malformed",
                field);
    }

    @Test
    void malformedJsonIsToldWithLineAndColumn() {
        Answer broken = post("/api/agents", "{\n  \"agentId\": \"x\",\n  \"role\": oops\n}");

        assertProblem(broken, 400, "malformed", null);
        assertThat(broken.json().get("line").intValue()).isEqualTo(3);
        assertThat(broken.json().get("column").intValue()).isBetween(11, 16);
        assertThat(broken.json().get("detail").stringValue()).contains("line 3").doesNotContain("jackson", "Source");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"agentId\":\"x\"", "{\"agentId\":\"x\"} {}", "[]", "null", "7", "\"x\""})
    void whatIsNoJsonObjectIsRefused(String body) {
        assertThat(post("/api/agents", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/xml",
                "nonsense",
                "*/*",
                "application/json; charset=iso-8859-1"
            })
    void aBodyOfAnotherMediaTypeIsRefused(String contentType) {
        Answer answer = ledger.send(ledger.request("/api/agents")
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString("{\"agentId\":\"typed\"}")));

        assertProblem(answer, 415, "unsupported-media-type", null);
        assertThat(answer.json().get("detail").stringValue()).contains("application/json");
    }

    @Test
    void aParameterThatNobodyKnowsIsRefusedHereToo() {
        assertProblem(post("/api/agents?mode=observe", "{\"agentId\":\"x\"}"), 400, "malformed", "mode");
    }

    private static void assertProblem(Answer answer, int status, String kind, String field) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:swarm-ledger:problem:" + kind);
        assertThat(answer.json().get("detail").stringValue()).isNotBlank();
        assertThat(answer.json().path("field").asStringOpt().orElse(null))
                .as(answer.text())
                .isEqualTo(field);
    }
}
