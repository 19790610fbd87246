package io.swarmledger.app.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The contract's row for {@code POST /api/events}: one event and an array of them. */
class PostEventsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static HttpLedger ledger;

    private final String id = "it-" + NUMBER.incrementAndGet();

    @BeforeAll
    static void start() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    void anEventInTheSeedsShapeIsAppendedAsItIs() {
        Answer answer = ledger.post(
                "/api/events",
                """
                {"position": 777, "id": "%1$s-e", "type": "task:created", "aggregateId": "%1$s", "aggregateType": "task",
                 "version": 1, "timestamp": 1767517200030.5, "source": "agent-2",
                 "payload": {"taskId": "%1$s", "taskType": "implementation", "title": "Übersetzen", "priority": "high",
                             "dependencies": ["other"]},
                 "metadata": {"swarmId": "alpha", "nested": {"list": [1, 2.5, null, true]}},
                 "causationId": "cause", "correlationId": "run", "swarmId": "alpha", "recordedAt": 1, "recordedBy": "me"}
                """
                        .formatted(id));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json()).hasSize(1);
        JsonNode one = answer.json().get(0);
        assertThat(one.propertyNames()).containsExactlyInAnyOrder("id", "aggregateId", "version", "position");
        assertThat(one.get("id").stringValue()).isEqualTo(id + "-e");
        assertThat(one.get("version").longValue()).isEqualTo(1);
        RecordedEvent stored = history().get(0);
        assertThat(stored.position()).isEqualTo(one.get("position").longValue());
        assertThat(stored.timestamp()).isEqualTo(1767517200030.5);
        assertThat(stored.source()).isEqualTo("agent-2");
        assertThat(stored.swarmId()).isEqualTo("alpha");
        assertThat(stored.causationId()).isEqualTo("cause");
        assertThat(stored.correlationId()).isEqualTo("run");
        assertThat(stored.recordedBy()).isNull();
        assertThat(stored.recordedAt()).isGreaterThan(1);
        assertThat(Json.mapper().readTree(stored.metadata().toString()))
                .isEqualTo(Json.mapper().readTree("{\"swarmId\":\"alpha\",\"nested\":{\"list\":[1,2.5,null,true]}}"));
        JsonNode payload = payload(stored);
        assertThat(payload.get("title").stringValue()).isEqualTo("Übersetzen");
        assertThat(payload.get("createdAt").doubleValue())
                .as("a time missing in the payload is timestamp")
                .isEqualTo(1767517200030.5);
    }

    @Test
    void whatIsOptionalIsLeftOut() {
        Answer answer = post(event("agent:spawned", "\"role\":\"coder\""));

        assertThat(answer.status()).isEqualTo(201);
        RecordedEvent stored = history().get(0);
        assertThat(stored.id())
                .hasSize(36)
                .isEqualTo(answer.json().get(0).get("id").stringValue());
        assertThat(stored.source()).isEqualTo("swarm");
        assertThat(stored.aggregateType()).isEqualTo("agent");
    }

    @Test
    void anArrayIsAppendedInOrder() {
        Answer answer = post("[" + created() + "," + event("task:queued", "") + "," + started() + "]");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().valueStream().map(one -> one.get("version").longValue()))
                .containsExactly(1L, 2L, 3L);
        assertThat(history())
                .extracting(RecordedEvent::type)
                .containsExactly("task:created", "task:queued", "task:started");
    }

    @Test
    void anEmptyArrayIsAnsweredEmpty() {
        Answer answer = post("[]");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("[]");
    }

    @Test
    void theFirstRefusalStopsAnArrayNamesItsIndexAndWhatCameBeforeStays() {
        Answer answer =
                post("[" + created() + "," + started() + "," + created() + "," + event("task:queued", "") + "]");

        JsonNode problem = problem(answer, 409);
        assertThat(problem.get("rule").stringValue()).isEqualTo("TaskIsCreatedOnce");
        assertThat(problem.get("index").longValue()).isEqualTo(2);
        assertThat(problem.get("appended").valueStream().map(one -> one.get("version")
                        .longValue()))
                .containsExactly(1L, 2L);
        assertThat(history()).hasSize(2);
    }

    @Test
    void theIndexOfARefusalIsRightHoweverLongTheArray() {
        String before =
                IntStream.range(0, 300).mapToObj(i -> created(id + "-" + i)).collect(Collectors.joining(","));

        JsonNode problem = problem(post("[" + before + "," + started() + "]"), 404);

        assertThat(problem.get("index").longValue()).isEqualTo(300);
        assertThat(problem.get("appended")).hasSize(300);
    }

    @Test
    void aMalformedEventStopsAnArrayToo() {
        JsonNode problem = problem(post("[" + created() + ",{\"type\":\"task:queued\"}]"), 400);
        assertThat(problem.get("index").longValue()).isEqualTo(1);
        assertThat(problem.get("field").stringValue()).isEqualTo("aggregateId");
        assertThat(problem.get("appended")).hasSize(1);

        problem = problem(post("[" + event("task:queued", "") + ",\n  {\"type\":]"), 400);
        assertThat(problem.get("index").longValue()).isEqualTo(1);
        assertThat(problem.get("line").longValue()).isEqualTo(2);
        assertThat(problem.get("column").longValue()).isEqualTo(11);
        assertThat(problem.get("appended")).hasSize(1);
        assertThat(history()).hasSize(2);
    }

    @Test
    void withoutLeaveTheRulesDecideAndWithItTheyAreNoted() {
        assertThat(problem(post(started()), 404).get("detail").stringValue()).isEqualTo("There is no task " + id);
        assertThat(ledger.post("/api/events?mode=decide", started()).status()).isEqualTo(404);

        Answer observed = ledger.post("/api/events?mode=observe", started());

        assertThat(observed.status()).isEqualTo(201);
        assertThat(Json.mapper()
                        .readTree(history().get(0).metadata().toString())
                        .get("violations")
                        .get(0)
                        .get("rule")
                        .stringValue())
                .isEqualTo("OnlyCreatedTaskCanChange");
        assertThat(ledger.post("/api/events?mode=maybe", started()).status()).isEqualTo(422);
    }

    @Test
    void anUnknownTypeIsObservedAndNeverDecided() {
        String unknown = "{\"type\":\"weather:changed\",\"aggregateId\":\"" + id + "\",\"aggregateType\":\"task\","
                + "\"payload\":{\"sky\":[\"blue\",1.25,null]}}";

        assertThat(problem(post(unknown), 400).get("field").stringValue()).isEqualTo("type");
        assertThat(ledger.post("/api/events?mode=observe", unknown).status()).isEqualTo(201);
        assertThat(payload(history().get(0))).isEqualTo(Json.mapper().readTree("{\"sky\":[\"blue\",1.25,null]}"));
        assertThat(problem(
                                ledger.post(
                                        "/api/events?mode=observe", unknown.replace("\"aggregateType\":\"task\",", "")),
                                400)
                        .get("field")
                        .stringValue())
                .isEqualTo("aggregateType");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-snapshot", "axon:metadata", "axon:replay-token", "empty"})
    void noNameThatTheLedgerKeepsForItselfIsAnEvents(String type) {
        String event =
                "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"aggregateType\":\"agent\",\"payload\":{}}";

        assertThat(problem(ledger.post("/api/events?mode=observe", event), 400)
                        .get("field")
                        .stringValue())
                .isEqualTo("type");
    }

    @Test
    void aRetryIsAnsweredAsTheFirstTimeAndOtherContentIsAConflict() {
        String event =
                event("agent:spawned", "\"role\":\"coder\"").replace("{\"type\"", "{\"id\":\"" + id + "-e\",\"type\"");
        Answer first = post(event);

        assertThat(first.status()).isEqualTo(201);
        assertThat(post(event).text()).isEqualTo(first.text());
        assertThat(post("[" + event + "]").text()).isEqualTo(first.text());
        assertThat(problem(post(event.replace("coder", "tester")), 409)
                        .get("takenBy")
                        .get("aggregateId")
                        .stringValue())
                .isEqualTo(id);
        assertThat(history()).hasSize(1);
    }

    @Test
    void theIdempotencyKeyBecomesTheId() {
        Answer one = ledger.post("/api/events", created(), "Idempotency-Key", id + "-key");
        String array = "[" + event("task:queued", "") + "," + started() + "]";
        Answer many = ledger.post("/api/events", array, "Idempotency-Key", id + "-keys");

        assertThat(ids(one)).containsExactly(id + "-key");
        assertThat(ids(many)).containsExactly(id + "-keys-0", id + "-keys-1");
        assertThat(ledger.post("/api/events", created(), "Idempotency-Key", id + "-key")
                        .text())
                .isEqualTo(one.text());
        assertThat(ledger.post("/api/events", array, "Idempotency-Key", id + "-keys")
                        .text())
                .isEqualTo(many.text());
        assertThat(history()).hasSize(3);
        assertThat(problem(ledger.post("/api/events", created(), "Idempotency-Key", "no id!"), 400)
                        .get("field")
                        .stringValue())
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void anArrayThatStoppedHalfWayIsSentAgainWithItsKeyOnceTheRestIsPossible() {
        String array = "[" + created() + "," + event("agent:started", "").replace(id, id + "-agent") + "]";
        String[] key = {"Idempotency-Key", id + "-key"};

        JsonNode stopped = problem(ledger.post("/api/events", array, key), 404);
        post(event("agent:spawned", "\"role\":\"coder\"").replace(id, id + "-agent"));
        Answer again = ledger.post("/api/events", array, key);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().get(0)).isEqualTo(stopped.get("appended").get(0));
        assertThat(history()).hasSize(1);
    }

    @Test
    void ifMatchIsTheVersionThatTheAggregateMustBeAt() {
        post(created());

        JsonNode problem = problem(ledger.post("/api/events", started(), "If-Match", "4"), 409);
        assertThat(problem.get("currentVersion").longValue()).isEqualTo(1);
        assertThat(ledger.post("/api/events", started(), "If-Match", "1").status())
                .isEqualTo(201);
        assertThat(problem(ledger.post("/api/events", event("task:completed", ""), "If-Match", "\"1\""), 409)
                        .get("currentVersion")
                        .longValue())
                .isEqualTo(2);
        assertThat(ledger.post("/api/events", event("task:completed", ""), "If-Match", "\"2\"")
                        .status())
                .isEqualTo(201);
        assertThat(problem(ledger.post("/api/events", started(), "If-Match", "*"), 400)
                        .get("field")
                        .stringValue())
                .isEqualTo("If-Match");
    }

    @Test
    void theVersionOfAnEventIsTheOneThatItIsToBecome() {
        assertThat(post(withVersion(created(), 1)).status()).isEqualTo(201);

        assertThat(problem(post(withVersion(started(), 1)), 409)
                        .get("currentVersion")
                        .longValue())
                .isEqualTo(1);
        JsonNode stopped = problem(
                post("[" + withVersion(event("task:queued", ""), 2) + "," + withVersion(started(), 4) + "]"), 409);
        assertThat(stopped.get("index").longValue()).isEqualTo(1);
        assertThat(stopped.get("currentVersion").longValue()).isEqualTo(2);
        assertThat(post(withVersion(started(), 3)).status()).isEqualTo(201);
        assertThat(problem(post(withVersion(started(), 0)), 422).get("field").stringValue())
                .isEqualTo("version");
        assertThat(problem(ledger.post("/api/events", withVersion(started(), 4), "If-Match", "1"), 400)
                        .get("field")
                        .stringValue())
                .isEqualTo("version");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            aggregateType | {"type":"task:created","aggregateId":"x","aggregateType":"agent","payload":{"title":"t"}}
            taskId        | {"type":"task:created","aggregateId":"x","payload":{"taskId":"y","title":"t"}}
            swarmId       | {"type":"task:created","aggregateId":"x","swarmId":"a","payload":{"title":"t"}}
            """)
    void whatDoesNotAgreeIsRefused(String field, String event) {
        assertThat(problem(post(event), 400).get("field").stringValue()).isEqualTo(field);
        assertThat(ledger.post("/api/events?mode=observe", event).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            tipe                 | 400 | {"tipe":"task:created"}
            type                 | 400 | {"aggregateId":"x","payload":{}}
            payload              | 400 | {"type":"task:created","aggregateId":"x"}
            payload              | 400 | {"type":"task:created","aggregateId":"x","payload":[]}
            payload.titel        | 400 | {"type":"task:created","aggregateId":"x","payload":{"titel":"t"}}
            payload.title        | 400 | {"type":"task:created","aggregateId":"x","payload":{"title":1}}
            payload.dependencies[1] | 400 | {"type":"task:created","aggregateId":"x","payload":{"dependencies":["a",{}]}}
            payload.createdAt    | 400 | {"type":"task:created","aggregateId":"x","payload":{"createdAt":"now"}}
            priority             | 400 | {"type":"task:created","aggregateId":"x","payload":{"priority":"asap"}}
            size                 | 422 | {"type":"memory:stored","aggregateId":"x","payload":{"namespace":"n","key":"k","size":-1}}
            aggregateId          | 400 | {"type":"task:created","aggregateId":"a b","payload":{}}
            aggregateId          | 400 | {"type":"task:created","aggregateId":5,"payload":{}}
            id                   | 400 | {"id":"a/b","type":"task:created","aggregateId":"x","payload":{"title":"t"}}
            metadata             | 400 | {"type":"task:created","aggregateId":"x","payload":{},"metadata":"m"}
            metadata.ledger.x    | 400 | {"type":"task:created","aggregateId":"x","payload":{},"metadata":{"ledger.x":1}}
            timestamp            | 400 | {"type":"task:created","aggregateId":"x","payload":{},"timestamp":"2026"}
            version              | 400 | {"type":"task:created","aggregateId":"x","payload":{},"version":1.5}
            source               | 400 | {"type":"task:created","aggregateId":"x","payload":{},"source":"a\\nb"}
            """)
    void whatIsMalformedIsRefusedNamingTheField(String field, int status, String event) {
        assertThat(problem(post(event), status).get("field").stringValue()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "nonsense",
                "5",
                "[5]",
                "[[]]",
                "{} {}",
                "[] []",
                "{\"type\":\"a\",\"type\":\"b\"}",
                "{\"type\":\"\\ud800\"}",
                "{\"payload\":{\"x\":1e999999}}",
                "{\"payload\":{\"x\":-1e999999}}",
                "{\"payload\":{\"x\":NaN}}"
            })
    void whatIsNoJsonIsRefusedWithLineAndColumn(String body) {
        JsonNode problem = problem(post(body), 400);

        assertThat(problem.get("line").intValue()).isEqualTo(1);
        assertThat(problem.get("column").intValue()).isPositive();
        assertThat(problem.get("detail").stringValue()).doesNotContain("Jackson", "StreamRead", "Source");
    }

    @Test
    void whatIsTooDeepOrHasTooManyNamesIsRefused() {
        String deep = "{\"payload\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        String wide = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"" + i + "\":0")
                .collect(Collectors.joining(",", "{\"payload\":{", "}}"));

        assertThat(problem(post(deep), 400).get("detail").stringValue()).contains("depth");
        assertThat(problem(post(wide), 400).get("detail").stringValue()).contains("10000 names");
    }

    @Test
    void anEventThatIsTooLargeIsRefusedWherever() {
        String large = event("agent:failed", "\"error\":\"" + "x".repeat(1_100_000) + "\"");

        JsonNode stopped = problem(post("[" + event("agent:spawned", "\"role\":\"coder\"") + "," + large + "]"), 413);
        assertThat(stopped.get("index").longValue()).isEqualTo(1);
        assertThat(stopped.get("appended")).hasSize(1);
        assertThat(problem(post(large), 413).get("detail").stringValue()).contains("max-event-size");
        assertThat(problem(post(event("agent:failed", "\"error\":\"" + "x".repeat(2_900_000) + "\"")), 413)
                        .get("detail")
                        .stringValue())
                .contains("max-event-size");
    }

    @Test
    void anArrayHasAnEndAndLinesHaveNot() {
        String many = IntStream.range(0, 10_001)
                .mapToObj(i -> event("agent:spawned", "\"role\":\"coder\"").replace(id, id + "-" + i))
                .collect(Collectors.joining(",", "[", "]"));

        JsonNode problem = problem(post(many), 413);

        assertThat(problem.get("index").longValue()).isEqualTo(10_000);
        assertThat(problem.get("appended")).hasSize(10_000);
    }

    @Test
    void anotherMediaTypeIsRefused() {
        assertThat(ledger.send(ledger.request("/api/events", "Content-Type", "text/plain")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(created())))
                        .status())
                .isEqualTo(415);
    }

    private Answer post(String body) {
        return ledger.post("/api/events", body);
    }

    private String event(String type, String payload) {
        return "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"payload\":{" + payload + "}}";
    }

    private String created() {
        return created(id);
    }

    private static String created(String id) {
        return "{\"type\":\"task:created\",\"aggregateId\":\"" + id
                + "\",\"payload\":{\"taskType\":\"t\",\"title\":\"t\"}}";
    }

    private String started() {
        return event("task:started", "\"agentId\":\"agent-1\"");
    }

    private static String withVersion(String event, long version) {
        return event.replace("{\"type\"", "{\"version\":" + version + ",\"type\"");
    }

    private static JsonNode problem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
        return answer.json();
    }

    private static List<String> ids(Answer answer) {
        return answer.json()
                .valueStream()
                .map(one -> one.get("id").stringValue())
                .toList();
    }

    private static JsonNode payload(RecordedEvent event) {
        return Json.mapper().readTree(event.payload().toString());
    }

    private List<RecordedEvent> history() {
        return Logged.of(ledger, FindEvents.of(id));
    }
}
