package io.swarmledger.app.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.http.stream.EventSource.Message;
import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The contract's row for {@code GET /api/events/stream}. */
class EventStreamTest {

    private static HttpLedger ledger;

    private final long before = ledger.bean(Followers.class).head();

    @BeforeAll
    static void start() {
        ledger = HttpLedger.inMemory(
                "swarm-ledger.http.stream-consumers=40",
                "swarm-ledger.http.stream-heartbeat=500ms",
                // Tomcat drops whoever takes nothing for so long, and has no word for it.
                "server.tomcat.connection-timeout=60s");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    void historyComesFirstAndThenWhatHappens() {
        append("a-1", "a-2");
        try (EventSource source = EventSource.open(ledger.port(), "?afterPosition=" + before)) {
            assertThat(source.status()).contains("200");
            Message first = source.next();
            assertThat(first.position()).isEqualTo(before + 1);
            assertThat(first.name()).as("an EventSource hands it to onmessage").isNull();
            assertThat(source.next().position()).isEqualTo(before + 2);

            append("a-3");

            Message live = source.next();
            assertThat(live.position()).isEqualTo(before + 3);
            assertThat(Json.mapper().readTree(live.data()))
                    .as("the event's JSON is the same everywhere")
                    .isEqualTo(ledger.get("/api/events?afterPosition=" + (before + 2))
                            .json()
                            .get("items")
                            .get(0));
        }
    }

    @Test
    void itGoesOnBehindLastEventId() {
        append("b-1", "b-2", "b-3");
        try (EventSource source =
                EventSource.open(ledger.port(), "?afterPosition=0", "Last-Event-ID", String.valueOf(before + 2))) {
            assertThat(source.next().position()).isEqualTo(before + 3);
        }
    }

    @Test
    void theFiltersHoldForHistoryAndForWhatHappens() {
        append("c-1", "c-2");
        String query = "?aggregateId=c-2&aggregateId=c-4&type=memory:stored&afterPosition=" + before;
        try (EventSource source = EventSource.open(ledger.port(), query)) {
            assertThat(aggregateOf(source.next())).isEqualTo("c-2");
            append("c-3", "c-4");
            assertThat(aggregateOf(source.next())).isEqualTo("c-4");
        }
        try (EventSource none = EventSource.open(ledger.port(), "?swarmId=nowhere&afterPosition=" + before)) {
            append("c-5");
            assertThat(none.next(1_000)).isNull();
        }
    }

    @Test
    void itIsHeardFromWhileNothingHappens() throws Exception {
        try (EventSource source = EventSource.open(ledger.port(), "?afterPosition=" + before)) {
            source.line();
            assertThat(source.line()).isIn(":", "");
            Awaitility.await().until(() -> source.line().equals(":"));
        }
    }

    @Test
    void whoseFilterPassesOverEventsIsToldHowFarTheLogWasGoneThrough() throws Exception {
        try (EventSource source = EventSource.open(ledger.port(), "?swarmId=nowhere&afterPosition=" + before)) {
            source.line();
            append("h-1", "h-2", "h-3");
            Awaitility.await().pollInSameThread().until(() -> source.line().equals("id:" + (before + 3)));
            append("h-4");
            Awaitility.await().pollInSameThread().until(() -> source.line().equals("id:" + (before + 4)));
        }
    }

    @Test
    void anEventLargerThanWhatGoesOutAtOnceComesWholeHoweverSlowlyItIsRead() throws Exception {
        String large = "y".repeat(700_000);
        for (int i = 0; i < 8; i++) {
            ledger.post(
                    "/api/events",
                    "{\"type\":\"task:created\",\"aggregateId\":\"large-" + i
                            + "\",\"payload\":{\"title\":\"t\",\"description\":\"" + i + large + "\"}}");
        }
        try (EventSource source = EventSource.open(ledger.port(), "?type=task:created&afterPosition=" + before)) {
            for (int i = 0; i < 8; i++) {
                Message message = source.next();
                assertThat(message.position()).isEqualTo(before + 1 + i);
                assertThat(Json.mapper()
                                .readTree(message.data())
                                .at("/payload/description")
                                .asString())
                        .isEqualTo(i + large);
            }
        }
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThat(ledger.get("/api/events/stream?afterPosition=" + (before + 1_000_000))
                        .status())
                .isEqualTo(410);
        assertThat(ledger.get("/api/events/stream", "Last-Event-ID", "99999999").status())
                .isEqualTo(410);
        assertThat(ledger.get("/api/events/stream", "Last-Event-ID", "yesterday")
                        .status())
                .isEqualTo(400);
        assertThat(ledger.get("/api/events/stream?afterPosition=-1").status()).isEqualTo(422);
        assertThat(ledger.get("/api/events/stream?limit=5").status()).isEqualTo(400);
    }

    @Test
    void thereIsAnEndToHowManyMayFollowAndWhoLeavesMakesRoom() {
        Followers followers = ledger.bean(Followers.class);
        Awaitility.await().until(() -> followers.count() == 0);
        List<EventSource> sources = IntStream.range(0, 40)
                .mapToObj(i -> EventSource.open(ledger.port(), "?afterPosition=" + before))
                .toList();
        Answer refused = ledger.get("/api/events/stream");
        sources.forEach(EventSource::close);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotNull();
        Awaitility.await().until(() -> followers.count() == 0);
        try (EventSource one = EventSource.open(ledger.port(), "?afterPosition=" + before)) {
            assertThat(one.status()).contains("200");
        }
    }

    @Test
    void whoFallsTooFarBehindIsToldSoAndGoesOnWhereItWas() {
        int events = 12_000;
        append("far-0");
        List<Long> positions = new ArrayList<>();
        try (EventSource slow = EventSource.open(ledger.port(), "?afterPosition=" + before)) {
            positions.add(slow.next().position());
            for (int from = 1; from < events; from += 1_000) {
                append(IntStream.range(from, Math.min(events, from + 1_000))
                        .mapToObj(i -> "far-" + i)
                        .toArray(String[]::new));
            }
            Message message = slow.next();
            while (message.id() != null) {
                positions.add(message.position());
                message = slow.next();
            }
            JsonNode closed = Json.mapper().readTree(message.data());
            assertThat(message.name()).isEqualTo("closed");
            assertThat(closed.get("reason").stringValue()).contains("too far behind");
            assertThat(closed.get("position").longValue()).isEqualTo(last(positions));
            assertThat(slow.next()).as("behind the end").isNull();
        }
        assertThat(positions).as("before it was closed").hasSizeLessThan(events);

        try (EventSource again = EventSource.open(
                ledger.port(), "?afterPosition=" + before, "Last-Event-ID", String.valueOf(last(positions)))) {
            while (last(positions) < before + events) {
                positions.add(again.next().position());
            }
        }
        assertThat(positions)
                .isEqualTo(LongStream.rangeClosed(before + 1, before + events)
                        .boxed()
                        .toList());
    }

    private static long last(List<Long> positions) {
        return positions.get(positions.size() - 1);
    }

    /** Many who begin at the same place are given the same bytes; who begins elsewhere, or filters, its own. */
    @Test
    void whereverOneBeginsHistoryIsWhole() {
        append(IntStream.range(0, 300).mapToObj(i -> "h-" + i).toArray(String[]::new));
        long head = before + 300;
        for (long after : new long[] {before, before, before + 1, before + 63, before + 64, before + 65, head - 1}) {
            try (EventSource source = EventSource.open(ledger.port(), "?afterPosition=" + after)) {
                for (long position = after + 1; position <= head; position++) {
                    assertThat(source.next().position()).isEqualTo(position);
                }
            }
        }
        try (EventSource source = EventSource.open(
                ledger.port(), "?type=memory:stored&aggregateId=h-7&aggregateId=h-299&afterPosition=" + before)) {
            assertThat(source.next().position()).isEqualTo(before + 8);
            assertThat(source.next().position()).isEqualTo(head);
        }
    }

    /** Writers at full speed; consumers that drop at random and come back, and see each event once, in order. */
    @Test
    void noGapAndNoDuplicateHoweverOftenAConsumerDrops() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("EventStreamTest: seed " + seed);
        int events = 6_000;
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Callable<List<Long>>> consumers = new ArrayList<>();
        for (int consumer = 0; consumer < 6; consumer++) {
            Random chance = new Random(seed + consumer);
            consumers.add(() -> follow(before, before + events, chance));
        }
        List<Future<List<Long>>> seen = consumers.stream().map(threads::submit).toList();
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 6; writer++) {
            String name = "w" + writer + "-";
            writers.add(threads.submit(() -> IntStream.range(0, events / 60)
                    .forEach(round -> append(IntStream.range(0, 10)
                            .mapToObj(i -> name + (round * 10 + i))
                            .toArray(String[]::new)))));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }

