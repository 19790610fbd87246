package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.events.upcast.Upcasters;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.Paging;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.agent.AgentState;
import io.swarmledger.query.log.Answerable;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.FindEventsBuilder;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.GetNeighbours;
import io.swarmledger.query.log.GetSnapshot;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import io.swarmledger.query.log.LogQueries;
import io.swarmledger.query.log.Neighbours;
import io.swarmledger.query.log.NoSuchVersion;
import io.swarmledger.query.log.NotYetBorn;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.log.StoredSnapshot;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.view.UnreadableEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogQueriesTest {

    @TempDir
    Path directory;

    private final Rows rows = new Rows();
    private LogFile log;
    private QueryGateway queries;

    @BeforeEach
    void open() {
        log = LogFile.open(
                directory.resolve("events.db"),
                Clock.fixed(Instant.ofEpochMilli(Rows.START + 999_999), ZoneOffset.UTC));
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        new AnnotationQueryHandlerAdapter<>(new LogQueries(
                        log.events(),
                        new EventReader(LedgerSerializer.of(StoredTypes.events()), Upcasters.chain()),
                        ReadModels.ofLedger(),
                        new Answerable(AggregateTypes.ofLedger().names())))
                .subscribe(bus);
        queries = DefaultQueryGateway.builder().queryBus(bus).build();
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void append(EventRow... events) throws Exception {
        log.writer().append(List.of(events));
    }

    private void append(String id, String type, String payload) throws Exception {
        append(rows.next(id, type, payload));
    }

    private <R> R ask(LedgerQuery query, Class<R> answer) {
        try {
            return queries.query(query, answer).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private Page<RecordedEvent> page(FindEvents query) {
        try {
            return queries.query(query, PageOf.items(RecordedEvent.class)).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private List<Long> found(Consumer<FindEventsBuilder> filter) {
        return page(FindEvents.all().with(filter)).items().stream()
                .map(RecordedEvent::position)
                .toList();
    }

    private void aFewOfEverything() throws Exception {
        append(
                rows.next("a-1", "agent:spawned", "{}", 1_000, "swarm", null),
                rows.next("t-1", "task:created", "{}", 2_000, "alpha", "run-1"),
                rows.next("a-1", "agent:started", "{}", 2_000, "swarm", "run-1"),
                rows.next("t-1", "task:started", "{}", 3_000.5, "alpha", null),
                rows.next("t-2", "task:created", "{}", 500, "alpha", "run-2"));
    }

    @Test
    void eventsAreFoundByEachFilterAndByAllOfThemTogether() throws Exception {
        aFewOfEverything();
        assertThat(found(query -> {})).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(found(query -> query.aggregateIds(List.of("t-1")))).containsExactly(2L, 4L);
        assertThat(found(query -> query.aggregateIds(List.of("t-2", "a-1")))).containsExactly(1L, 3L, 5L);
        assertThat(found(query -> query.aggregateIds(List.of()))).hasSize(5);
        assertThat(found(query -> query.aggregateTypes(List.of("task")))).containsExactly(2L, 4L, 5L);
        assertThat(found(query -> query.aggregateTypes(List.of("task", "agent"))))
                .hasSize(5);
        assertThat(found(query -> query.types(List.of("task:created")))).containsExactly(2L, 5L);
        assertThat(found(query -> query.types(List.of("task:started", "agent:started"))))
                .containsExactly(3L, 4L);
        assertThat(found(query -> query.after(2_000.0))).containsExactly(4L);
        assertThat(found(query -> query.after(3_000.25))).containsExactly(4L);
        assertThat(found(query -> query.before(2_000.0))).containsExactly(1L, 5L);
        assertThat(found(query -> query.after(500.0).before(3_000.0))).containsExactly(1L, 2L, 3L);
        assertThat(found(query -> query.after(500.0).descending(true).limit(2))).containsExactly(4L, 3L);
        assertThat(found(query -> query.after(500.0).offset(1L).limit(2))).containsExactly(2L, 3L);
        assertThat(found(query -> query.fromVersion(2L))).containsExactly(3L, 4L);
        assertThat(found(query -> query.fromVersion(1L))).hasSize(5);
        assertThat(found(query -> query.afterPosition(3L))).containsExactly(4L, 5L);
        assertThat(found(query -> query.afterPosition(5L))).isEmpty();
        assertThat(found(query -> query.swarmId("alpha"))).containsExactly(2L, 4L, 5L);
        assertThat(found(query -> query.correlationId("run-1"))).containsExactly(2L, 3L);
        assertThat(found(query -> query.descending(true))).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(found(query -> query.offset(3L))).containsExactly(4L, 5L);
        assertThat(found(query -> query.aggregateIds(List.of("t-1"))
                        .aggregateTypes(List.of("task"))
                        .types(List.of("task:created", "task:started"))
                        .after(1_000.0)
                        .before(4_000.0)
                        .fromVersion(1L)
                        .afterPosition(1L)
                        .swarmId("alpha")
                        .descending(true)
                        .offset(1L)
                        .limit(1)))
                .containsExactly(2L);
    }

    @Test
    void anEventIsAnsweredAsTheContractShowsIt() throws Exception {
        append(new EventRow(
                "e-1",
                "task-1",
                0,
                "task",
                1_767_517_200_030.25,
                "task:started",
                "1",
                "{\"taskId\": \"task-1\",  \"startedAt\":1e3}",
                null,
                "agent-2",
                "e-0",
                "run-7",
                "swarm",
                "ci"));
        RecordedEvent event = ask(new GetEvent("e-1"), RecordedEvent.class);
        assertThat(Json.mapper().writeValueAsString(event))
                .isEqualTo("{\"position\":1,\"id\":\"e-1\",\"type\":\"task:started\",\"aggregateId\":\"task-1\","
                        + "\"aggregateType\":\"task\",\"version\":1,\"timestamp\":1767517200030.25,"
                        + "\"source\":\"agent-2\",\"payload\":{\"taskId\": \"task-1\",  \"startedAt\":1e3},"
                        + "\"metadata\":{},\"causationId\":\"e-0\",\"correlationId\":\"run-7\",\"swarmId\":\"swarm\","
                        + "\"recordedAt\":1767518199999,\"recordedBy\":\"ci\"}");
        assertThat(ask(new GetEvent("e-2"), RecordedEvent.class)).isNull();
        assertThat(ask(new GetEvent("' OR 1=1 --"), RecordedEvent.class)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"a\":", "{} {}", "nonsense", "{\"a\":NaN}", "\u0000", "{'a':1}", "[1,]", "\"half", "01"})
    void aPayloadThatIsNoJsonIsShownAsText(String damaged) throws Exception {
        append("t-1", "task:created", damaged);
        String json = Json.mapper().writeValueAsString(page(FindEvents.all()));
        assertThat(Json.mapper().readTree(json).at("/items/0/payload").isString())
                .isTrue();
        assertThat(Json.mapper().readTree(json).at("/items/0/payload").stringValue())
                .isEqualTo(damaged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"text\"", "[]", "{\"a\": [ 1.0, 1e400 ], \"a\": 2}", " {}\n"})
    void whateverIsJsonIsShownToTheCharacter(String payload) throws Exception {
        append("t-1", "task:created", payload);
        assertThat(Json.mapper()
                        .writeValueAsString(page(FindEvents.all()).items().get(0)))
                .contains("\"payload\":" + payload + ",\"metadata\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyEventIsOnOnePageInOrderWhateverIsAppendedInBetween(boolean descending) throws Exception {
        for (int i = 0; i < 25; i++) {
            append("t-" + i % 3, "task:queued", "{}");
        }
        List<Long> seen = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<RecordedEvent> page = page(
                    FindEvents.all().with(query -> query.limit(4).cursor(from).descending(descending)));
            page.items().forEach(event -> seen.add(event.position()));
            cursor = page.next();
            if (seen.size() < 40) {
                append("t-1", "task:queued", "{}");
            }
        } while (cursor != null);

        List<Long> expected = descending
                ? LongStream.rangeClosed(1, 25).map(i -> 26 - i).boxed().toList()
                : LongStream.rangeClosed(1, seen.size()).boxed().toList();
        assertThat(seen).isEqualTo(expected);
        assertThat(seen.size()).isGreaterThanOrEqualTo(25);
    }

    @Test
    void anOffsetCountsOnceAndTheCursorGoesOnFromThere() throws Exception {
        aFewOfEverything();
        Page<RecordedEvent> first =
                page(FindEvents.all().with(query -> query.offset(1L).limit(2)));
        assertThat(first.items()).extracting(RecordedEvent::position).containsExactly(2L, 3L);
        assertThat(found(query -> query.offset(1L).limit(2).cursor(first.next())))
                .containsExactly(4L, 5L);
    }

    @Test
    void totalsAreCountedToAHundredThousandAndAreThenNotExact() throws Exception {
        fill("few", Paging.COUNTED_TO);
        Page<RecordedEvent> exact = page(FindEvents.all());
        assertThat(exact.total()).isEqualTo(100_000);
        assertThat(exact.totalIsExact()).isTrue();
        append("one", "task:created", "{}");
        Page<RecordedEvent> more = page(FindEvents.all());
        assertThat(more.total()).isEqualTo(100_000);
        assertThat(more.totalIsExact()).isFalse();
        Page<RecordedEvent> one = page(FindEvents.of("one"));
        assertThat(one.total()).isEqualTo(1);
        assertThat(one.totalIsExact()).isTrue();
    }

    private void fill(String id, int events) throws Exception {
        for (int from = 0; from < events; from += 10_000) {
            EventRow[] batch = new EventRow[Math.min(10_000, events - from)];
            for (int i = 0; i < batch.length; i++) {
                batch[i] = rows.next(id, "agent:task-completed", "{\"taskId\":\"t" + (from + i) + "\"}");
            }
            append(batch);
        }
    }

    @Test
    void aLimitOrOffsetOutOfRangeIsRefused() {
        for (int limit : new int[] {0, -1, 10_001}) {
            assertThatThrownBy(() -> found(query -> query.limit(limit)))
                    .isInstanceOfSatisfying(InvalidQuery.class, refused -> assertThat(refused.isOutOfRange())
                            .isTrue())
                    .hasMessage("limit: " + limit + " is not between 1 and 10000");
        }
        for (Consumer<FindEventsBuilder> negative : List.<Consumer<FindEventsBuilder>>of(
                query -> query.offset(-1L),
                query -> query.afterPosition(-1L),
                query -> query.fromVersion(-1L),
                query -> query.payloadCharacters(-1L))) {
            assertThatThrownBy(() -> found(negative))
                    .isInstanceOfSatisfying(InvalidQuery.class, refused -> assertThat(refused.isOutOfRange())
                            .isTrue())
                    .hasMessageContaining("-1 is less than 0");
        }
    }

    @Test
    void ofPayloadsNoMoreIsReadThanIsAskedFor() throws Exception {
        append("a-1", "agent:spawned", "{\"role\":\"" + "x".repeat(1 << 20) + "\"}");
        append("a-2", "agent:spawned", "{}");
        for (Consumer<FindEventsBuilder> filter : List.<Consumer<FindEventsBuilder>>of(
                query -> {}, query -> query.types(List.of("agent:spawned")), query -> query.fromVersion(1L))) {
            FindEvents query = FindEvents.all().with(filter);
            assertThat(page(query.withPayloadCharacters(12L)).items())
                    .extracting(event -> event.payload().text())
                    .containsExactly("{\"role\":\"xxx", "{}");
            assertThat(page(query).items().get(0).payload().text()).hasSizeGreaterThan(1 << 20);
        }
    }

    @Test
    void aPositionBeyondTheHeadIsOfAnotherLedger() throws Exception {
        aFewOfEverything();
        assertThatThrownBy(() -> found(query -> query.afterPosition(6L)))
                .isInstanceOfSatisfying(
                        BeyondHead.class, beyond -> assertThat(beyond.field()).isEqualTo("afterPosition"))
                .hasMessage("afterPosition: position 6 is beyond the head of this ledger, 5");
        String cursor = page(FindEvents.all().with(query -> query.limit(4))).next();
        log.writer().transact((connection, next) -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM DomainEventEntry WHERE globalIndex > 3");
            }
        });
        assertThatThrownBy(() -> found(query -> query.cursor(cursor)))
                .isInstanceOf(BeyondHead.class)
                .hasMessage("cursor: position 4 is beyond the head of this ledger, 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "bm8", "bnVsbA", "W10", "W251bGxd", "WyJEb21haW5FdmVudEVudHJ5IixudWxsXQ"})
    void aCursorThatTheListNeverGaveIsRefused(String cursor) throws Exception {
        aFewOfEverything();
        assertThatThrownBy(() -> found(query -> query.cursor(cursor)))
                .isInstanceOfSatisfying(InvalidQuery.class, refused -> assertThat(refused.isOutOfRange())
                        .isFalse())
                .hasMessage("cursor: is none that this list gave");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR '1'='1", "t-1'; DROP TABLE DomainEventEntry; --", ":type", "%", ""})
    void whateverAFilterSaysIsAValue(String text) throws Exception {
        aFewOfEverything();
        assertThat(found(query -> query.aggregateIds(List.of(text, text)))).isEmpty();
        assertThatThrownBy(() -> found(query -> query.aggregateTypes(List.of(text))))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("is none of");
        assertThat(found(query -> query.types(List.of(text)))).isEmpty();
        assertThat(found(query -> query.swarmId(text))).isEmpty();
        assertThat(found(query -> query.correlationId(text))).isEmpty();
        assertThat(ask(new GetStats(text, null), LedgerStats.class).totalEvents())
                .isZero();
        assertThat(ask(StateOf.now(text), StateThen.class)).isNull();
        assertThat(ask(new GetSnapshot(text), StoredSnapshot.class)).isNull();
        assertThat(found(query -> {})).hasSize(5);
    }

    @Test
    void aroundAPositionOfOneHistory() throws Exception {
        aFewOfEverything();

        Neighbours within = ask(new GetNeighbours("t-1", 4), Neighbours.class);
        assertThat(within.previous()).isEqualTo(2);
        assertThat(within.current().position()).isEqualTo(4);
        assertThat(within.next()).isNull();
        Neighbours between = ask(new GetNeighbours("t-1", 3), Neighbours.class);
        assertThat(between.previous()).isEqualTo(2);
        assertThat(between.current().position()).isEqualTo(2);
        assertThat(between.next()).isEqualTo(4);
        assertThat(ask(new GetNeighbours("t-1", 1), Neighbours.class)).isEqualTo(new Neighbours(null, null, 2L));
        assertThat(ask(new GetNeighbours("nobody", 1), Neighbours.class)).isEqualTo(new Neighbours(null, null, null));
    }

    private StateThen stateOf(String id, Long version, Double at) {
        return ask(new StateOf(id, version, at), StateThen.class);
    }

    private static String status(StateThen then) {
        return ((TaskState) then.state()).status();
    }

    @Test
    void stateThenByVersion() throws Exception {
        append(rows.next("t", "task:created", "{\"title\":\"T\"}", 1_000));
        append("other", "agent:spawned", "{}");
        append(rows.next("t", "task:started", "{\"agentId\":\"a\"}", 2_000));
        append(rows.next("t", "task:completed", "{}", 5_000));

        assertThat(status(stateOf("t", 1L, null))).isEqualTo("pending");
        StateThen second = stateOf("t", 2L, null);
        assertThat(status(second)).isEqualTo("in-progress");
        assertThat(second.position()).isEqualTo(3);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.timestamp()).isEqualTo(2_000);
        StateThen now = ask(StateOf.now("t"), StateThen.class);
        assertThat(((TaskState) now.state()).duration()).isEqualTo(3_000);
        assertThat(stateOf("t", 3L, null)).isEqualTo(now);
        for (long beyond : new long[] {4, 999, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> stateOf("t", beyond, null))
                    .isInstanceOf(NoSuchVersion.class)
                    .hasMessage("task t has no version " + beyond + ": its last is 3");
        }
        assertThat(stateOf("nothing", null, null)).isNull();
        for (long version : new long[] {0, -1}) {
            assertThatThrownBy(() -> stateOf("t", version, null))
                    .isInstanceOf(InvalidQuery.class)
                    .hasMessage("version: " + version + " is less than 1");
        }
        assertThatThrownBy(() -> stateOf("t", 1L, 1.0))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageStartingWith("at: is given together with version");
    }

    /** At T is after the highest position up to which no event of the ledger is later than T. */
    @Test
    void stateThenByTimeWithEqualAndInvertedTimes() throws Exception {
        append(rows.next("t", "task:created", "{}", 1_000));
        append(rows.next("t", "task:queued", "{}", 2_000));
        append(rows.next("t", "task:started", "{}", 2_000));
        append(rows.next("t", "task:blocked", "{}", 5_000));
        append(rows.next("other", "task:created", "{}", 3_000));
        append(rows.next("t", "task:failed", "{}", 4_000));
        append(rows.next("t", "task:queued", "{}", 6_000.5));

        assertThat(status(stateOf("t", null, 1_000.0))).isEqualTo("pending");
        assertThat(status(stateOf("t", null, 1_999.0))).isEqualTo("pending");
        assertThat(status(stateOf("t", null, 2_000.0))).as("both of that time").isEqualTo("in-progress");
        assertThat(status(stateOf("t", null, 4_500.0)))
                .as("position 4 is later, so what came behind it did not happen yet")
                .isEqualTo("in-progress");
        assertThat(status(stateOf("t", null, 5_000.0))).isEqualTo("failed");
        assertThat(status(stateOf("t", null, 6_000.0))).isEqualTo("failed");
        assertThat(status(stateOf("t", null, 6_000.5))).isEqualTo("queued");
        assertThat(stateOf("t", null, 1e15)).as("beyond the end").isEqualTo(ask(StateOf.now("t"), StateThen.class));
    }

    @Test
    void beforeItsBirthAnAggregateWasNotThere() throws Exception {
        append(rows.next("first", "task:created", "{}", 1_000));
        append(rows.next("late", "task:created", "{}", 500));
        assertThatThrownBy(() -> stateOf("first", null, 999.0))
                .isInstanceOfSatisfying(
                        NotYetBorn.class,
                        born -> assertThat(born.birth().position()).isEqualTo(1))
                .hasMessage(
                        "task first was not there at 999: its first event is task:created at position 1, time 1000");
        assertThatThrownBy(() -> stateOf("late", null, 999.0)).isInstanceOf(NotYetBorn.class);
        assertThat(stateOf("late", null, 1_000.0).position()).isEqualTo(2);
    }

    @Test
    void stateThenPassesOverWhatItDoesNotKnowAndReadsOldRevisions() throws Exception {
        append("a", "agent:spawned", "{\"role\":\"coder\"}");
        append("a", "agent:promoted", "{\"to\":\"lead\"}");
        append("a", "task:created", "{\"title\":\"of the same id\"}");
        StateThen then = ask(StateOf.now("a"), StateThen.class);
        assertThat(then.version()).isEqualTo(3);
        assertThat(((AgentState) then.state()).status()).isEqualTo("idle");

        append("a", "agent:started", "{\"startedAt\":\"no number\"}");
        assertThatThrownBy(() -> ask(StateOf.now("a"), StateThen.class))
                .as("a state without it would be a lie")
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("agent:started");
        assertThat(ask(new StateOf("a", 3L, null), StateThen.class)).isEqualTo(then);

        append("x", "robot:built", "{}");
        assertThat(ask(StateOf.now("x"), StateThen.class).state()).isNull();
        append("never-spawned", "agent:started", "{}");
        assertThat(ask(StateOf.now("never-spawned"), StateThen.class).state()).isNull();

        EventRow draft = rows.next("m", "memory:stored", "{\"sizeBytes\":7}");
        append(new EventRow(
                draft.eventId(),
                "m",
                0,
                "memory",
                1_000,
                draft.eventType(),
                "0",
                draft.payload(),
                null,
                "swarm",
                null,
                null,
                "alpha",
                null));
        MemoryState memory =
                (MemoryState) ask(StateOf.now("m"), StateThen.class).state();
        assertThat(memory.size()).isEqualTo(7);
        assertThat(memory.swarmId()).isEqualTo("alpha");

        append(new EventRow(
                "lonely",
                "lonely",
                0,
                null,
                1_000,
                "agent:spawned",
                "1",
                "{}",
                null,
                "swarm",
                null,
                null,
                "swarm",
                null));
        assertThat(ask(StateOf.now("lonely"), StateThen.class).state())
                .as("outside every aggregate")
                .isNull();
    }

    @Test
    void aLongHistoryIsFoldedWithoutBeingHeld() throws Exception {
        append("a", "agent:spawned", "{}");
        fill("a", 100_000);
        StateThen then = ask(StateOf.now("a"), StateThen.class);
        assertThat(((AgentState) then.state()).completedTasks().size()).isEqualTo(100_000);
        assertThat(then.version()).isEqualTo(100_001);
    }

    @Test
    void snapshotsOfTheLedgerComeBeforeImportedOnes() throws Exception {
        aFewOfEverything();
        assertThat(ask(new GetSnapshot("a-1"), StoredSnapshot.class)).isNull();
        execute("INSERT INTO ImportedSnapshot VALUES ('a-1', 'agent', 2, '{\"status\": \"x\"}', 7.5)");
        StoredSnapshot imported = ask(new GetSnapshot("a-1"), StoredSnapshot.class);
        assertThat(imported.imported()).isTrue();
        assertThat(imported.timestamp()).isEqualTo(7.5);
        assertThat(imported.state().text()).isEqualTo("{\"status\": \"x\"}");
        assertThat(imported.version()).isEqualTo(2);

        for (int sequence : new int[] {3, 1}) {
            execute("INSERT INTO SnapshotEventEntry (aggregateIdentifier, sequenceNumber, type, eventIdentifier,"
                    + " timeStamp, payloadType, payload) VALUES ('a-1', " + sequence + ", 'agent', 's', 9, 'p', '{}')");
        }
        StoredSnapshot own = ask(new GetSnapshot("a-1"), StoredSnapshot.class);
        assertThat(own.imported()).isFalse();
        assertThat(own.version()).as("the latest").isEqualTo(4);
        assertThat(ask(new GetStats(null, null), LedgerStats.class).snapshotCount())
                .isEqualTo(3);
    }

    private void execute(String sql) throws Exception {
        log.writer().transact((connection, next) -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    @Test
    void statsCountTheLog() throws Exception {
        LedgerStats empty = ask(new GetStats(null, null), LedgerStats.class);
        assertThat(empty.totalEvents()).isZero();
        assertThat(empty.oldestEvent()).isNull();
        assertThat(empty.newestEvent()).isNull();
        assertThat(empty.ledgerId()).hasSize(36);
        aFewOfEverything();

        LedgerStats stats = ask(new GetStats(null, null), LedgerStats.class);
        assertThat(stats)
                .isEqualTo(new LedgerStats(
                        empty.ledgerId(),
                        5,
                        Map.of("agent:spawned", 1L, "agent:started", 1L, "task:created", 2L, "task:started", 1L),
                        Map.of("a-1", 2L, "t-1", 2L, "t-2", 1L),
                        3,
                        500.0,
                        3_000.5,
                        0));
        assertThat(stats.eventsByAggregate().keySet()).containsExactly("a-1", "t-1", "t-2");
        assertThat(ask(new GetStats(null, 1), LedgerStats.class).eventsByAggregate())
                .isEqualTo(Map.of("a-1", 2L));
        assertThat(ask(new GetStats(null, 1), LedgerStats.class).aggregateCount())
                .isEqualTo(3);
        LedgerStats ofSwarm = ask(new GetStats("alpha", null), LedgerStats.class);
        assertThat(ofSwarm.totalEvents()).isEqualTo(3);
        assertThat(ofSwarm.eventsByType()).isEqualTo(Map.of("task:created", 2L, "task:started", 1L));
        assertThat(ofSwarm.eventsByAggregate()).isEqualTo(Map.of("t-1", 2L, "t-2", 1L));
        for (int top : new int[] {0, -1, 100_001}) {
            assertThatThrownBy(() -> ask(new GetStats(null, top), LedgerStats.class))
                    .isInstanceOf(InvalidQuery.class)
                    .hasMessage("top: " + top + " is not between 1 and 100000");
        }
    }
}
