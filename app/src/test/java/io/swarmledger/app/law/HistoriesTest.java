package io.swarmledger.app.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.view.NaiveViews;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Positions;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One truth, whichever way it is asked: whatever happened, the lists, the state of everything then, that of one aggregate,
 * the difference between two moments, the numbers, the events behind them, the stream and the pages say what a retelling
 * says that shares no code with any of them. {@code -Dhistories.seeds=20} tries more histories, {@code
 * -Dhistories.seed=…} one again.
 */
class HistoriesTest {

    private static final int SEEDS = Integer.getInteger("histories.seeds", 3);
    private static final int EVENTS = Integer.getInteger("histories.events", 240);
    private static final double TOLERANCE_MS = 3_600_000;
    private static final Map<String, String> LISTS =
            new TreeMap<>(Map.of("agent", "agents", "task", "tasks", "memory", "memories", "swarm", "swarms"));

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TempDir
    static Path directory;

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @TestFactory
    Stream<DynamicTest> allAnswersAgree() {
        Long given = Long.getLong("histories.seed");
        return (given != null ? Stream.of(given) : new Random().longs(SEEDS).boxed())
                .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Round(seed).run()));
    }

    /** One history more in the ledger, and every question about all that is in it by then. */
    private static final class Round {

        private final String seed;
        private final Random random;
        private final RandomEvents events;
        private final String prefix;
        private final List<JsonNode> posted = new ArrayList<>();
        private List<JsonNode> log = List.of();

        Round(long seed) {
            this.seed = "seed " + seed;
            this.random = new Random(seed);
            this.prefix = "s" + Long.toHexString(seed) + "-";
            this.events = new RandomEvents(random, prefix, System.currentTimeMillis() - 7_200_000);
        }

        void run() throws Exception {
            importSome();
            postSome();
            read();
            requireWhatWasPosted();
            requireSwarms();
            requireStats();
            requireStream();
            requireAt();
            int head = log.size();
            Map<String, Map<String, JsonNode>> now = told(head);
            requireLists(now);
            requireNumbers(now);
            requireChecks();
            for (int i = 0; i < 4; i++) {
                int position = i == 0 ? head : random.nextInt(head + 1);
                requireState(position);
                requireEvidence(position);
                requirePage(position);
                requireDifference(random.nextInt(position + 1), position);
            }
            for (int i = 0; i < 8; i++) {
                requireAggregate(log.get(random.nextInt(head)));
            }
        }

        private void importSome() throws Exception {
            Map<String, Integer> versions = new HashMap<>();
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < EVENTS / 2; i++) {
                ObjectNode event = events.next(true);
                posted.add(event);
                ObjectNode line = event.deepCopy();
                String id = event.get("aggregateId").stringValue();
                line.put("version", versions.merge(id, 1, Integer::sum));
                line.put("source", "swarm");
                if (!line.has("metadata")) {
                    line.putObject("metadata");
                }
                lines.append(line).append('\n');
            }
            Path file = Files.writeString(directory.resolve(prefix + "history.ndjson"), lines);
            new Import(ledger.bean(LogFile.class), AggregateTypes.ofLedger().storedTypes())
                    .from(file, Optional.empty(), (done, total) -> {});
        }

        private void postSome() {
            for (int i = 0; i < EVENTS / 2; ) {
                int size = 1 + random.nextInt(20);
                List<JsonNode> batch = new ArrayList<>();
                for (int j = 0; j < size; j++, i++) {
                    batch.add(events.next(false));
                }
                if (size == 1) {
                    decide(batch.get(0));
                } else {
                    observe(batch);
                    posted.addAll(batch);
                }
                if (random.nextInt(3) == 0) {
                    observe(List.of(batch.get(random.nextInt(size))).stream()
                            .filter(posted::contains)
                            .toList());
                }
            }
        }

        private void observe(List<JsonNode> batch) {
            if (batch.isEmpty()) {
                return;
            }
            String lines = batch.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
            Answer answer = ledger.send(ledger.request("/api/events?mode=observe")
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines)));
            assertThat(answer.status()).as("%s: %s", seed, answer.text()).isEqualTo(201);
            assertThat(answer.text().lines()).as("%s: %s", seed, answer.text()).hasSize(batch.size());
            assertThat(answer.text()).as(seed).doesNotContain("\"status\"");
        }

        private void decide(JsonNode event) {
            Answer answer = ledger.post("/api/events", event.toString());
            assertThat(answer.status()).as("%s: %s", seed, answer.text()).isIn(201, 400, 404, 409);
            if (answer.status() == 201) {
                posted.add(event);
            }
        }

        /** The whole log, as it is shown; views and index have seen it by then. */
        private void read() {
            Positions positions = ledger.bean(Positions.class);
            long head = positions.of(LedgerQuery.LOG);
            ReadModels.ofLedger().projections().forEach(name -> positions.await(name, head, Duration.ofSeconds(60)));
            positions.await(LedgerQuery.TIME_TRAVEL, head, Duration.ofSeconds(60));
            log = items("/api/events?limit=10000");
            assertThat(log)
                    .as(seed)
                    .extracting(event -> event.get("position").longValue())
                    .isSorted();
            assertThat(log.get(log.size() - 1).get("position").longValue())
                    .as(seed)
                    .isEqualTo(log.size());
        }

        private void requireWhatWasPosted() {
            List<JsonNode> own = log.stream()
                    .filter(event -> event.get("id").stringValue().startsWith(prefix))
                    .toList();
            assertThat(own).as(seed).hasSameSizeAs(posted);
            for (int i = 0; i < own.size(); i++) {
                JsonNode shown = own.get(i);
                JsonNode given = posted.get(i);
                for (String field : List.of("id", "type", "aggregateId", "timestamp")) {
                    if (given.has(field)) {
                        assertThat(text(shown.get(field)))
                                .as("%s: %s", seed, shown)
                                .isEqualTo(text(given.get(field)));
                    }
                }
                given.get("payload").properties().forEach(field -> assertThat(
                                text(shown.at("/payload").get(field.getKey())))
                        .as("%s: %s of %s", seed, field.getKey(), shown)
                        .isEqualTo(text(field.getValue())));
            }
        }

        /** As it is written, but for a time: that is a number. */
        private static String text(JsonNode value) {
            return value == null
                    ? "nothing"
                    : value.isNumber() ? value.decimalValue().toPlainString() : value.toString();
        }

        private void requireSwarms() {
            Map<String, String> first = new HashMap<>();
            Map<String, Integer> versions = new HashMap<>();
            for (JsonNode event : log) {
                String id = event.get("aggregateId").stringValue();
                String type = event.get("aggregateType").stringValue();
                String named = event.at("/metadata/swarmId").asString("");
                String expected =
                        !named.isEmpty() ? named : first.getOrDefault(id, type.equals("swarm") ? id : "swarm");
                first.putIfAbsent(id, expected);
                assertThat(event.get("swarmId").stringValue())
                        .as("%s: %s", seed, event)
                        .isEqualTo(expected);
                assertThat(event.get("version").intValue())
                        .as("%s: %s", seed, event)
                        .isEqualTo(versions.merge(id, 1, Integer::sum));
            }
        }

        private Set<String> swarms() {
            return log.stream()
                    .map(event -> event.get("swarmId").stringValue())
                    .filter(swarm -> swarm.equals("swarm") || swarm.startsWith(prefix))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private void requireStats() {
            requireStats("/api/stats?top=100000", log);
            for (String swarm : swarms()) {
                requireStats("/api/stats?top=100000&swarmId=" + encoded(swarm), of(swarm));
            }
        }

        private List<JsonNode> of(String swarm) {
            return log.stream()
                    .filter(event -> event.get("swarmId").stringValue().equals(swarm))
                    .toList();
        }

        private void requireStats(String path, List<JsonNode> events) {
            JsonNode stats = json(path);
            assertThat(stats.get("totalEvents").intValue())
                    .as("%s: %s", seed, path)
                    .isEqualTo(events.size());
            assertThat(counts(stats.get("eventsByType")))
                    .as("%s: %s", seed, path)
                    .isEqualTo(counted(events, "type"));
            assertThat(counts(stats.get("eventsByAggregate")))
                    .as("%s: %s", seed, path)
                    .isEqualTo(counted(events, "aggregateId"));
        }

        private static Map<String, Long> counted(List<JsonNode> events, String field) {
            return events.stream()
                    .collect(Collectors.groupingBy(
                            event -> event.get(field).stringValue(), TreeMap::new, Collectors.counting()));
        }

        private static Map<String, Long> counts(JsonNode json) {
            Map<String, Long> counts = new TreeMap<>();
            json.properties()
                    .forEach(one -> counts.put(one.getKey(), one.getValue().longValue()));
            counts.values().removeIf(count -> count == 0);
            return counts;
        }

        private void requireStream() throws Exception {
            requireStream("/api/events/stream", log);
            for (String swarm : swarms()) {
                requireStream("/api/events/stream?swarmId=" + encoded(swarm), of(swarm));
            }
        }

        private void requireStream(String path, List<JsonNode> events) throws Exception {
            long begun = System.nanoTime();
            var response =
                    HttpClient.newHttpClient().send(ledger.request(path).GET().build(), BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                Iterator<String> datas = lines.filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring(5).strip())
                        .iterator();
                for (JsonNode event : events) {
                    assertThat(EXACT.readTree(datas.next()))
                            .as("%s: %s", seed, path)
                            .isEqualTo(event);
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("%s: %s, and not with the next heartbeat", seed, path)
                    .isLessThan(Duration.ofSeconds(12));
        }

        /** The highest position up to which no event is later, as far as times can be believed. */
        private void requireAt() {
            double believed = Double.NEGATIVE_INFINITY;
            double latest = Double.NEGATIVE_INFINITY;
            List<Double> latestUpTo = new ArrayList<>();
            for (JsonNode event : log) {
                double time = event.get("timestamp").doubleValue();
                if (time >= 0 && time <= event.get("recordedAt").doubleValue() + TOLERANCE_MS) {
                    believed = time;
                }
                latest = Math.max(latest, believed);
                latestUpTo.add(latest);
            }
            for (int i = 0; i < 6; i++) {
                double chosen = latestUpTo.get(random.nextInt(log.size()));
                long at = i == 0 ? System.currentTimeMillis() + 1_000 : (long) Math.floor(Math.max(0, chosen));
                long expected = latestUpTo.stream().filter(time -> time <= at).count();
                assertThat(json("/api/state?limit=1&at=" + at).get("position").longValue())
                        .as("%s, at %d", seed, at)
                        .isEqualTo(expected);
            }
        }

        /** What the first events of the log make of everything: type, then id. */
        private Map<String, Map<String, JsonNode>> told(int position) {
            NaiveViews views = new NaiveViews();
            for (JsonNode event : log.subList(0, position)) {
                views.tell(
                        event.get("aggregateId").stringValue(),
                        event.get("type").stringValue(),
                        event.get("payload").toString(),
                        event.get("timestamp").doubleValue(),
                        event.get("swarmId").stringValue());
            }
            Map<String, Map<String, JsonNode>> told = new TreeMap<>();
            LISTS.keySet().forEach(type -> told.put(type, byId(views.of(type))));
            return told;
        }

        private void requireLists(Map<String, Map<String, JsonNode>> now) {
            LISTS.forEach((type, list) -> {
                String path = "/api/" + list + "?limit=7" + (type.equals("memory") ? "&includeDeleted=true" : "");
                requireSame(list, byId(items(path)), now.get(type));
            });
            for (String swarm : swarms()) {
                LISTS.forEach((type, list) -> {
                    String path = "/api/" + list + "?limit=1000&swarmId=" + encoded(swarm)
                            + (type.equals("memory") ? "&includeDeleted=true" : "");
                    requireSame(list + " of " + swarm, byId(items(path)), ofSwarm(now.get(type), swarm));
                });
            }
        }

        private static Map<String, JsonNode> ofSwarm(Map<String, JsonNode> things, String swarm) {
            Map<String, JsonNode> own = new TreeMap<>(things);
            own.values().removeIf(thing -> !thing.get("swarmId").stringValue().equals(swarm));
            return own;
        }

        private void requireNumbers(Map<String, Map<String, JsonNode>> now) {
            assertThat(counts(json("/api/tasks/statistics").get("byStatus")))
                    .as(seed)
                    .isEqualTo(statuses("task", now));
            assertThat(counts(json("/api/agents/metrics").get("byStatus")))
                    .as(seed)
                    .isEqualTo(statuses("agent", now));
            Map<String, Long> namespaces = new TreeMap<>();
            items("/api/memories/namespaces?limit=1000")
                    .forEach(one -> namespaces.put(
                            one.get("namespace").toString(), one.get("count").longValue()));
            assertThat(namespaces)
                    .as(seed)
                    .isEqualTo(now.get("memory").values().stream()
                            .filter(memory -> !memory.get("isDeleted").booleanValue())
                            .collect(Collectors.groupingBy(
                                    memory -> memory.get("namespace").toString(),
                                    TreeMap::new,
                                    Collectors.counting())));
        }

        private static Map<String, Long> statuses(String type, Map<String, Map<String, JsonNode>> told) {
            return told.get(type).values().stream()
                    .collect(
                            Collectors.groupingBy(thing -> statusOf(type, thing), TreeMap::new, Collectors.counting()));
        }

        private static String statusOf(String type, JsonNode thing) {
            if (!type.equals("memory")) {
                return thing.get("status").stringValue();
            }
            if (!thing.get("isDeleted").booleanValue()) {
                return "stored";
            }
            return thing.get("expiredAt").isNull() ? "deleted" : "expired";
        }

        private void requireChecks() {
            for (String name : ReadModels.ofLedger().projections()) {
                Answer begun = ledger.post("/api/projections/" + name + "/check", "");
                assertThat(begun.status()).isEqualTo(202);
                JsonNode ended = Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> json(begun.header("Location")), one -> one.hasNonNull("finishedAt"));
                assertThat(ended.at("/result/ok").asBoolean(false))
                        .as("%s: %s", seed, ended)
                        .isTrue();
            }
        }

        private void requireState(int position) {
            Map<String, Map<String, JsonNode>> told = told(position);
            JsonNode then = json("/api/state?includeDeleted=true&limit=1000&position=" + position);
            LISTS.forEach((type, list) -> {
                requireSame(list + " at " + position, byId(listed(then.get(list))), told.get(type));
                assertThat(counts(then.get("counts").get(list)))
                        .as("%s: %s at %d", seed, list, position)
                        .isEqualTo(statuses(type, told));
            });
        }

        private void requireEvidence(int position) {
            Map<String, Map<String, JsonNode>> told = told(position);
            told.forEach((type, things) -> {
                String field = type.equals("memory") ? "isDeleted" : "status";
                Set<String> statuses = new TreeSet<>(statuses(type, told).keySet());
                if (type.equals("memory") && position == log.size()) {
                    // Now, no more than what is stored is counted.
                    statuses.retainAll(Set.of("stored"));
                }
                for (String status : statuses) {
                    Set<String> ids = new TreeSet<>();
                    items("/api/evidence?type=" + type + "&field=" + field + "&limit=1000&status=" + encoded(status)
                                    + (position == log.size() ? "" : "&position=" + position))
                            .forEach(one -> {
                                ids.add(one.get("id").stringValue());
                                one.get("events").forEach(event -> assertThat(
                                                event.get("position").intValue())
                                        .isLessThanOrEqualTo(position));
                            });
                    assertThat(ids)
                            .as("%s: %s %s at %d", seed, type, status, position)
                            .isEqualTo(things.entrySet().stream()
                                    .filter(thing ->
                                            statusOf(type, thing.getValue()).equals(status))
                                    .map(Map.Entry::getKey)
                                    .collect(Collectors.toSet()));
                }
            });
        }

        /** What a person sees of that moment. */
        private void requirePage(int position) {
            Answer page = ledger.get("/time?position=" + position);
            assertThat(page.status()).as(seed).isEqualTo(200);
            Map<String, Map<String, JsonNode>> told = told(position);
            for (String type : LISTS.keySet()) {
                Matcher column = Pattern.compile(
                                "id=\"column-" + type + "\".*?<ul class=\"counts\">(.*?)</ul>", Pattern.DOTALL)
                        .matcher(page.text());
                assertThat(column.find())
                        .as("%s: %s at %d", seed, type, position)
                        .isTrue();
                Map<String, Long> shown = new TreeMap<>();
                Matcher chip =
                        Pattern.compile("<span>([0-9,]+) ([a-z-]+)</span>").matcher(column.group(1));
                while (chip.find()) {
                    shown.put(chip.group(2), Long.valueOf(chip.group(1).replace(",", "")));
                }
                assertThat(shown)
                        .as("%s: %s on the page at %d", seed, type, position)
                        .isEqualTo(statuses(type, told));
            }
        }

        private void requireDifference(int from, int to) {
            Map<String, Map<String, JsonNode>> before = there(told(from));
            Map<String, Map<String, JsonNode>> after = there(told(to));
            Map<String, Map<String, String>> expected = new TreeMap<>();
            LISTS.keySet().forEach(type -> {
                Set<String> ids = new TreeSet<>(before.get(type).keySet());
                ids.addAll(after.get(type).keySet());
                for (String id : ids) {
                    JsonNode old = before.get(type).get(id);
                    JsonNode fresh = after.get(type).get(id);
                    if (old == null || fresh == null) {
                        expected.put(type + " " + id, Map.of("kind", old == null ? "appeared" : "ended"));
                    } else if (!old.equals(fresh)) {
                        Map<String, String> fields = new TreeMap<>();
                        old.properties().stream()
                                .filter(field -> !field.getValue().equals(fresh.get(field.getKey())))
                                .forEach(field -> fields.put(
                                        field.getKey(), field.getValue() + " to " + fresh.get(field.getKey())));
                        expected.put(type + " " + id, fields);
                    }
                }
            });
            Map<String, Map<String, String>> shown = new TreeMap<>();
            items("/api/state/diff?limit=1000&from=" + from + "&to=" + to, "changes")
                    .forEach(change -> {
                        Map<String, String> fields = new TreeMap<>();
                        if (!change.get("kind").stringValue().equals("changed")) {
                            fields.put("kind", change.get("kind").stringValue());
                        } else {
                            change.get("fields").forEach(field -> {
                                if (!NaiveViews.BEYOND_THE_CONTRACT.contains(
                                        field.get("field").stringValue())) {
                                    fields.put(
                                            field.get("field").stringValue(),
                                            field.get("from") + " to " + field.get("to"));
                                }
                            });
                        }
                        shown.put(
                                change.get("type").stringValue() + " "
                                        + change.get("id").stringValue(),
                                fields);
                    });
            shown.values().removeIf(Map::isEmpty);
            assertThat(shown).as("%s: from %d to %d", seed, from, to).isEqualTo(expected);
        }

        /** Without what is there no more. */
        private static Map<String, Map<String, JsonNode>> there(Map<String, Map<String, JsonNode>> told) {
            told.get("memory").values().removeIf(memory -> memory.get("isDeleted")
                    .booleanValue());
            return told;
        }

        private void requireAggregate(JsonNode event) {
            String id = event.get("aggregateId").stringValue();
            String type = event.get("aggregateType").stringValue();
            JsonNode state = json("/api/aggregates/" + id + "/state?version=" + event.get("version"));
            assertThat(state.get("position")).as(seed).isEqualTo(event.get("position"));
            JsonNode told = told(event.get("position").intValue()).get(type).get(id);
            if (told != null && !type.equals("agent")) {
                // What agents called for it is told of it by their streams.
                ((ObjectNode) told).remove(NaiveViews.OF_CALLS);
            }
            assertThat(state.get("state").isNull() ? null : comparable(state.get("state")))
                    .as("%s: %s then, %s", seed, id, event)
                    .isEqualTo(told);
        }

        private void requireSame(String what, Map<String, JsonNode> answered, Map<String, JsonNode> told) {
            assertThat(answered.keySet()).as("%s: %s", seed, what).isEqualTo(told.keySet());
            told.forEach((id, thing) -> assertThat(answered.get(id))
                    .as("%s: %s, %s", seed, what, id)
                    .isEqualTo(thing));
        }

        private static Map<String, JsonNode> byId(List<JsonNode> things) {
            Map<String, JsonNode> byId = new TreeMap<>();
            things.forEach(thing -> byId.put(thing.get("id").stringValue(), comparable(thing)));
            return byId;
        }

        private static JsonNode comparable(JsonNode thing) {
            ObjectNode fields = EXACT.readTree(thing.toString()).asObject();
            fields.remove(NaiveViews.BEYOND_THE_CONTRACT);
            return fields;
        }

        /** Every page of a list. */
        private List<JsonNode> items(String path) {
            return items(path, null);
        }

        private List<JsonNode> items(String path, String within) {
            List<JsonNode> items = new ArrayList<>();
            Set<String> cursors = new HashSet<>();
            String next = "";
            while (next != null) {
                JsonNode answer = json(path + next);
                JsonNode page = within == null ? answer : answer.get(within);
                items.addAll(listed(page));
                String cursor =
                        page.get("next").isNull() ? null : page.get("next").stringValue();
                assertThat(cursor == null || cursors.add(cursor)).as(path).isTrue();
                next = cursor == null ? null : "&cursor=" + encoded(cursor);
            }
            return items;
        }

        private static List<JsonNode> listed(JsonNode page) {
            List<JsonNode> items = new ArrayList<>();
            page.get("items").forEach(items::add);
            return items;
        }

        private JsonNode json(String path) {
            Answer answer = ledger.get(path);
            assertThat(answer.status())
                    .as("%s: %s %s", seed, path, answer.text())
                    .isEqualTo(200);
            return EXACT.readTree(answer.text());
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
