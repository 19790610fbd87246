package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddedLedgerTest {

    @Test
    void whatWasRecordedIsAnswered() {
        try (TestLedger ledger = TestLedger.inMemory()) {
            Appended spawned = ledger.send(new SpawnAgent("agent-1", "coder", "core", List.of("java")));
            Appended started = ledger.send(new StartAgent("agent-1"));
            ledger.send(new CreateTask("task-1", "implementation", "Build it"));
            ledger.send(new AssignTask("agent-1", "task-1"));
            ledger.send(new CompleteAssignedTask("agent-1", "task-1", "done"));

            assertThat(spawned.position()).isEqualTo(1);
            assertThat(started.version()).isEqualTo(2);
            AgentView agent = ledger.ask(new GetAgent("agent-1"), AgentView.class);
            assertThat(agent.agent().status()).isEqualTo("idle");
            assertThat(agent.agent().completedTasks().toList()).containsExactly("task-1");
            assertThat(agent.health()).isEqualTo("ok");
            assertThat(ledger.page(FindAgents.all(), AgentView.class).items()).containsExactly(agent);
            assertThat(ledger.ask(new GetTask("task-1"), TaskState.class).status())
                    .isEqualTo("pending");
            assertThat(ledger.page(FindEvents.of("agent-1"), RecordedEvent.class)
                            .items())
                    .extracting(RecordedEvent::type)
                    .containsExactly("agent:spawned", "agent:started", "agent:task-assigned", "agent:task-completed");
            assertThat(JdbcClient.create(ledger.bean(ViewsFile.class).readers())
                            .sql("SELECT lower(name) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
                            .query(String.class)
                            .list())
                    .as("what no application may call a table of its own")
                    .containsExactlyInAnyOrderElementsOf(OwnReadModels.OF_LEDGER);
        }
    }
}
