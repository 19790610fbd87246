package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.activity.Activity;
import io.swarmledger.query.activity.Activity.Bucket;
import io.swarmledger.query.activity.Activity.Mark;
import io.swarmledger.query.activity.ActivityQueries;
import io.swarmledger.query.activity.GetActivity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityTest {

    @TempDir
    Path directory;

    private final Rows rows = new Rows();
    private AskedLog log;

    @BeforeEach
    void open() {
        log = AskedLog.in(directory, file -> new ActivityQueries(file.events()));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Activity ask(GetActivity query) {
        return log.ask(query, Activity.class);
    }

    @Test
    void whereNothingHappenedThereIsNothing() {
        assertThat(ask(GetActivity.whole())).isEqualTo(new Activity(0, 0, 1, List.of(), List.of()));
        assertThat(ask(new GetActivity(null, null, null, "nobody")).buckets()).isEmpty();
    }

    @Test
    void eachPartHasItsEventsAndItsFailures() throws Exception {
        log.append(
                rows.next("a", "agent:spawned", "{}", 1_000),
                rows.next("a", "agent:failed", "{}", 1_099.5),
                rows.next("t", "task:failed", "{}", 1_100),
                rows.next("s", "swarm:error", "{}", 1_399),
                rows.next("t", "task:completed", "{}", 1_400));

        Activity activity = ask(GetActivity.whole().withBuckets(4));

        assertThat(activity.from()).isEqualTo(1_000);
        assertThat(activity.to()).isEqualTo(1_400);
        assertThat(activity.bucketMillis()).isEqualTo(100);
        assertThat(activity.buckets())
                .containsExactly(
                        new Bucket(1_000, 2, 1),
                        new Bucket(1_100, 1, 1),
                        new Bucket(1_200, 0, 0),
                        new Bucket(1_300, 2, 1));
        assertThat(ask(new GetActivity(1_100.0, 1_399.0, 1, null)).buckets()).containsExactly(new Bucket(1_100, 2, 2));
    }

    @Test
    void whatStandsOutIsMarkedAndSaysWhatItIs() throws Exception {
        log.append(
                rows.next("s", "swarm:initialized", "{\"topology\":\"mesh\"}"),
                rows.next("s", "swarm:phase-changed", "{\"newPhase\":\"build\"}"),
                rows.next("s", "swarm:milestone-reached", "{\"name\":\"half\"}"),
                rows.next("s", "swarm:scaled", "{}"),
                rows.next("s", "swarm:error", "no json at all"),
                rows.next("s", "swarm:terminated", "{\"reason\":\"" + "x".repeat(1_000) + "\"}"));

        List<Mark> marks = ask(GetActivity.whole()).marks();

        assertThat(marks).extracting(Mark::position).containsExactly(1L, 2L, 3L, 5L, 6L);
        assertThat(marks).extracting(Mark::label).containsExactly("mesh", "build", "half", null, "x".repeat(200));
    }

    @Test
    void ofTooManyMarksTheSeldomAndThenTheNewestAreLeft() throws Exception {
        List<EventRow> events = new ArrayList<>();
        events.add(rows.next("s", "swarm:initialized", "{}"));
        for (int i = 0; i < 1_500; i++) {
            events.add(rows.next("s", "swarm:milestone-reached", "{\"name\":\"" + i + "\"}"));
        }
        log.append(events.toArray(EventRow[]::new));

        List<Mark> marks = ask(GetActivity.whole()).marks();

        assertThat(marks).hasSize(1_000);
        assertThat(marks.get(0).type()).isEqualTo("swarm:initialized");
        assertThat(marks.get(1).label()).isEqualTo("501");
        assertThat(marks.get(999).label()).isEqualTo("1499");
    }

    /** Whatever the times and the parts, and through whichever index: no event is lost, none is counted twice. */
    @Test
    void everyEventIsInThePartOfItsTime() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<EventRow> events = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double time = random.nextInt(5) == 0 ? random.nextInt(50) * 20 : random.nextDouble() * 1_000;
            String type = random.nextInt(3) == 0 ? "task:failed" : "task:queued";
            events.add(rows.next("t" + i, type, "{}", time, random.nextBoolean() ? "one" : "other", null));
        }
        log.append(events.toArray(EventRow[]::new));
        for (int round = 0; round < 20; round++) {
            int parts = 1 + random.nextInt(1_000);
            String swarm = List.of("one", "other").get(random.nextInt(2));
            for (String swarmId : new String[] {null, swarm}) {
                Activity activity = ask(new GetActivity(null, null, parts, swarmId));
                for (int i = 0; i < activity.buckets().size(); i++) {
                    Bucket bucket = activity.buckets().get(i);
                    boolean isLast = i == activity.buckets().size() - 1;
                    double end = isLast
                            ? Double.MAX_VALUE
                            : activity.buckets().get(i + 1).start();
                    List<EventRow> within = events.stream()
                            .filter(event -> swarmId == null || swarmId.equals(event.swarmId()))
                            .filter(event -> event.timestamp().doubleValue() >= bucket.start())
                            .filter(event -> event.timestamp().doubleValue() < end)
                            .toList();
                    assertThat(bucket.events())
                            .as("part %d of %d, seed %d", i, parts, seed)
                            .isEqualTo(within.size());
                    assertThat(bucket.failures())
                            .as("part %d of %d, seed %d", i, parts, seed)
                            .isEqualTo(within.stream()
                                    .filter(event -> event.eventType().equals("task:failed"))
                                    .count());
                }
            }
        }
    }

    @Test
    void aMomentIsOnePart() throws Exception {
        log.append(rows.next("t", "task:created", "{}", 5_000), rows.next("t", "task:queued", "{}", 5_000));
        Activity activity = ask(GetActivity.whole());
        assertThat(activity.buckets()).containsExactly(new Bucket(5_000, 2, 0));
        assertThat(activity.bucketMillis()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void soManyPartsThereAreNot(int buckets) {
        assertThatThrownBy(() -> ask(GetActivity.whole().withBuckets(buckets)))
                .isInstanceOf(InvalidQuery.class)
                .hasMessage("buckets: " + buckets + " is not between 1 and 1000");
    }

    @Test
    void aStretchThatEndsBeforeItBeginsIsRefused() throws Exception {
        log.append(rows.next("t", "task:created", "{}", 5_000));
        assertThatThrownBy(() -> ask(new GetActivity(2.0, 1.0, null, null)))
                .isInstanceOf(InvalidQuery.class)
                .hasMessage("to: is before from");
        assertThatThrownBy(() -> ask(new GetActivity(Double.NaN, null, null, null)))
                .isInstanceOf(InvalidQuery.class)
                .hasMessage("from: NaN is no time");
    }
}
