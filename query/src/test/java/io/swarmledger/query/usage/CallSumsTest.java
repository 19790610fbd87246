package io.swarmledger.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.task.TaskCancelled;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.Told;
import io.swarmledger.query.agent.AgentFold;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.agent.AgentState;
import io.swarmledger.query.swarm.SwarmFold;
import io.swarmledger.query.swarm.SwarmState;
import io.swarmledger.query.task.TaskFold;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.view.ViewTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What calls come to, of an agent, of a task that they name, and of a swarm. */
class CallSumsTest {

    private static final LedgerEvent SPAWNED =
            new AgentSpawned("agent-1", "coder", "core", List.of(), "Ada", "agent-0", "claude-sonnet-4-5", "session-1");

    private static AgentToolCalled tool(String taskId, String error) {
        return new AgentToolCalled(
                "agent-1", "c", "Bash", null, taskId, 5d, 10d, error, null, null, null, null, null, null);
    }

    private static AgentModelCalled model(String taskId, Long in, Long out, Long read, Long write, Double cost) {
        return new AgentModelCalled("agent-1", "m", "sonnet", taskId, 5d, 10d, in, out, read, write, cost, null, null);
    }

    @Test
    void anAgentsCallsAreSummedWhateverTheyAreFor() {
        AgentState agent = Told.to(
                new AgentFold(),
                SPAWNED,
                tool("t", null),
                tool(null, "lost"),
                model("t", 10L, 2L, 3L, 4L, 0.25),
                model(null, 1L, 1L, null, null, null),
                new AgentStopped("agent-1", null, null),
                tool(null, null));
        assertThat(agent.calls()).isEqualTo(new CallSums(3, 1, 2, 11, 3, 3, 4, 0.25));
        assertThat(agent.status()).isEqualTo("completed");
        assertThat(agent.name()).isEqualTo("Ada");
        assertThat(agent.parentAgentId()).isEqualTo("agent-0");
        assertThat(agent.model()).isEqualTo("claude-sonnet-4-5");
        assertThat(agent.sessionId()).isEqualTo("session-1");
    }

    @Test
    void spawnedAnewItHasCalledNothing() {
        assertThat(Told.to(new AgentFold(), SPAWNED, tool("t", null), SPAWNED).calls())
                .isEqualTo(CallSums.NONE);
    }

    @Test
    void aTasksCallsAreThoseThatNameIt() {
        TaskState task = Told.to(
                new TaskFold(),
                tool("task-1", null),
                new TaskCreated("task-1", "feature", "Parse", null, null, null, null, "task-0"),
                tool("task-1", "lost"),
                model("task-1", 10L, 2L, null, null, 0.5),
                new TaskCancelled("task-1", "enough", 7d),
                tool("task-1", null));
        assertThat(task.calls()).isEqualTo(new CallSums(2, 1, 1, 10, 2, 0, 0, 0.5));
        assertThat(task.status()).isEqualTo("cancelled");
        assertThat(task.cancelledAt()).isEqualTo(7);
        assertThat(task.parentTaskId()).isEqualTo("task-0");
        assertThat(TaskQueries.MODEL.thingOf(tool("task-1", null), Told.at(1))).isEqualTo("task-1");
        assertThat(TaskQueries.MODEL.thingOf(tool(null, null), Told.at(1))).isNull();
    }

    @Test
    void aSwarmsCallsAreThoseInIt() {
        SwarmState swarm = Told.to(
                new SwarmFold(),
                new SwarmInitialized("mesh", 3L, null, null),
                tool(null, null),
                model(null, 1L, 2L, 3L, 4L, null));
        assertThat(swarm.calls()).isEqualTo(new CallSums(1, 0, 1, 1, 2, 3, 4, null));
    }

    @Test
    void whatCannotBeIsNotCounted() {
        AgentState agent = Told.to(
                new AgentFold(),
                SPAWNED,
                model(null, -5L, Long.MAX_VALUE, null, null, -1d),
                model(null, null, 7L, null, null, Double.NaN));
        assertThat(agent.calls()).isEqualTo(new CallSums(0, 0, 2, 0, Long.MAX_VALUE, 0, 0, null));
    }

    @Test
    void theirFieldsAreTheStatesOwnInJsonAndAreReadBack() {
        AgentState agent = Told.to(new AgentFold(), SPAWNED, tool("t", "lost"), model("t", 10L, 2L, 3L, 4L, 0.25));
        String json = Json.mapper().writeValueAsString(agent);
        assertThat(Json.mapper().readTree(json).get("toolFailures").asInt()).isEqualTo(1);
        assertThat(Json.mapper().readTree(json).has("calls")).isFalse();
        ViewTable<AgentState> table = AgentQueries.MODEL.table();
        assertThat(table.read(table.write(agent)).calls()).isEqualTo(agent.calls());
    }

    @Test
    void aTasksOwnStreamTellsNothingOfThem() {
        TaskState task = Told.to(
                new TaskFold(),
                new TaskCreated("task-1", "feature", "Parse", null, null, null, null),
                tool("task-1", null));
        Object alone = ReadModels.ofLedger().alone("task", task);
        assertThat(Json.mapper().valueToTree(alone).has("toolCalls")).isFalse();
        assertThat(Json.mapper().valueToTree(task).get("toolCalls").asInt()).isEqualTo(1);
    }
}
