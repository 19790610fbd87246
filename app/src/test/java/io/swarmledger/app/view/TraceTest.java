package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.FailAgent;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.task.BlockTask;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.FailTask;
import io.swarmledger.commands.task.QueueTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.trace.GetTrace;
import io.swarmledger.query.trace.Link;
import io.swarmledger.query.trace.Trace;
import java.util.List;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceTest {

    private final TestLedger ledger = TestLedger.inMemory();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void recordedCausesAreFollowedBackToTheRootAndForward() {
        Appended created = ledger.send(new CreateTask("t", "coding", "Build it"));
        Appended queued = ledger.send(new QueueTask("t"), Envelope.from("swarm").causedBy(created.id()));
        Appended milestone =
                ledger.send(new SpawnAgent("a", "coder"), Envelope.from("swarm").causedBy(queued.id()));

        assertThat(lines(trace(milestone).causes()))
                .containsExactly("1 recorded null task:queued t", "2 recorded null task:created t");
        assertThat(lines(trace(created).effects()))
                .contains("1 recorded null task:queued t", "2 recorded null agent:spawned a");
        assertThat(trace(created).causes()).as("what begins needs no cause").isEmpty();
    }

    @Test
    void whereNothingWasRecordedRulesSayWhatLedToAFailureAndWhatItBlocks() {
        ledger.send(new SpawnAgent("a", "coder"));
        ledger.send(new CreateTask("t", "coding", "Build it"));
        ledger.send(new CreateTask("next", "coding", "Then this", null, null, List.of("t"), null));
        ledger.send(new BlockTask("next", "t"));
        ledger.send(new QueueTask("t"));
        ledger.send(new AssignTask("a", "t"));
        ledger.send(new StartTask("t", "a"));
        Appended failed = ledger.send(new FailTask("t", "no memory"));
        ledger.send(new FailAgent("a", "no memory"));

        assertThat(lines(trace(failed).causes()))
                .containsExactly(
                        "1 inferred same task task:started t",
                        "2 inferred assignment agent:task-assigned a",
                        "3 inferred same task task:queued t",
                        "4 inferred same task task:created t");
        assertThat(lines(trace(failed).effects()))
                .containsExactly("1 inferred same task agent:failed a", "1 inferred dependency task:blocked next");
        assertThat(trace(failed).isWhole()).isTrue();
    }

    @Test
    void aTaskGoesOnBecauseAnotherWasCompletedAndAMemoryIsReadBecauseItWasStored() {
        ledger.send(new CreateTask("t", "coding", "Build it"));
        ledger.send(new CreateTask("next", "coding", "Then this", null, null, List.of("t"), null));
        ledger.send(new StartTask("t", "a"));
        Appended completed = ledger.send(new CompleteTask("t", "ok"));
        Appended queued = ledger.send(new QueueTask("next"));
        Appended stored = ledger.send(new StoreMemory("m", "notes", "k", "episodic", 1L));
        ledger.send(new RetrieveMemory("m"));
        Appended again = ledger.send(new RetrieveMemory("m"));

        assertThat(lines(trace(queued).causes())).startsWith("1 inferred dependency task:completed t");
        assertThat(lines(trace(completed).effects())).containsExactly("1 inferred dependency task:queued next");
        assertThat(lines(trace(again).causes())).containsExactly("1 inferred memory read after write memory:stored m");
        assertThat(lines(trace(stored).effects()))
                .hasSize(2)
                .containsOnly("1 inferred memory read after write memory:retrieved m");
    }

    @Test
    void whatNobodyKnowsIsSaidToBeUnknown() {
        ledger.send(new SpawnAgent("a", "coder"));
        Appended failed = ledger.send(new FailAgent("a", "no memory"));
        Appended lost = ledger.send(
                new CreateTask("t", "coding", "x"), Envelope.from("swarm").causedBy("never-heard-of"));

        assertThat(lines(trace(failed).causes())).containsExactly("1 unknown it names no cause, and no rule knows one");
        assertThat(lines(trace(lost).causes())).containsExactly("1 unknown the cause that it names is not in the log");
        assertThat(ledger.bean(QueryGateway.class)
                        .query(new GetTrace("nothing", null), ResponseTypes.optionalInstanceOf(Trace.class))
                        .join())
                .isEmpty();
    }

    @Test
    void aCircleInImportedHistoryEndsAndGarbageSaysNothing() throws Exception {
        ledger.log().writer().bulk((inserter, connection) -> {
            inserter.insert(row("e1", "t", 0, "task:started", "{}", "e2"));
            inserter.insert(row("e2", "t", 1, "task:failed", "{}", "e1"));
            inserter.insert(row("e3", "u", 0, "task:blocked", "no json", null));
            return null;
        });

        assertThat(lines(trace("e1").causes())).containsExactly("1 recorded null task:failed t");
        assertThat(lines(trace("e2").effects())).containsExactly("1 recorded null task:started t");
        assertThat(lines(trace("e3").causes())).containsExactly("1 unknown it names no cause, and no rule knows one");
    }

    @Test
    void whereNotAllThatMayBeEffectsWasLookedAtItIsSaid() throws Exception {
        ledger.log().writer().bulk((inserter, connection) -> {
            inserter.insert(row("created", "parser", 0, "task:created", "{}", null));
            for (int note = 0; note < 150; note++) {
                inserter.insert(row("note-" + note, "note-" + note, 0, "task:noted", "{\"about\":\"parser\"}", null));
            }
            inserter.insert(row("queued", "parser", 1, "task:queued", "{}", null));
            return null;
        });

        Trace whole = trace("created", 1_000);
        assertThat(lines(whole.effects())).containsExactly("1 inferred same task task:queued parser");
        assertThat(whole.isWhole()).isTrue();
        Trace part = trace("created", 100);
        assertThat(part.effects()).isEmpty();
        assertThat(part.isWhole()).isFalse();
        assertThat(trace("queued", 1).isWhole())
                .as("what has one cause and no effects")
                .isTrue();
    }

    @Test
    void inTheDemoEveryLinkBackIsALinkForward() {
        new DemoSwarm(ledger.commands(), "", 30, 5, 1_767_517_200_000d, (done, all) -> {}).play();
        List<RecordedEvent> events = ledger.bean(QueryGateway.class)
                .query(FindEvents.all().with(query -> query.limit(10_000)), PageOf.items(RecordedEvent.class))
                .join()
                .items();

        for (RecordedEvent event : events) {
            trace(event.id()).causes().stream()
                    .filter(link -> link.steps() == 1)
                    .forEach(link -> {
                        if (link.event() != null) {
                            assertThat(trace(link.event().id()).effects())
                                    .as(
                                            "%s is an effect of %s",
                                            event.type(), link.event().type())
                                    .anyMatch(effect -> effect.steps() == 1
                                            && effect.via() == link.via()
                                            && effect.event().id().equals(event.id()));
                        }
                    });
        }
        RecordedEvent failed = events.stream()
                .filter(event -> event.type().equals("task:failed"))
                .findFirst()
                .orElseThrow();
        assertThat(trace(failed.id()).causes())
                .extracting(link -> link.event().type())
                .contains("agent:task-assigned");
    }

    private static EventRow row(
            String id, String aggregate, long sequence, String type, String payload, String causation) {
        return new EventRow(
                id, aggregate, sequence, "task", 1_000L, type, "1", payload, "{}", "swarm", causation, null, "swarm",
                null);
    }

    private Trace trace(Appended event) {
        return trace(event.id());
    }

    private Trace trace(String eventId) {
        return trace(eventId, 1_000);
    }

    private Trace trace(String eventId, int limit) {
        return ledger.bean(QueryGateway.class)
                .query(new GetTrace(eventId, limit), Trace.class)
                .join();
    }

    private static List<String> lines(List<Link> links) {
        return links.stream()
                .map(link -> link.steps() + " " + link.via() + " " + link.rule()
                        + (link.event() == null
                                ? ""
                                : " " + link.event().type() + " " + link.event().aggregateId()))
                .toList();
    }
}
