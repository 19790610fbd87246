package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.events.upcast.Upcasters;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.task.GetTimelines;
import io.swarmledger.query.task.TimelineQueries;
import io.swarmledger.query.task.Timelines;
import io.swarmledger.query.task.Timelines.Span;
import io.swarmledger.query.task.Timelines.Timeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelinesTest {

    @TempDir
    Path directory;

    private final Rows rows = new Rows();
    private AskedLog log;

    @BeforeEach
    void open() {
        log = AskedLog.in(
                directory,
                file -> new TimelineQueries(
                        file.events(), new EventReader(LedgerSerializer.of(StoredTypes.events()), Upcasters.chain())));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Timelines ask(Long position, String... ids) {
        return log.ask(new GetTimelines(List.of(ids), position), Timelines.class);
    }

    @Test
    void aTaskIsToldFromItsCreationThroughItsAttempts() throws Exception {
        log.append(
                rows.next("t", "task:created", "{}", 1_000),
                rows.next("t", "task:queued", "{}", 2_000),
                rows.next("other", "task:created", "{}", 2_500),
                rows.next("t", "task:started", "{\"agentId\":\"a\"}", 3_000),
                rows.next("t", "task:failed", "{}", 4_000),
                rows.next("t", "task:started", "{\"agentId\":\"b\"}", 5_000),
                rows.next("t", "task:completed", "{}", 6_000));

        assertThat(ask(null, "t").timelines())
                .containsExactly(new Timeline(
                        "t",
                        List.of(
                                new Span("pending", null, 1_000, 2_000.0, "event-1", 0),
                                new Span("queued", null, 2_000, 3_000.0, "event-2", 0),
                                new Span("in-progress", "a", 3_000, 4_000.0, "event-4", 1),
                                new Span("failed", "a", 4_000, 5_000.0, "event-5", 1),
                                new Span("in-progress", "b", 5_000, 6_000.0, "event-6", 2),
                                new Span("completed", "b", 6_000, 6_000.0, "event-7", 2))));
        assertThat(ask(4L, "t").timelines().get(0).spans())
                .last()
                .as("at work then")
                .isEqualTo(new Span("in-progress", "a", 3_000, null, "event-4", 1));
        assertThat(ask(0L, "t").timelines()).isEmpty();
    }

    @Test
    void whatIsUnknownOrUnreadableOrStartsAnewIsNoObstacle() throws Exception {
        log.append(
                rows.next("t", "task:started", "{}", 1),
                rows.next("t", "task:created", "{}", 1_000),
                rows.next("t", "task:started", "no json", 2_000),
                rows.next("t", "task:invented", "{}", 2_500),
                rows.next("t", "task:blocked", "{}", 900),
                rows.next("t", "task:created", "{}", 4_000),
                rows.next("a", "agent:spawned", "{}", 5_000));
        assertThat(ask(5L, "t", "a", "nobody").timelines())
                .containsExactly(new Timeline(
                        "t",
                        List.of(
                                new Span("pending", null, 1_000, 1_000.0, "event-2", 0),
                                new Span("blocked", null, 900, null, "event-5", 0))));
        assertThat(ask(null, "t", "t").timelines())
                .as("created anew")
                .containsExactly(new Timeline("t", List.of(new Span("pending", null, 4_000, null, "event-6", 0))));
    }

    @Test
    void ofVeryManySpansTheFirstAreTold() throws Exception {
        List<EventRow> events = new ArrayList<>();
        events.add(rows.next("t", "task:created", "{}"));
        for (int i = 0; i < 1_500; i++) {
            events.add(rows.next("t", "task:queued", "{}"));
        }
        log.append(events.toArray(EventRow[]::new));
        assertThat(ask(null, "t").isWhole()).isFalse();
        assertThat(ask(null, "t").timelines().get(0).spans()).hasSize(1_000);
        assertThat(ask(1_000L, "t").isWhole()).isTrue();
    }

    @Test
    void tooManyTasksAndNoPositionAreRefused() {
        assertThatThrownBy(() -> log.ask(new GetTimelines(Collections.nCopies(1_001, "t"), null), Timelines.class))
                .isInstanceOf(InvalidQuery.class)
                .hasMessage("taskIds: 1001 are more than 1000");
        assertThatThrownBy(() -> ask(-1L, "t")).isInstanceOf(InvalidQuery.class);
    }
}
