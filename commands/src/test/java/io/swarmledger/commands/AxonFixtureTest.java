package io.swarmledger.commands;

import io.swarmledger.commands.agent.Agent;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentTaskAssigned;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** Whoever tests with Axon's fixtures as they come needs no helper of ours. */
class AxonFixtureTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_767_225_600_000L);

    @Test
    void eventsAreGivenAsTheyAre() {
        new AggregateTestFixture<>(Agent.class)
                .givenCurrentTime(NOW)
                .andGiven(new AgentSpawned("agent-1", "coder", "core", List.of()))
                .when(new AssignTask("agent-1", "task-1"))
                .expectSuccessfulHandlerExecution()
                .expectEvents(new AgentTaskAssigned("agent-1", "task-1", (double) NOW.toEpochMilli()));
    }

    @Test
    void whatAnotherTypeHasIsRefusedStill() {
        Given.givenStreamOf("Agent", new AgentSpawned("x", "coder", "core", List.of()))
                .when(new StartTask("x", "agent-1"))
                .refusedAs(
                        IdBelongsToAnotherType.class,
                        "The id x belongs to another type: Agent, not task",
                        refusal -> {});
    }
}
