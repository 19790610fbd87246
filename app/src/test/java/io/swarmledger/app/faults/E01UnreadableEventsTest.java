package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.view.Rows;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.view.ProjectionNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("E1 events of an unknown type, a newer revision, with a field missing, too many or of another JSON type")
class E01UnreadableEventsTest {

    @TempDir
    Path directory;

    @Test
    void unknownOnesArePassedOverUnreadableOnesPutAsideAndAllAreFoundAndExported() throws Exception {
        Rows rows = new Rows();
        List<EventRow> events = List.of(
                rows.next("a", "agent:spawned", "{\"agentId\":\"a\",\"role\":\"coder\"}"),
                rows.next("a", "agent:promoted", "{\"to\": \"lead\"}"),
                rows.next("a", "agent:started", "{ }"),
                rows.next("t", "task:created", "{\"taskId\":\"t\",\"title\":\"T\",\"colour\":\"red\"}"),
                newer(rows.next("t", "task:queued", "{\"taskId\":\"t\",\"lane\":3}")),
                rows.next("sick", "agent:spawned", "{\"agentId\":\"sick\"}"),
                rows.next("sick", "agent:started", "{\"startedAt\":{\"no\":\"number\"}}"),
                rows.next("sick", "agent:failed", "{\"error\":\"behind it\"}"));
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.log().writer().append(events);
            ledger.caughtUp();

            assertThat(ledger.page(FindEvents.all(), RecordedEvent.class).items())
                    .extracting(RecordedEvent::id, event -> event.payload().toString())
                    .as("all found, to the character")
                    .containsExactlyElementsOf(events.stream()
                            .map(row -> Tuple.tuple(row.eventId(), row.payload()))
                            .toList());
            assertThat(ledger.ask(new GetAgent("a"), AgentView.class).agent().status())
                    .as("with a type unknown, and a field missing")
                    .isEqualTo("active");
            assertThat(ledger.ask(new GetTask("t"), TaskState.class).status())
                    .as("with a field too many, and of a newer revision")
                    .isEqualTo("queued");
            assertThat(letters(ledger, ProjectionNames.AGENT_STATE)).isEqualTo(2);
            assertThat(letters(ledger, ProjectionNames.TASK_HISTORY)).isZero();
            assertThat(ledger.ask(new GetAgent("sick"), AgentView.class).agent().status())
                    .as("as it was before the one that cannot be read")
                    .isEqualTo("idle");
        }

        Path export = directory.resolve("all.ndjson");
        Terminal.run("export", export, "--data", directory).succeeded();
        List<String> lines = Files.readAllLines(export);
        assertThat(lines).hasSameSizeAs(events);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i))
                    .contains(events.get(i).eventId(), events.get(i).payload());
        }
    }

    private static EventRow newer(EventRow row) {
        return new EventRow(
                row.eventId(),
                row.aggregateId(),
                row.sequenceNumber(),
                row.aggregateType(),
                row.timestamp(),
                row.eventType(),
                "99",
                row.payload(),
                row.metadata(),
                row.source(),
                row.causationId(),
                row.correlationId(),
                row.swarmId(),
                row.recordedBy());
    }

    private static long letters(TestLedger ledger, String projection) {
        return ledger.bean(EventProcessingConfiguration.class)
                .deadLetterQueue(projection)
                .map(SequencedDeadLetterQueue::size)
                .orElseThrow();
    }
}
