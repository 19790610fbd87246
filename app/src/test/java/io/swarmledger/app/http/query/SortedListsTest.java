package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/** Lists in every order that they can have, page by page, and as files. */
class SortedListsTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        long seed = System.nanoTime();
        System.out.println("Seed of the lists: " + seed);
        Random random = new Random(seed);
        ledger = HttpLedger.inMemory();
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            String agent = "agent-" + i;
            event(
                    events,
                    "agent",
                    agent,
                    "agent:spawned",
                    random,
                    "\"role\":\"" + oneOf(random, "coder", "tester") + "\",\"domain\":\"core\",\"capabilities\":[]");
            for (int call = random.nextInt(3); call > 0; call--) {
                event(
                        events,
                        "agent",
                        agent,
                        "agent:model-called",
                        random,
                        "\"model\":\"m\",\"callId\":\"c\"," + "\"inputTokens\":" + random.nextInt(3)
                                + ",\"outputTokens\":" + random.nextInt(3));
                event(events, "agent", agent, "agent:failed", random, "\"error\":\"=boom, \\\"it\\\" said\"");
            }
            String task = "task-" + i;
            event(
                    events,
                    "task",
                    task,
                    "task:created",
                    random,
                    "\"taskType\":\"" + oneOf(random, "build", "test")
                            + "\",\"title\":\"" + oneOf(random, "=1+2", "Write, \\\"it\\\"\\nover two lines", "ä", "")
                            + "\",\"priority\":\"" + oneOf(random, "low", "medium", "high", "critical", "odd")
                            + "\",\"dependencies\":[\"task-0\"]");
            if (random.nextBoolean()) {
                event(events, "task", task, "task:started", random, "\"agentId\":\"" + agent + "\"");
                event(events, "task", task, "task:completed", random, "\"duration\":" + random.nextInt(4) + ".5");
            }
            String memory = "memory-" + i;
            event(
                    events,
                    "memory",
                    memory,
                    "memory:stored",
                    random,
                    "\"namespace\":\"" + oneOf(random, "a", "b")
                            + "\",\"key\":\"key" + random.nextInt(5) + "\",\"memoryType\":\"semantic\",\"size\":"
                            + random.nextInt(4));
            if (random.nextBoolean()) {
                event(events, "memory", memory, "memory:retrieved", random, "\"namespace\":\"a\",\"key\":\"k\"");
            }
        }
        Answer answer = ledger.post("/api/events?mode=observe", "[" + String.join(",", events) + "]");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        for (String list : List.of("agents", "tasks", "memories")) {
            ledger.get("/api/" + list + "?minPosition=" + events.size());
        }
    }

    private static String oneOf(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static void event(List<String> events, String kind, String id, String type, Random random, String payload) {
        double time = 1_767_517_201_000.0 + random.nextInt(1_000_000) / 1_000.0;
        events.add("{\"aggregateId\":\"" + id + "\",\"type\":\"" + type + "\",\"timestamp\":" + time + ",\"source\":\""
                + id + "\",\"payload\":{\"" + kind + "Id\":\"" + id + "\"," + payload + "}}");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @ParameterizedTest
    @CsvSource({
        "agents,id",
        "agents,role",
        "agents,status",
        "agents,domain",
        "agents,currentTask",
        "agents,taskCount",
        "agents,failedTasks",
        "agents,errorCount",
        "agents,toolCalls",
        "agents,tokens",
        "agents,spawnedAt",
        "agents,lastActivityAt",
        "agents,lastHeardAt",
        "tasks,id",
        "tasks,title",
        "tasks,status",
        "tasks,priority",
        "tasks,agent",
        "tasks,type",
        "tasks,createdAt",
        "tasks,duration",
        "tasks,retryCount",
        "memories,id",
        "memories,key",
        "memories,namespace",
        "memories,type",
        "memories,size",
        "memories,accessCount",
        "memories,storedAt",
        "memories,lastAccessedAt"
    })
    void aListIsInTheOrderThatIsAskedForAndItsPagesAreOneBehindTheOther(String list, String field) {
        List<JsonNode> byId = all(list, "id");
        for (boolean isDescending : List.of(false, true)) {
            List<JsonNode> sorted = all(list, (isDescending ? "-" : "") + field);
            List<JsonNode> expected = new ArrayList<>(byId);
            expected.sort((one, other) -> compare(one, other, field, isDescending));
            assertThat(sorted).as("%s %s", list, field).hasSize(23).isEqualTo(expected);
            assertThat(new HashSet<>(sorted)).hasSize(23);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(JsonNode one, JsonNode other, String field, boolean isDescending) {
        Comparable of = keyOf(one, field);
        Comparable ofOther = keyOf(other, field);
        int order = of == null || ofOther == null
                ? Boolean.compare(of == null, ofOther == null)
                : isDescending ? ofOther.compareTo(of) : of.compareTo(ofOther);
        return order != 0
                ? order
                : one.get("id").asString().compareTo(other.get("id").asString());
    }

    @SuppressWarnings("rawtypes")
    private static Comparable keyOf(JsonNode item, String field) {
        JsonNode value =
                switch (field) {
                    case "agent" -> item.path("assignedAgent");
                    case "tokens" -> Json.mapper()
                            .valueToTree(Math.addExact(
                                    item.path("inputTokens").asLong(),
                                    item.path("outputTokens").asLong()));
                    case "failedTasks" -> Json.mapper()
                            .valueToTree(item.path("failedTasks").size());
                    default -> item.path(field);
                };
        if (field.equals("priority")) {
            int urgency = List.of("low", "medium", "high", "critical").indexOf(value.asString());
            return urgency < 0 ? null : urgency;
        }
        return value.isNumber() ? value.asDouble() : value.isString() ? (Comparable) value.asString() : null;
    }

    private static List<JsonNode> all(String list, String sort) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = null;
        do {
            Answer answer = ledger.get("/api/" + list + "?limit=4&sort=" + sort
                    + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode page = answer.json();
            page.get("items").forEach(items::add);
            cursor = page.path("next").asString(null);
        } while (cursor != null);
        return items;
    }

    @Test
    void whatNoListIsSortedByIsRefusedWithWhatItCanBe() {
        Answer refused = ledger.get("/api/agents?sort=colour");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("field").asString()).isEqualTo("sort");
        assertThat(refused.text()).contains("errorCount", "lastActivityAt");
        String cursor =
                ledger.get("/api/agents?limit=2&sort=role").json().path("next").asString();
        assertThat(ledger.get("/api/agents?sort=-role&cursor=" + cursor).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"hot", "cold"})
    void memoriesByTheirReadsComePageByPageTooWhereTheirTimesHaveFractions(String list) {
        List<String> whole = ids(ledger.get("/api/memories/" + list).json());
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    ledger.get("/api/memories/" + list + "?limit=4" + cursor).json();
            paged.addAll(ids(page));
            cursor = page.path("next").isString()
                    ? "&cursor=" + page.path("next").asString()
                    : null;
        } while (cursor != null);
        assertThat(paged).hasSize(23).isEqualTo(whole);
    }

    private static List<String> ids(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"agents,-tokens", "tasks,priority", "memories,-size", "events,"})
    void aListIsAFileOfAllOfIt(String list, String sort) {
        String order = sort == null ? "" : "&sort=" + sort;
        List<JsonNode> items = new ArrayList<>();
        ledger.get("/api/" + list + "?limit=1000" + order).json().get("items").forEach(items::add);

        Answer lines = ledger.get("/api/" + list + "/export?format=ndjson" + order);
        assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(lines.header("Content-Disposition")).contains(list + ".ndjson");
        assertThat(lines.text().lines().map(line -> Json.mapper().readTree(line)))
                .isEqualTo(items);

        Answer table = ledger.get("/api/" + list + "/export?format=csv" + order);
        assertThat(table.header("Content-Type")).startsWith("text/csv");
        List<String[]> rows = rows(table.text());
        assertThat(rows).hasSize(items.size() + 1);
        List<String> columns = List.of(rows.get(0));
        assertThat(columns)
                .as("every field")
                .containsExactlyElementsOf(items.get(0).propertyNames());
        for (int i = 0; i < items.size(); i++) {
            for (int column = 0; column < columns.size(); column++) {
                JsonNode value = items.get(i).get(columns.get(column));
                String cell = rows.get(i + 1)[column];
                if (value.isObject()) {
                    assertThat(Json.mapper().readTree(cell)).isEqualTo(value);
                } else if (value.isNumber()) {
                    assertThat(Double.valueOf(cell)).as(columns.get(column)).isEqualTo(value.doubleValue());
                } else {
                    assertThat(cell).as(columns.get(column)).isEqualTo(cell(value));
                }
            }
        }
    }

    private static String cell(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isString()) {
            return value.asString().startsWith("=") ? "'" + value.asString() : value.asString();
        }
        return Json.mapper().writeValueAsString(value);
    }

    private static List<String[]> rows(String text) {
        try (MappingIterator<String[]> rows = new CsvMapper()
                .readerFor(String[].class)
                .with(CsvReadFeature.WRAP_AS_ARRAY)
                .readValues(text)) {
            return rows.readAll();
        }
    }

    @Test
    void aFileHasTheFiltersOfItsListAndMayBeEmpty() {
        assertThat(ledger.get("/api/tasks/export?status=completed").text().lines())
                .hasSameSizeAs(ledger.get("/api/tasks?status=completed").json().get("items"))
                .allMatch(line -> line.contains("\"status\":\"completed\""));
        assertThat(ledger.get("/api/events/export?type=memory:deleted").text()).isEmpty();
        assertThat(ledger.get("/api/events/export?type=memory:deleted&format=csv")
                        .text())
                .startsWith("position,id,type")
                .hasLineCount(1);
        assertThat(ledger.get("/api/tasks/export?status=nonsense").status()).isEqualTo(422);
        assertThat(ledger.get("/api/tasks/export?format=xls").status()).isEqualTo(422);
        assertThat(ledger.get("/api/tasks/export?limit=5").status()).isEqualTo(400);
    }
}