        for (Future<List<Long>> positions : seen) {
            assertThat(positions.get())
                    .isEqualTo(LongStream.rangeClosed(before + 1, before + events)
                            .boxed()
                            .toList());
        }
        threads.shutdown();
    }

    private static List<Long> follow(long after, long until, Random chance) {
        List<Long> positions = new ArrayList<>();
        long last = after;
        while (last < until) {
            try (EventSource source =
                    EventSource.open(ledger.port(), "?afterPosition=" + after, "Last-Event-ID", String.valueOf(last))) {
                int reads = 1 + chance.nextInt(1_500);
                for (int i = 0; i < reads && last < until; i++) {
                    Message message = source.next();
                    if (message == null || message.id() == null) {
                        break;
                    }
                    positions.add(message.position());
                    last = message.position();
                }
            }
        }
        return positions;
    }

    private static String aggregateOf(Message message) {
        JsonNode event = Json.mapper().readTree(message.data());
        return event.get("aggregateId").stringValue();
    }

    private static void append(String... ids) {
        StringBuilder array = new StringBuilder("[");
        for (String id : ids) {
            array.append(array.length() > 1 ? "," : "")
                    .append("{\"type\":\"memory:stored\",\"aggregateId\":\"")
                    .append(id)
                    .append(
                            "\",\"payload\":{\"namespace\":\"n\",\"key\":\"k\",\"memoryType\":\"episodic\",\"size\":1}}");
        }
        assertThat(ledger.post("/api/events", array.append("]").toString()).status())
                .isEqualTo(201);
    }
}
