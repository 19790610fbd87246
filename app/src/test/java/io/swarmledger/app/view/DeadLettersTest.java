package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.agent.AgentState;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.ProjectionNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.deadletter.SequencedDeadLetterProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An event of a known type that cannot be read: its aggregate's events wait behind it in their order, others go on. */
class DeadLettersTest {

    private static final String POISON = "{\"startedAt\":\"soon\"}";

    private static TestLedger ledger;
    private static final Rows ROWS = new Rows();

    @BeforeAll
    static void open() {
        ledger = TestLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static void append(EventRow... rows) throws Exception {
        ledger.log().writer().append(List.of(rows));
        ledger.caughtUp();
    }

    private static EventRow completed(String agent, String task) {
        return ROWS.next(agent, "agent:task-completed", "{\"taskId\":\"" + task + "\",\"duration\":5}");
    }

    private static EventRow spawned(String agent) {
        return ROWS.next(agent, "agent:spawned", "{\"role\":\"coder\"}", Rows.START + 0.25, "alpha", null);
    }

    private static EventRow poison(String agent) {
        return ROWS.next(agent, "agent:started", POISON);
    }

    private static AgentState agent(String id) {
        return ledger.ask(new GetAgent(id), AgentView.class).agent();
    }

    private static JdbcClient views() {
        return JdbcClient.create(ledger.bean(ViewsFile.class).writer());
    }

    private static List<String> waiting(String agent) {
        return views().sql("SELECT eventIdentifier FROM DeadLetterEntry WHERE processingGroup = 'agent-state'"
                        + " AND sequenceIdentifier = ? ORDER BY sequenceIndex")
                .param(agent)
                .query(String.class)
                .list();
    }

    private static SequencedDeadLetterProcessor<?> letters() {
        return ledger.bean(EventProcessingConfiguration.class)
                .sequencedDeadLetterProcessor(ProjectionNames.AGENT_STATE)
                .orElseThrow();
    }

    private static void repair(EventRow poison) {
        assertThat(views().sql("UPDATE DeadLetterEntry SET payload = ? WHERE eventIdentifier = ?")
                        .params("{\"startedAt\":7}".getBytes(StandardCharsets.UTF_8), poison.eventId())
                        .update())
                .isEqualTo(1);
    }

    @Test
    void theRestOfItsAggregateWaitsOthersGoOnAndARetryAppliesAllInOrder() throws Exception {
        EventRow cause = poison("sick");
        EventRow behind = completed("sick", "one");
        append(spawned("sick"), cause, behind, spawned("well"), completed("well", "other"));
        EventRow later = completed("sick", "two");
        append(later, completed("well", "more"));

        assertThat(waiting("sick")).containsExactly(cause.eventId(), behind.eventId(), later.eventId());
        assertThat(agent("sick").taskCount()).isZero();
        assertThat(agent("well").completedTasks().toList()).containsExactly("other", "more");
        assertThat(ledger.page(FindEvents.of("sick"), RecordedEvent.class).items())
                .as("found all the same")
                .hasSize(4);
        assertThat(views().sql("SELECT causeMessage FROM DeadLetterEntry WHERE eventIdentifier = ?")
                        .param(cause.eventId())
                        .query(String.class)
                        .single())
                .startsWith("The payload of agent:started " + cause.eventId() + " cannot be read: ");

        assertThat(letters().process(letter -> letter.message().getIdentifier().equals(cause.eventId())))
                .as("it cannot be read yet")
                .isFalse();
        assertThat(waiting("sick")).hasSize(3);

        repair(cause);
        assertThat(letters().process(letter -> letter.message().getIdentifier().equals(cause.eventId())))
                .isTrue();
        assertThat(waiting("sick")).isEmpty();
        AgentState cured = agent("sick");
        assertThat(cured.completedTasks().toList()).containsExactly("one", "two");
        assertThat(cured.startedAt()).isEqualTo(7);
        assertThat(cured.swarmId()).isEqualTo("alpha");

        append(completed("sick", "three"));
        assertThat(agent("sick").completedTasks().toList()).containsExactly("one", "two", "three");
    }

    @Test
    void aRetryThatMeetsAnotherPoisonEventKeepsTheRestWaiting() throws Exception {
        EventRow cause = poison("twice");
        append(spawned("twice"), cause, completed("twice", "one"), poison("twice"), completed("twice", "two"));
        repair(cause);

        assertThat(letters().process(letter -> ((DomainEventMessage<?>) letter.message())
                        .getAggregateIdentifier()
                        .equals("twice")))
                .isFalse();
        assertThat(waiting("twice")).hasSize(2);
        assertThat(agent("twice").completedTasks().toList()).containsExactly("one");
    }

    /** The row of the agent is written before those of its list. */
    @Test
    void aRetryThatCannotBeWrittenLeavesNothingHalfThere() throws Exception {
        EventRow cause = poison("half");
        append(spawned("half"), cause, completed("half", "one"), completed("half", "two"));
        repair(cause);
        views().sql("CREATE TRIGGER fault BEFORE INSERT ON GrownItem WHEN NEW.item = '\"two\"' AND NEW.id = 'half'"
                        + " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
                .update();
        try {
            assertThat(letters()
                            .process(letter -> letter.message().getIdentifier().equals(cause.eventId())))
                    .isFalse();
        } finally {
            views().sql("DROP TRIGGER fault").update();
        }
        assertThat(agent("half").startedAt()).as("those before it stay applied").isEqualTo(7);
        assertThat(agent("half").taskCount()).isEqualTo(1);
        assertThat(agent("half").completedTasks().toList()).containsExactly("one");
        assertThat(waiting("half")).hasSize(1);

        String last = waiting("half").get(0);
        assertThat(letters().process(letter -> letter.message().getIdentifier().equals(last)))
                .isTrue();
        assertThat(agent("half").completedTasks().toList()).containsExactly("one", "two");
    }

    @Test
    void aRebuildMakesLettersOfItsOwnWhichTakeThePlaceOfTheOthers() throws Exception {
        EventRow cause = poison("again");
        append(spawned("again"), cause, completed("again", "one"));
        views().sql("DELETE FROM DeadLetterEntry WHERE sequenceIdentifier = 'again'")
                .update();

        ledger.bean(Replays.class)
                .start(List.of(ProjectionNames.AGENT_STATE))
                .done()
                .join();
        assertThat(waiting("again")).hasSize(2).startsWith(cause.eventId());
        assertThat(views().sql("SELECT count(*) FROM DeadLetterEntry WHERE processingGroup LIKE '%.rebuild'")
                        .query(Long.class)
                        .single())
                .isZero();

        append(completed("again", "two"));
        assertThat(waiting("again")).hasSize(3);
        assertThat(agent("again").taskCount()).isZero();
        repair(cause);
        assertThat(letters().process(letter -> letter.message().getIdentifier().equals(cause.eventId())))
                .isTrue();
        assertThat(agent("again").completedTasks().toList()).containsExactly("one", "two");
        assertThat(new Generations(ledger.bean(ViewsFile.class).writer())
                        .of(ProjectionNames.AGENT_STATE)
                        .orElseThrow()
                        .rebuilding())
                .isNull();
    }
}
