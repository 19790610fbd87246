package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.commands.Appended;
import io.swarmledger.events.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Clients of a service that post events, one in a body, an array or lines, each on a connection of its own, until they are
 * not answered any more. Each event bears an id, so that whatever they were not told can be found, and sent again.
 */
final class PostedLoad {

    private static final int CLIENTS = 48;
    private static final int SHARED = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, Appended> told = new ConcurrentHashMap<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private PostedLoad(String run) {
        IntStream.range(0, CLIENTS).forEach(number -> clients.add(new Client(run + "." + number, number)));
    }

    /** They begin; {@code run} is in the ids of their events. */
    static PostedLoad on(int port, String run) {
        PostedLoad load = new PostedLoad(run);
        load.clients.forEach(client -> client.begin(port));
        return load;
    }

    /** Waits until they were told of so many events. */
    PostedLoad telling(int events) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .failFast(() -> assertThat(refusals).isEmpty())
                .until(() -> told.size() >= events);
        return this;
    }

    /** Waits until none of them is answered any more. */
    PostedLoad ended() throws InterruptedException {
        for (Client client : clients) {
            client.thread.join(PATIENCE.toMillis());
            assertThat(client.thread.isAlive())
                    .as("%s waits for ever", client.name)
                    .isFalse();
        }
        assertThat(failures).isEmpty();
        return this;
    }

    /** Answers that were none of events, as statuses. */
    Collection<String> refusals() {
        return refusals;
    }

    /**
     * To a service that came after: what nobody was told, and some of what somebody was. What the log had is answered as
     * it stands there, what it had not is appended now.
     */
    void sendAgain(int port, Path directory) throws IOException {
        Map<String, Appended> before = Green.stored(directory);
        Set<String> asked = new HashSet<>();
        for (Client client : clients) {
            Body last = client.bodies.get(client.bodies.size() - 1);
            Body first = client.bodies.get(0);
            for (Body body : List.of(first, last)) {
                asked.addAll(body.ids());
                assertThat(client.post(port, body))
                        .as("%s is answered", body.ids())
                        .isTrue();
            }
        }
        assertThat(refusals).isEmpty();
        Map<String, Appended> after = Green.stored(directory);
        assertThat(after).as("what was there stays as it is").containsAllEntriesOf(before);
        assertThat(told)
                .as("what is there is told as it is there")
                .allSatisfy((id, appended) -> assertThat(after.get(id)).isEqualTo(appended));
        Set<String> more = new HashSet<>(after.keySet());
        more.removeAll(before.keySet());
        assertThat(asked).as("only what was sent again is new").containsAll(more);
    }

    /**
     * The log is whole; whatever these loads were told is there as they were told it; each client's events are there up to
     * some point of its last body and in its order; nothing else is there, and nothing by half.
     */
    static void assertKept(Path directory, Collection<PostedLoad> loads) {
        Green.assertVerified(directory);
        Map<String, Appended> stored = Green.stored(directory);
        Map<String, String> payloads = payloads(directory);
        Set<String> sent = new HashSet<>();
        for (PostedLoad load : loads) {
            assertThat(stored).as("what somebody was told of is there").containsAllEntriesOf(load.told);
            for (Client client : load.clients) {
                List<String> ids = client.bodies.stream()
                        .flatMap(body -> body.ids().stream())
                        .toList();
                sent.addAll(ids);
                List<String> kept = ids.stream().filter(stored::containsKey).toList();
                assertThat(kept).as("of %s", client.name).isEqualTo(ids.subList(0, kept.size()));
                assertThat(kept.stream().map(id -> stored.get(id).position()))
                        .as("positions of %s", client.name)
                        .isSorted();
                kept.forEach(id -> assertThat(texts(payloads.get(id))).contains(id));
            }
        }
        assertThat(sent).as("what is there was sent").containsAll(stored.keySet());
    }

    private static Map<String, String> payloads(Path directory) {
        try (var readers = LogFile.readers(new LedgerFiles(directory).log())) {
            return JdbcClient.create(readers)
                    .sql("SELECT eventIdentifier, payload FROM DomainEventEntry")
                    .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    private static List<String> texts(String payload) {
        return Json.mapper().readTree(payload).values().stream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }

    private enum Shape {
        ONE(1, "application/json"),
        ARRAY(20, "application/json"),
        /** More than are appended together, so that they are answered before all of them were read. */
        LINES(300, "application/x-ndjson");

        private final int events;
        private final String type;

        Shape(int events, String type) {
            this.events = events;
            this.type = type;
        }
    }

    private record Body(Shape shape, List<String> ids) {

        String text() {
            List<String> events = ids.stream().map(PostedLoad::event).toList();
            return switch (shape) {
                case ONE -> events.get(0);
                case ARRAY -> "[" + String.join(",", events) + "]";
                case LINES -> String.join("\n", events) + "\n";
            };
        }
    }

    /** The event of that id, which is in its payload too. */
    private static String event(String id) {
        String[] parts = id.split("\\.");
        int n = Integer.parseInt(parts[2]);
        String task = "task-" + parts[0] + "-" + parts[1] + "-" + n / 4;
        String memory = "memory-" + (Integer.parseInt(parts[1]) + n) % SHARED;
        return switch (n % 4) {
            case 0 -> event(id, "task:created", task, "\"taskType\":\"load\",\"title\":\"" + id + "\"");
            case 1 -> event(
                    id,
                    "memory:stored",
                    memory,
                    "\"namespace\":\"load\",\"key\":\"" + id + "\",\"memoryType\":\"load\",\"size\":1");
            case 2 -> event(id, "task:started", task, "\"agentId\":\"" + id + "\"");
            default -> event(id, "task:completed", task, "\"result\":\"" + id + "\"");
        };
    }

    private static String event(String id, String type, String aggregate, String payload) {
        return "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"aggregateId\":\"" + aggregate + "\",\"payload\":{"
                + payload + "}}";
    }

    private final class Client {

        private final String name;
        private final Shape shape;
        private final List<Body> bodies = new ArrayList<>();
        private int next;
        private Thread thread;

        Client(String name, int number) {
            this.name = name;
            this.shape = Shape.values()[number % Shape.values().length];
        }

        void begin(int port) {
            thread = new Thread(
                    () -> {
                        boolean answered = true;
                        while (answered) {
                            Body body = new Body(
                                    shape,
                                    IntStream.range(next, next + shape.events)
                                            .mapToObj(n -> name + "." + n)
                                            .toList());
                            next += shape.events;
                            bodies.add(body);
                            try {
                                answered = post(port, body);
                            } catch (IOException gone) {
                                answered = false;
                            }
                        }
                    },
                    "client " + name);
            thread.setUncaughtExceptionHandler((itself, failure) -> failures.add(failure));
            thread.start();
        }

        /** Answers whether all of it was accepted. */
        boolean post(int port, Body body) throws IOException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events"))
                    .header("Content-Type", body.shape().type)
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.ofString(body.text()))
                    .build();
            try {
                HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                    if (response.statusCode() != 201) {
                        refusals.add(String.valueOf(response.statusCode()));
                        return false;
                    }
                    // An answer in lines counts as far as it came; any other only when it came to its end.
                    return body.shape() == Shape.LINES ? noteLines(lines) : noteArray(lines);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        private boolean noteLines(BufferedReader lines) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode answer = Json.mapper().readTree(line);
                if (answer.has("status")) {
                    refusals.add(answer.get("status").asString());
                    return false;
                }
                note(answer);
            }
            return true;
        }

        private boolean noteArray(BufferedReader lines) throws IOException {
            StringWriter answers = new StringWriter();
            lines.transferTo(answers);
            Json.mapper().readTree(answers.toString()).forEach(this::note);
            return true;
        }

        private void note(JsonNode answer) {
            Appended appended = Json.mapper().treeToValue(answer, Appended.class);
            Appended before = told.putIfAbsent(appended.id(), appended);
            if (before != null) {
                assertThat(appended).as("told again").isEqualTo(before);
            }
        }
    }
}
