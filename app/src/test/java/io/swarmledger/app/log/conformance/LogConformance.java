package io.swarmledger.app.log.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.Appender;
import io.swarmledger.app.log.Chain;
import io.swarmledger.app.log.Conflict;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogAdmin;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.LogObserver;
import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.LogTransaction;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.Excerpt;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.RawJson;
import io.swarmledger.query.log.StoredSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every store of the log must do, asked through its ports alone. A store is held against it by a subclass; a store
 * that does nothing fails each of these tests.
 */
public abstract class LogConformance {

    private static final double START = 1_767_517_200_000d;

    private EventLog log;
    private Appender appender;
    private final Map<String, Long> versions = new HashMap<>();
    private int made;

    /** A log of no events, opened for this test. */
    protected abstract void open();

    /** Reads it. */
    protected abstract EventLog log();

    /** Writes it. */
    protected abstract Appender appender();

    /** Looks after it. */
    protected abstract LogAdmin admin();

    @BeforeEach
    void begin() {
        open();
        log = log();
        appender = appender();
    }

    private EventRow row(String aggregateId, String type, String payload) {
        return row(aggregateId, type, payload, START + made, "swarm", null, null);
    }

    private EventRow row(
            String aggregateId,
            String type,
            String payload,
            Number timestamp,
            String swarmId,
            String causationId,
            String correlationId) {
        return new EventRow(
                "event-" + ++made,
                aggregateId,
                versions.merge(aggregateId, 0L, (before, none) -> before + 1),
                type.substring(0, type.indexOf(':')),
                timestamp,
                type,
                "1",
                payload,
                null,
                "test",
                causationId,
                correlationId,
                swarmId,
                "somebody");
    }

    private void append(EventRow... rows) {
        appender.append(List.of(rows));
    }

    private List<String> ids(EventLog.Part part) {
        return part.rows().stream().map(LogRow::id).toList();
    }

    private List<String> found(EventCriteria criteria) {
        return ids(log.read(EventSelection.of(criteria), Budget.PAGE));
    }

    @Test
    void positionsRiseFromOneWithoutGaps() {
        assertThat(appender.append(List.of(row("a", "agent:spawned", "{}"), row("b", "agent:spawned", "{}"))))
                .containsExactly(1, 2);
        assertThat(appender.append(List.of(row("a", "agent:failed", "{}")))).containsExactly(3);
        assertThat(log.head()).isEqualTo(3);
    }

    @Test
    void whatIsAppendedIsReadToTheCharacter() {
        String payload = "{ \"b\" : 1.50, \"a\":\"\\u00e9 é 😀\" }";
        EventRow row = new EventRow(
                "id",
                "a",
                0,
                "agent",
                1_767_517_200_000.25,
                "agent:spawned",
                "1",
                payload,
                "{\"x\": 1}",
                "src",
                "c",
                "r",
                "s",
                "me");
        append(row);

        LogRow read = log.byId("id").orElseThrow();
        assertThat(read)
                .isEqualTo(new LogRow(
                        1,
                        "id",
                        "agent:spawned",
                        "1",
                        "a",
                        "agent",
                        1,
                        1_767_517_200_000.25,
                        "src",
                        payload,
                        "{\"x\": 1}",
                        "c",
                        "r",
                        "s",
                        read.recordedAt(),
                        "me",
                        null));
        assertThat(read.recordedAt()).isPositive();
    }

    @Test
    void aTakenVersionIsRefusedAndNothingOfTheAppendIsThere() {
        append(row("a", "agent:spawned", "{}"));
        versions.clear();
        EventRow other = row("b", "agent:spawned", "{}");
        EventRow again = row("a", "agent:spawned", "{}");

        assertThatThrownBy(() -> append(other, again)).isInstanceOf(Conflict.class);

        assertThat(log.head()).isEqualTo(1);
        assertThat(log.byId(other.eventId())).isEmpty();
        assertThat(appender.append(List.of(other))).containsExactly(2);
    }

    @Test
    void aTakenIdIsRefused() {
        append(row("a", "agent:spawned", "{}"));
        made = 0;
        assertThatThrownBy(() -> append(row("b", "agent:spawned", "{}"))).isInstanceOf(Conflict.class);
    }

