package example.coordinator;

import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.agent.Agent;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.testing.Samples;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class AgentRulesTest {

    @Test
    void anAgentThatStoppedTakesNoTask() {
        new AggregateTestFixture<>(Agent.class)
                .given(new AgentSpawned("agent-1", "coder", "core", List.of()))
                .andGivenCommands(new StopAgent("agent-1", "no longer needed"))
                .when(new AssignTask("agent-1", "task-1"))
                .expectNoEvents()
                .expectException(RuleBroken.class);
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        new AggregateTestFixture<>(Agent.class)
                .givenCurrentTime(Instant.ofEpochMilli(1_767_225_600_000L))
                .andGiven(Samples.of(AgentSpawned.class))
                .when(new AssignTask("agent-1", "task-1"))
                .expectEvents(new AgentTaskAssigned("agent-1", "task-1", 1_767_225_600_000d));
    }
}
