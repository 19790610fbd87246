package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a number leads to is what it counted, whatever has happened since. */
class EvidenceReadsTest {

    private static final int ROUNDS = 4;
    private static final int THINGS = 6;

    private static HttpLedger ledger;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private long head;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void whatHappensBetweenANumberAndItsEvidenceIsNotInIt() {
        for (int round = 0; round < ROUNDS; round++) {
            happen(20);
            for (String swarm : List.of("", "&swarmId=alpha", "&swarmId=beta")) {
                JsonNode tasks = number("/api/tasks/statistics", swarm);
                JsonNode agents = number("/api/agents/metrics", swarm);
                JsonNode spaces = number("/api/memories/namespaces", swarm);
                happen(10);
                requireTasks(tasks);
                requireAgents(agents);
                requireNamespaces(spaces);
            }
        }
    }

    @Test
    void whatAPageShowsLeadsToTheSame() {
        happen(40);
        post(line("memory:stored", "of-alpha-alone", "alpha"));
        for (String swarm : List.of("", "alpha")) {
            double size = number("/api/memories/namespaces", swarm.isEmpty() ? "" : "&swarmId=" + swarm)
                    .at("/items/0/size")
                    .doubleValue();
            number("/api/agents/metrics", "");
            number("/api/tasks/statistics", "");
            String agents = page("/agents/metrics", swarm);
            String tasks = page("/tasks/later", swarm);
            String memory = page("/memory", swarm);
            happen(20);
            requireShown(agents, "field=spawnedAt", false);
            requireShown(agents, "field=taskCount", true);
            requireShown(agents, "field=errorCount", true);
            requireShown(tasks, "field=createdAt", false);
            assertThat(sum(items(links(memory, "field=size").get(0).address()), one -> one.get("value")
                            .doubleValue()))
                    .as("seed %d", seed)
                    .isEqualTo(size);
        }
    }

    private JsonNode number(String path, String swarm) {
        Answer answer = ledger.get(path + "?evidence=true&minPosition=" + head + swarm);
        assertThat(answer.status()).as("seed %d: %s", seed, answer.text()).isEqualTo(200);
        assertThat(answer.json().get("position").longValue()).isGreaterThanOrEqualTo(head);
        return answer.json();
    }

    private static String page(String path, String swarm) {
        Answer page = ledger.get(path + "?swarmId=" + swarm);
        assertThat(page.status()).isEqualTo(200);
        return page.text();
    }

    private void requireTasks(JsonNode tasks) {
        requireSame(tasks, "total", "/total", EvidenceReadsTest::one);
        tasks.get("byStatus")
                .propertyNames()
                .forEach(status ->
                        requireSame(tasks, "byStatus." + status, "/byStatus/" + status, EvidenceReadsTest::one));
        List<JsonNode> timed = evidence(tasks, "averageDuration").stream()
                .filter(one -> one.get("value").isNumber())
                .toList();
        assertThat(timed.isEmpty() ? 0 : sum(timed, one -> one.get("value").doubleValue()) / timed.size())
                .as("seed %d: %s", seed, tasks)
                .isEqualTo(tasks.get("averageDuration").asDouble(0));
    }

    private void requireAgents(JsonNode agents) {
        requireSame(agents, "total", "/total", EvidenceReadsTest::one);
        agents.get("byStatus")
                .propertyNames()
                .forEach(status ->
                        requireSame(agents, "byStatus." + status, "/byStatus/" + status, EvidenceReadsTest::one));
        for (String field : List.of("completedTasks", "failedTasks", "errors")) {
            requireSame(agents, field, "/" + field, one -> one.get("events").size());
        }
        requireSame(agents, "totalTaskDuration", "/totalTaskDuration", one -> one.get("value")
                .doubleValue());
    }

    private void requireNamespaces(JsonNode spaces) {
        spaces.get("items").forEach(space -> {
            List<JsonNode> memories = evidence(spaces, space.get("namespace").stringValue());
            assertThat(memories)
                    .as("seed %d: %s", seed, spaces)
                    .hasSize(space.get("count").intValue());
            assertThat(sum(memories, one -> one.get("value").doubleValue()))
                    .as("seed %d: %s", seed, spaces)
                    .isEqualTo(space.get("size").doubleValue());
        });
    }