    @Test
    void manyWhoAppendAtOnceEachGetPositionsOfTheirOwn() {
        List<EventRow> rows = IntStream.range(0, 64)
                .mapToObj(i -> row("a-" + i, "agent:spawned", "{}"))
                .toList();
        List<CompletableFuture<Long>> appending = rows.stream()
                .map(row -> CompletableFuture.supplyAsync(() -> appender.append(List.of(row))[0]))
                .toList();
        for (int i = 0; i < rows.size(); i++) {
            long position = appending.get(i).join();
            assertThat(log.byId(rows.get(i).eventId())).map(LogRow::position).contains(position);
        }
        assertThat(appending.stream().mapToLong(CompletableFuture::join).sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, rows.size())
                        .mapToObj(i -> (long) i)
                        .toList());
    }

    @Test
    void aReadingGoesFromBehindAPositionUpToAnother() {
        append(row("a", "agent:spawned", "{}"), row("a", "agent:failed", "{}"), row("b", "agent:spawned", "{}"));
        assertThat(ids(log.read(1, 2, EventCriteria.ALL, Budget.PAGE))).containsExactly("event-2");
        assertThat(ids(log.read(0, Long.MAX_VALUE, EventCriteria.ALL, Budget.PAGE)))
                .containsExactly("event-1", "event-2", "event-3");
    }

    @Test
    void aBudgetOfEventsEndsAReadingWhichSaysSo() {
        append(row("a", "agent:spawned", "{}"), row("a", "agent:failed", "{}"), row("b", "agent:spawned", "{}"));
        EventLog.Part part = log.read(0, Long.MAX_VALUE, EventCriteria.ALL, new Budget(2, Long.MAX_VALUE));
        assertThat(part.rows()).hasSize(2);
        assertThat(part.isAll()).isFalse();
        assertThat(log.read(part.last(0), Long.MAX_VALUE, EventCriteria.ALL, new Budget(2, Long.MAX_VALUE))
                        .isAll())
                .isTrue();
    }

    @Test
    void aBudgetOfBytesEndsAReadingAndTheFirstEventComesHoweverLargeItIs() {
        String large = "{\"text\":\"" + "x".repeat(100_000) + "\"}";
        append(row("a", "agent:spawned", large), row("a", "agent:failed", large));
        EventLog.Part part = log.read(0, Long.MAX_VALUE, EventCriteria.ALL, new Budget(10, 1_000));
        assertThat(ids(part)).containsExactly("event-1");
        assertThat(part.isAll()).isFalse();
        assertThat(ids(log.stream("a", 0, new Budget(10, 1_000)))).containsExactly("event-1");
    }

    @Test
    void theNewestComeFirstIfAskedForAndSomeArePassedOver() {
        append(row("a", "agent:spawned", "{}"), row("a", "agent:failed", "{}"), row("b", "agent:spawned", "{}"));
        EventSelection newest = EventSelection.of(EventCriteria.ALL).withNewestFirst(true);
        assertThat(ids(log.read(newest, Budget.PAGE))).containsExactly("event-3", "event-2", "event-1");
        assertThat(ids(log.read(newest.withPassOver(1), new Budget(1, Long.MAX_VALUE))))
                .containsExactly("event-2");
    }

    @Test
    void eachCriterionSaysWhichEventsAreMeant() {
        append(
                row("a", "agent:spawned", "{}", START, "alpha", null, "run"),
                row("a", "agent:failed", "{}", START + 10, "alpha", null, null),
                row("t", "task:created", "{}", START + 20, "beta", null, "run"));
        assertThat(found(EventCriteria.ALL.withAggregateIds(List.of("t")))).containsExactly("event-3");
        assertThat(found(EventCriteria.ALL.withAggregateTypes(List.of("agent"))))
                .containsExactly("event-1", "event-2");
        assertThat(found(EventCriteria.ofTypes(List.of("agent:failed", "task:created"))))
                .containsExactly("event-2", "event-3");
        assertThat(found(EventCriteria.ALL.withAfter(START))).containsExactly("event-2", "event-3");
        assertThat(found(EventCriteria.ALL.withBefore(START + 10))).containsExactly("event-1");
        assertThat(found(EventCriteria.ALL.withFromVersion(2L))).containsExactly("event-2");
        assertThat(found(EventCriteria.ALL.withSwarmId("beta"))).containsExactly("event-3");
        assertThat(found(EventCriteria.ALL.withCorrelationId("run"))).containsExactly("event-1", "event-3");
        assertThat(found(EventCriteria.ALL.withSwarmId("alpha").withCorrelationId("run")))
                .containsExactly("event-1");
    }

    @Test
    void whatMentionsAnAggregateIsFoundAndWhatNamesNoCause() {
        append(
                row("t", "task:created", "{}"),
                row("a", "agent:spawned", "{\"for\":\"t\"}", START, "swarm", "event-1", null),
                row("b", "agent:spawned", "{\"for\":\"t\"}"),
                row("c", "agent:spawned", "{\"for\":\"u\"}"));
        EventCriteria mentioning = EventCriteria.ALL.withMentions("t");
        assertThat(found(mentioning)).containsExactly("event-1", "event-2", "event-3");
        assertThat(ids(log.read(0, 100, mentioning.withUncaused(true), Budget.PAGE)))
                .containsExactly("event-1", "event-3");
    }

    @Test
    void ofCallsThoseThatFailedAreFoundAlone() {
        append(
                row("a", "agent:tool-called", "{\"error\":\"lost\"}"),
                row("a", "agent:tool-called", "{\"error\":null}"),
                row("a", "agent:model-called", "{\"error\":\"\"}"),
                row("a", "agent:tool-called", "no JSON"),
                row("a", "agent:failed", "{}"));
        assertThat(found(EventCriteria.ALL.withFailed(true))).containsExactly("event-1", "event-3", "event-5");
        assertThat(found(EventCriteria.ofTypes(List.of("agent:tool-called")).withFailed(true)))
                .containsExactly("event-1");
        assertThat(found(EventCriteria.ofTypes(List.of("agent:tool-called", "agent:failed"))
                        .withFailed(true)))
                .containsExactly("event-1", "event-5");
    }

    @Test
    void aPayloadIsCutIfAskedFor() {
        append(row("a", "agent:spawned", "{\"role\":\"coder\"}"));
        EventSelection cut = EventSelection.of(EventCriteria.ALL).withPayloadCharacters(6L);
        assertThat(log.read(cut, Budget.PAGE).rows())
                .extracting(LogRow::payload)
                .containsExactly("{\"role");
    }

    @Test
    void aStreamIsReadInTheOrderOfItsVersions() {
        append(row("a", "agent:spawned", "{}"), row("b", "agent:spawned", "{}"), row("a", "agent:failed", "{}"));
        assertThat(ids(log.stream("a", 0, Budget.PAGE))).containsExactly("event-1", "event-3");
        assertThat(ids(log.stream("a", 1, Budget.PAGE))).containsExactly("event-3");
        List<Long> seen = new ArrayList<>();
        log.stream("a", row -> {
            seen.add(row.version());
            return false;
        });
        assertThat(seen).containsExactly(1L);
    }

    @Test
    void eachEventIsVisitedOnceInOrder() {
        int many = 1_234;
        appender.append(IntStream.range(0, many)
                .mapToObj(i -> row("a", "agent:spawned", "{}"))
                .toList());
        List<Long> visited = new ArrayList<>();
        log.each(0, Long.MAX_VALUE, row -> visited.add(row.position()));
        assertThat(visited)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, many).mapToObj(i -> (long) i).toList());
        visited.clear();
        log.at(List.of(7L, 3L, 99_999L), row -> visited.add(row.position()));
        assertThat(visited).containsExactly(3L, 7L);
    }

    @Test
    void ofPositionsThoseAreToldOfWhichConditionsHold() {
        append(row("a", "agent:spawned", "{}"), row("b", "agent:spawned", "{}"), row("a", "agent:failed", "{}"));
        EventCriteria ofA = EventCriteria.ALL.withAggregateIds(List.of("a"));
        assertThat(log.among(List.of(3L, 2L, 1L), ofA)).containsExactly(1L, 3L);
        assertThat(log.among(List.of(2L, 3L, 99L), ofA.withTypes(List.of("agent:failed"))))
                .containsExactly(3L);
        assertThat(log.among(List.of(2L, 99L), EventCriteria.ALL)).containsExactly(2L);
    }

    @Test
    void eventsAreFoundByTheirIds() {
        append(row("a", "agent:spawned", "{}"), row("b", "agent:spawned", "{}"));
        assertThat(log.byId("event-2")).map(LogRow::position).contains(2L);
        assertThat(log.byId("event-9")).isEmpty();
        assertThat(log.byIds(List.of("event-1"))).extracting(LogRow::id).containsExactly("event-1");
        assertThat(log.byIds(List.of("event-2", "event-9", "event-1")))
                .extracting(LogRow::id)
                .containsExactlyInAnyOrder("event-1", "event-2");
    }

    @Test
    void aStreamIsLookedIntoAroundAPosition() {
        append(
                row("a", "agent:spawned", "{}"),
                row("b", "agent:spawned", "{}"),
                row("a", "agent:failed", "{}"),
                row("a", "agent:terminated", "{}"));
        assertThat(log.first("a", 0)).map(LogRow::position).contains(1L);
        assertThat(log.first("a", 1)).map(LogRow::position).contains(3L);
        assertThat(log.last("a", 2)).map(LogRow::position).contains(1L);
        assertThat(log.last("a", Long.MAX_VALUE, "agent:failed", "agent:spawned"))
                .map(LogRow::position)
                .contains(3L);
        assertThat(log.last("c", Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void theLastEventThatSaysSomethingIsFound() {
        append(
                row("a", "agent:task-assigned", "{\"taskId\":\"t\"}"),
                row("a", "agent:task-assigned", "{\"taskId\":\"u\"}"),
                row("a", "agent:task-assigned", "no json, taskId t"));
        assertThat(log.lastSaying("taskId", "t", "a", "agent:task-assigned", Long.MAX_VALUE))
                .map(LogRow::position)
                .contains(1L);
        assertThat(log.lastSaying("taskId", "u", "a", "agent:task-assigned", 1)).isEmpty();
    }

    @Test
    void effectsAreFoundByTheirCause() {
        append(
                row("a", "agent:spawned", "{}"),
                row("b", "agent:spawned", "{}", START, "swarm", "event-1", null),
                row("c", "agent:spawned", "{}", START, "swarm", "event-1", null));
        assertThat(ids(log.causedBy("event-1", Budget.PAGE))).containsExactly("event-2", "event-3");
        assertThat(log.causedBy("event-1", new Budget(1, Long.MAX_VALUE)).isAll())
                .isFalse();
    }

    @Test
    void eventsAreCounted() {
        append(
                row("a", "agent:spawned", "{}", START, "alpha", null, null),
                row("a", "agent:failed", "{}", START, "alpha", null, null),
                row("b", "agent:spawned", "{}", START, "beta", null, null));
        assertThat(log.count(EventSelection.of(EventCriteria.ALL), 10)).isEqualTo(3);
        assertThat(log.count(EventSelection.of(EventCriteria.ALL), 2)).isEqualTo(2);
        assertThat(log.countBy(EventLog.Key.TYPE, EventCriteria.ALL, 10))
                .containsExactly(Map.entry("agent:spawned", 2L), Map.entry("agent:failed", 1L));
        assertThat(log.countBy(EventLog.Key.AGGREGATE, EventCriteria.ALL.withSwarmId("beta"), 10))
                .containsExactly(Map.entry("b", 1L));
        assertThat(log.countKeys(EventLog.Key.AGGREGATE, EventCriteria.ALL)).isEqualTo(2);
        assertThat(log.countKeys(EventLog.Key.TYPE, EventCriteria.ALL.withSwarmId("beta")))
                .isEqualTo(1);
    }

    @Test
    void eventsAreCountedOverTime() {
        append(
                row("a", "agent:spawned", "{}", START, "alpha", null, null),
                row("a", "agent:failed", "{}", START + 10, "alpha", null, null),
                row("b", "agent:spawned", "{}", START + 19, "beta", null, null));
        double[] bounds = {START, START + 10, START + 20};
        assertThat(log.countOverTime(bounds, List.of(), null)).containsExactly(1, 2);
        assertThat(log.countOverTime(bounds, List.of(), "alpha")).containsExactly(1, 1);
        assertThat(log.countOverTime(bounds, List.of("agent:failed"), null)).containsExactly(0, 1);
        assertThat(log.times(null)).contains(new EventLog.Times(START, START + 19));
        assertThat(log.times("alpha")).contains(new EventLog.Times(START, START + 10));
        assertThat(log.times("gamma")).isEmpty();
    }

    @Test
    void excerptsTellTextsOfPayloads() {
        append(
                row("a", "agent:task-assigned", "{\"taskId\":\"t\"}"),
                row("a", "agent:failed", "{\"error\":\"too long\",\"n\":{\"x\":1}}"),
                row("b", "agent:failed", "no json"));
        List<Excerpt> failures = new ArrayList<>();
        EventSelection failed = EventSelection.of(EventCriteria.ofTypes(List.of("task:failed", "agent:failed")))
                .withNewestFirst(true);
        log.excerpts(failed, List.of("error", "n"), 7, 10, failures::add);
        assertThat(failures).extracting(Excerpt::position).containsExactly(3L, 2L);
        assertThat(failures.get(0).texts()).containsExactly(null, null);
        assertThat(failures.get(1).texts()).containsExactly("too lon", "{\"x\":1}");

        Map<Long, Excerpt> before =
                log.preceding(List.of(2L, 3L), List.of("agent:task-assigned"), 50, List.of("taskId"));
        assertThat(before).containsOnlyKeys(2L);
        assertThat(before.get(2L).texts()).containsExactly("t");
    }

    @Test
    void aTimeMeansThePositionUpToWhichNothingIsLater() {
        append(
                row("a", "agent:spawned", "{}", START + 10, "swarm", null, null),
                row("a", "agent:failed", "{}", START + 30, "swarm", null, null),
                row("b", "agent:spawned", "{}", START + 20, "swarm", null, null));
        assertThat(log.positionAt(START)).isZero();
        assertThat(log.positionAt(START + 25)).isEqualTo(1);
        assertThat(log.positionAt(START + 30)).isEqualTo(Long.MAX_VALUE);
        assertThat(log.latest(0)).isEmpty();
        assertThat(log.latest(1)).contains(START + 10);
        assertThat(log.latest(3)).contains(START + 30);
        assertThat(log.latest(9)).contains(START + 30);
    }

    @Test
    void everyEventIsALinkOfTheChain() {
        EventRow row = row("a", "agent:spawned", "{}");
        append(row);
        byte[] link =
                Chain.link(Chain.BEGINNING, 1, log.byId("event-1").orElseThrow().recordedAt(), Chain.digest(row));
        assertThat(log.link(1)).hasValueSatisfying(stored -> assertThat(stored).isEqualTo(link));
        assertThat(log.link(2)).isEmpty();
    }

    @Test
    void questionsAskedTogetherSeeOneMoment() {
        append(row("a", "agent:spawned", "{}"));
        EventRow later = row("a", "agent:failed", "{}");
        long seen = log.asOfNow(now -> {
            long before = now.head();
            append(later);
            assertThat(now.byId(later.eventId())).isEmpty();
            return before + now.head();
        });
        assertThat(seen).isEqualTo(2);
        assertThat(log.head()).isEqualTo(2);
    }

    @Test
    void aTransactionSeesWhatItAddedAndWhoKeepsAggregatesIsTold() throws Exception {
        AtomicInteger told = new AtomicInteger();
        appender.afterBulk(told::incrementAndGet);
        append(row("a", "agent:spawned", "{}"));
        appender.transact(transaction -> {
            assertThat(transaction.isEmpty()).isFalse();
            assertThat(transaction.append(row("a", "agent:failed", "{}"))).isEqualTo(2);
            assertThat(transaction.byId("event-2")).map(LogRow::version).contains(2L);
            assertThat(transaction.byVersion("a", 2)).map(LogRow::id).contains("event-2");
            assertThat(transaction.stream("a")).contains(new LogTransaction.Stream(2, "swarm"));
            versions.clear();
            assertThatThrownBy(() -> transaction.append(row("a", "agent:spawned", "{}")))
                    .isInstanceOf(Conflict.class);
            return transaction.append(row("b", "agent:spawned", "{}"));
        });
        assertThat(log.head()).isEqualTo(3);
        assertThat(told).hasValue(1);
    }

    @Test
    void ofATransactionThatFailsNothingIsThere() {
        append(row("a", "agent:spawned", "{}"));
        assertThatThrownBy(() -> appender.transact(transaction -> {
                    transaction.append(row("a", "agent:failed", "{}"));
                    throw new IllegalStateException("on the way");
                }))
                .hasMessage("on the way");
        assertThat(log.head()).isEqualTo(1);
        assertThat(appender.append(List.of(row("b", "agent:spawned", "{}")))).containsExactly(2);
    }

    @Test
    void snapshotsOfAnotherProgramAreKeptTheNewestOfEach() throws Exception {
        StoredSnapshot two = new StoredSnapshot("a", "agent", 2, new RawJson("{\"v\":2}"), START, true);
        StoredSnapshot one = new StoredSnapshot("a", "agent", 1, new RawJson("{\"v\":1}"), START, true);
        assertThat(appender.<List<Boolean>>transact(log -> List.of(log.keep(two), log.keep(one), log.keep(two))))
                .containsExactly(true, false, false);
        assertThat(log.snapshot("a")).contains(two);
        assertThat(log.snapshots()).isEqualTo(1);
        List<StoredSnapshot> imported = new ArrayList<>();
        log.importedSnapshots(imported::add);
        assertThat(imported).containsExactly(two);
    }

    @Test
    void whoWatchesIsToldOfWhatIsWritten() {
        AtomicInteger events = new AtomicInteger();
        appender.observe(new LogObserver() {
            @Override
            public void committed(int appends, long brought, long nanos) {
                events.addAndGet((int) brought);
            }

            @Override
            public void failed(LogFault fault) {
                throw fault;
            }
        });
        append(row("a", "agent:spawned", "{}"), row("b", "agent:spawned", "{}"));
        assertThat(events).hasValue(2);
    }

    @Test
    void aLogThatIsAsItWasWrittenIsFoundSo() {
        append(row("a", "agent:spawned", "{}"), row("a", "agent:failed", "{}"));
        AtomicInteger checked = new AtomicInteger();
        assertThat(admin().verify(AggregateTypes.ofLedger(), events -> checked.set((int) events)))
                .isEqualTo(new Verdict(true, 2, 2, null, List.of()));
        assertThat(checked).hasValue(2);
        assertThat(admin().standing()).isEqualTo(new LogStanding(log.ledgerId(), 2));
    }

    @Test
    void aPayloadThatIsNoJsonIsFound() {
        append(row("a", "agent:spawned", "{}"), row("a", "agent:failed", "{"));
        Verdict verdict = admin().verify(AggregateTypes.ofLedger(), events -> {});
        assertThat(verdict.ok()).isFalse();
        assertThat(verdict.firstBadPosition()).isEqualTo(2);
        assertThat(verdict.problems()).isNotEmpty();
    }

    @Test
    void aLedgerHasAName() {
        assertThat(log.ledgerId()).isNotBlank().isEqualTo(log.ledgerId());
    }

    @Test
    void whateverIsAppendedInWhateverGroupsIsReadAsItCame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        while (expected.size() < 300) {
            List<EventRow> group = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                group.add(row("a-" + random.nextInt(7), "agent:spawned", "{\"n\":" + random.nextInt() + "}"));
            }
            if (random.nextInt(4) == 0) {
                EventRow taken = new EventRow(
                        "x-" + expected.size(),
                        "a-x",
                        0,
                        "agent",
                        START,
                        "agent:spawned",
                        "1",
                        "{}",
                        null,
                        "test",
                        null,
                        null,
                        "swarm",
                        null);
                List<EventRow> refused = List.of(taken, taken);
                assertThatThrownBy(() -> appender.append(refused))
                        .as("seed %d", seed)
                        .isInstanceOf(Conflict.class);
            }
            appender.append(group);
            group.forEach(row -> expected.add(row.eventId() + row.payload()));
        }
        List<String> read = new ArrayList<>();
        log.each(0, Long.MAX_VALUE, row -> read.add(row.id() + row.payload()));
        assertThat(read).as("seed %d", seed).isEqualTo(expected);
        assertThat(log.head()).as("seed %d", seed).isEqualTo(expected.size());
    }
}
