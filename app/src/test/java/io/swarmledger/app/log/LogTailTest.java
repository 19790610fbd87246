package io.swarmledger.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.createEvent;

import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import io.swarmledger.app.log.sqlite.SqliteEventLog;
import io.swarmledger.app.log.sqlite.SqliteEventStorageEngine;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.log.LogRow;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LogTailTest {

    private static final int IN_MEMORY = 20;
    /** What one of the events here holds, or so. */
    private static final int EVENT_BYTES = 750;

    private static final long IN_MEMORY_BYTES = IN_MEMORY * EVENT_BYTES;

    @TempDir
    Path directory;

    private LogFile log;
    private SqliteEventStorageEngine engine;
    private LogTail tail;
    private RowMessages messages;
    private int appended;

    @BeforeEach
    void open() {
        log = LogFile.open(directory.resolve("events.db"), Clock.systemUTC());
        LedgerSerializer serializer = LedgerSerializer.of(StoredTypes.events().and(String.class, "test:text", null));
        JdbcEventStorageEngine.Builder builder = JdbcEventStorageEngine.builder()
                .connectionProvider(log.readers()::getConnection)
                .transactionManager(NoTransactionManager.INSTANCE)
                .snapshotSerializer(serializer)
                .eventSerializer(serializer)
                .upcasterChain(NoOpEventUpcaster.INSTANCE)
                .batchSize(7);
        builder.persistenceExceptionResolver(new SqliteErrors());
        SqliteEventLog events = new SqliteEventLog(log.readers());
        engine = new SqliteEventStorageEngine(builder, events, log.writer(), 1 << 20);
        messages = new RowMessages(serializer, NoOpEventUpcaster.INSTANCE);
        tail = new LogTail(events, IN_MEMORY_BYTES, new Workers());
    }

    @AfterEach
    void close() {
        tail.close();
        log.close();
    }

    @Test
    void everyFollowerGetsEveryEventOnceAndInOrderHoweverSlowItIs() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        int events = 3_000;
        append(100);
        List<CompletableFuture<List<Long>>> followers = new ArrayList<>();
        for (int follower = 0; follower < 6; follower++) {
            Random chance = new Random(seed + follower);
            long from = chance.nextInt(60) - 1L;
            // A rest takes a tenth of a second at least: of one after each event there would be 300 seconds.
            int restEvery = follower < 3 ? Integer.MAX_VALUE : 50 + chance.nextInt(300);
            followers.add(CompletableFuture.supplyAsync(() -> follow(from, events, restEvery)));
        }
        Random chance = new Random(seed);
        while (appended < events) {
            append(Math.min(events - appended, 1 + chance.nextInt(chance.nextInt(10) == 0 ? 200 : 5)));
            if (chance.nextInt(3) > 0) {
                tail.appended();
            }
        }
        for (CompletableFuture<List<Long>> follower : followers) {
            List<Long> positions = follower.get(60, TimeUnit.SECONDS);
            assertThat(positions)
                    .containsExactlyElementsOf(LongStream.rangeClosed(positions.get(0), events)
                            .boxed()
                            .toList());
        }
    }

    /** One that rests lets the others go on until what it wants next is no longer in memory. */
    private List<Long> follow(long from, int last, int restEvery) {
        List<Long> positions = new ArrayList<>();
        try (TailStream stream = stream(from < 1 ? null : token(from))) {
            while (positions.isEmpty() || positions.get(positions.size() - 1) < last) {
                positions.add(position(stream.nextAvailable()));
                if (positions.size() % restEvery == 0) {
                    long here = positions.get(positions.size() - 1);
                    await().pollInSameThread().until(() -> head() >= Math.min(last, here + 3 * IN_MEMORY));
                }
            }
            assertThat(positions.get(0)).isEqualTo(Math.max(1, from + 1));
            return positions;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void whoWaitsAtTheEndIsToldAtOnce() throws Exception {
        append(1);
        try (TailStream stream = stream(token(1))) {
            assertThat(stream.hasNextAvailable()).isFalse();
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> waitFor(stream));
            append(1);
            tail.appended();

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(stream.peek().map(LogTailTest::position)).contains(2L);
            assertThat(position(stream.nextAvailable())).isEqualTo(2);
            assertThat(stream.hasNextAvailable(1, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void aCallbackRunsWhenThereIsMoreAlsoOfWhatNobodyAnnounced() throws Exception {
        append(1);
        AtomicInteger told = new AtomicInteger();
        TailStream stream = stream(token(1));
        assertThat(stream.setOnAvailableCallback(told::incrementAndGet)).isTrue();
        assertThat(stream.hasNextAvailable()).isFalse();
        append(1);
        await().until(stream::hasNextAvailable);
        assertThat(told.get()).isPositive();

        stream.close();
        assertThat(stream(token(2)).hasNextAvailable()).isFalse();
        int before = told.get();
        append(1);
        try (TailStream other = stream(token(2))) {
            assertThat(position(other.nextAvailable())).isEqualTo(3);
        }
        assertThat(told.get()).isEqualTo(before);
    }

    @Test
    void atACloseNobodyWaitsAnyLonger() {
        TailStream stream = stream(null);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> waitFor(stream));
        CompletableFuture<TrackedEventMessage<?>> next = CompletableFuture.supplyAsync(() -> next());

        tail.close();

        assertThat(waiting.join()).isFalse();
        assertThatThrownBy(next::join).hasRootCauseMessage("The log is closed");
    }

    private TailStream stream(TrackingToken token) {
        return new TailStream(tail, messages, InFlight.unbounded(), any -> true, token);
    }

    private static boolean waitFor(TailStream stream) {
        try {
            return stream.hasNextAvailable(1, TimeUnit.HOURS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private TrackedEventMessage<?> next() {
        try {
            return stream(null).nextAvailable();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void whatIsInMemoryIsBoundedInBytes() throws Exception {
        try (TailStream near = stream(null)) {
            assertThat(near.hasNextAvailable()).isFalse();
            long largest = 0;
            for (int i = 0; i < 60; i++) {
                append(1, "y".repeat(i % 7 == 0 ? 2 * (int) IN_MEMORY_BYTES : 10));
                tail.appended();
                position(near.nextAvailable());
                largest = Math.max(largest, tail.held());
            }
            assertThat(largest).as("and one event more").isBetween(1L, 6 * IN_MEMORY_BYTES);
        }
    }

    @Test
    void whoHasAsMuchInFlightAsItMayIsHandedNoMoreUntilItCommits() throws Exception {
        append(20);
        InFlight inFlight = new InFlight(3 * EVENT_BYTES);
        try (TailStream stream = new TailStream(tail, messages, inFlight, any -> true, null)) {
            AtomicInteger told = new AtomicInteger();
            stream.setOnAvailableCallback(told::incrementAndGet);
            long last = 0;
            int handed = 0;
            while (last < 20) {
                while (stream.hasNextAvailable()) {
                    last = position(stream.nextAvailable());
                    handed++;
                }
                assertThat(handed).as("behind %s", last).isBetween(1, 5);
                int before = told.get();
                inFlight.committed(last);
                assertThat(last == 20 || told.get() > before)
                        .as("it is told of the room")
                        .isTrue();
                handed = 0;
            }
        }
        try (TailStream again = new TailStream(tail, messages, inFlight, any -> true, null)) {
            assertThat(position(again.nextAvailable()))
                    .as("who begins anew has nothing in flight")
                    .isEqualTo(1);
        }
    }

    @Test
    void whoWantsSomeIsHandedThoseAndHowFarItIs() throws Exception {
        append(2_500);
        try (TailStream stream =
                new TailStream(tail, messages, InFlight.unbounded(), message -> position(message) % 100 == 7, null)) {
            List<Long> handed = new ArrayList<>();
            while (handed.isEmpty() || handed.get(handed.size() - 1) < 2_500) {
                handed.add(position(stream.nextAvailable()));
            }
            assertThat(handed)
                    .isSorted()
                    .containsAll(
                            LongStream.range(0, 25).mapToObj(i -> i * 100 + 7).toList())
                    .endsWith(2_500L)
                    .hasSizeLessThan(1_250);
            assertThat(stream.hasNextAvailable()).isFalse();
        }
    }

    private static long position(EventMessage<?> message) {
        return ((TrackedEventMessage<?>) message).trackingToken().position().orElseThrow();
    }

    @Test
    void anErrorWhileReadingIsAnExceptionToTheProcessor() {
        RowMessages broken = new RowMessages(null, NoOpEventUpcaster.INSTANCE) {
            @Override
            public List<? extends TrackedEventMessage<?>> of(LogRow row) {
                throw new OutOfMemoryError("asked for");
            }
        };
        append(1);
        try (TailStream stream = new TailStream(tail, broken, InFlight.unbounded(), any -> true, null)) {
            assertThatThrownBy(stream::hasNextAvailable)
                    .isInstanceOf(EventStoreException.class)
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    private void append(int events, String payload) {
        for (int i = 0; i < events; i++) {
            engine.appendEvents(new GenericDomainEventMessage<>("test", "large", appended++, payload));
        }
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            engine.appendEvents(createEvent(appended++));
        }
    }

    private long head() {
        return engine.createHeadToken().position().orElseThrow();
    }

    private static TrackingToken token(long position) {
        return GapAwareTrackingToken.newInstance(position, List.of());
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }
}