    private static double one(JsonNode evidence) {
        return 1;
    }

    private void requireSame(JsonNode numbers, String link, String number, ToDoubleFunction<JsonNode> adds) {
        assertThat(sum(evidence(numbers, link), adds))
                .as("seed %d: %s of %s", seed, link, numbers)
                .isEqualTo(numbers.at(number).doubleValue());
    }

    private List<JsonNode> evidence(JsonNode numbers, String link) {
        String address = numbers.get("evidence").get(link).stringValue();
        assertThat(address).contains("position=" + numbers.get("position"));
        return items(address);
    }

    private record Shown(String address, String shown) {}

    private static List<Shown> links(String page, String field) {
        List<Shown> links = new ArrayList<>();
        Matcher link = Pattern.compile("href=\"(/evidence[^\"]*" + field + "[^\"]*)\"[^>]*>([^<]*)<")
                .matcher(page);
        while (link.find()) {
            links.add(new Shown("/api" + link.group(1).replace("&amp;", "&"), link.group(2)));
        }
        assertThat(links).as("%s: %s", field, page).isNotEmpty();
        return links;
    }

    private void requireShown(String page, String field, boolean isOfEvents) {
        Shown link = links(page, field).get(0);
        assertThat(sum(
                        items(link.address()),
                        isOfEvents ? one -> one.get("events").size() : one -> 1))
                .as("seed %d: %s", seed, link)
                .isEqualTo(Double.parseDouble(link.shown()));
    }

    private static double sum(List<JsonNode> evidence, ToDoubleFunction<JsonNode> adds) {
        return evidence.stream().mapToDouble(adds).sum();
    }

    private static List<JsonNode> items(String address) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Answer answer = ledger.get(address + "&limit=3" + cursor);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answer.json().get("items").forEach(items::add);
            JsonNode next = answer.json().get("next");
            cursor = next.isNull() ? null : "&cursor=" + URLEncoder.encode(next.stringValue(), StandardCharsets.UTF_8);
        }
        return items;
    }

    private void happen(int events) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < events; i++) {
            String id = String.valueOf(random.nextInt(THINGS));
            String type = List.copyOf(PAYLOADS.keySet()).get(random.nextInt(PAYLOADS.size()));
            String swarm = random.nextBoolean() ? "alpha" : "beta";
            lines.append(line(type, id, swarm));
        }
        post(lines.toString());
    }

    private String line(String type, String id, String swarm) {
        String payload = PAYLOADS.get(type).formatted(id, random.nextInt(1_000));
        return """
                {"type":"%s","aggregateId":"%s-%s","payload":%s,"metadata":{"swarmId":"%s"}}
                """
                .formatted(type, type.substring(0, type.indexOf(':')), id, payload, swarm);
    }

    private void post(String lines) {
        Answer answer = ledger.send(ledger.request("/api/events?mode=observe")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)));
        assertThat(answer.status()).as("seed %d: %s", seed, answer.text()).isEqualTo(201);
        String last = answer.text().strip();
        Matcher position = Pattern.compile("\"position\":(\\d+)").matcher(last.substring(last.lastIndexOf('\n') + 1));
        assertThat(position.find()).isTrue();
        head = Long.parseLong(position.group(1));
    }

    private static final Map<String, String> PAYLOADS = Map.of(
            "task:created", "{\"title\":\"of %s\",\"taskType\":\"code\"}",
            "task:started", "{\"agentId\":\"agent-%s\"}",
            "task:completed", "{\"result\":\"%s\",\"duration\":%d}",
            "task:failed", "{\"error\":\"of %s\"}",
            "agent:spawned", "{\"role\":\"coder\",\"domain\":\"of %s\"}",
            "agent:task-completed", "{\"taskId\":\"task-%s\",\"duration\":%d}",
            "agent:failed", "{\"error\":\"of %s\"}",
            "memory:stored", "{\"namespace\":\"notes\",\"key\":\"%s\",\"memoryType\":\"text\",\"size\":%d}",
            "memory:deleted", "{\"namespace\":\"notes\",\"key\":\"%s\"}");
}
