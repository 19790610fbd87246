package example.coordinator;

import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.agent.Agent;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.events.agent.AgentSpawned;
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
}
