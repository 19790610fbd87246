package io.swarmledger.commands.agent;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.agent.AgentSamples.AGENT;
import static io.swarmledger.commands.agent.AgentSamples.assigned;
import static io.swarmledger.commands.agent.AgentSamples.completed;
import static io.swarmledger.commands.agent.AgentSamples.spawned;
import static io.swarmledger.commands.agent.AgentSamples.started;
import static io.swarmledger.commands.agent.AgentSamples.stopped;
import static io.swarmledger.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.ObserveAgent;
import io.swarmledger.events.agent.AgentMessageSent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an agent does between its spawning and its stop: it calls tools and models, and says something. */
class CallsTest {

    @Test
    void aCallEndsWhenTheCommandArrives() {
        given(spawned()).when(new CallTool(AGENT, "c-1", "Bash", "make", 12d)).appends(tool("c-1", null, NOW));
        given(spawned()).when(new CallModel(AGENT, "m-1", "sonnet", 10, 2)).appends(model("m-1", null, NOW));
    }

    @Test
    void aCallIsOfTheTaskThatWasAssignedLastOfWhatIsNotFinished() {
        given(spawned(), assigned("t-1"), assigned("t-2"), assigned("t-3"), completed("t-3"))
                .when(new CallTool(AGENT, "c-1", "Bash", "make", 12d))
                .appends(tool("c-1", "t-2", NOW));
        given(spawned(), assigned("t-1"))
                .when(new CallModel(AGENT, "m-1", "sonnet", 10, 2))
                .appends(model("m-1", "t-1", NOW));
    }

    @Test
    void ofAnObservedCallOnlyItsObserverSaysOfWhichTask() {
        given(spawned(), assigned("t-1"))
                .when(new ObserveAgent(AGENT, tool("c-1", null, NOW)))
                .appends(tool("c-1", null, NOW));
    }

    @Test
    void theCallerMaySayOfWhichTaskAndWhen() {
        CallTool call = new CallTool(
                AGENT, "c-1", "Bash", "make", "t-9", 12.5, 12d, "lost", 1L, "aa", 2L, "bb", Map.of("k", 1), "out");
        given(spawned(), assigned("t-1")).when(call).appends(call.event());
    }

    @Test
    void aMessageIsSentWhenTheCommandArrives() {
        given(spawned())
                .when(new SendMessage(AGENT, "user", null, 2L, "aa", "hi"))
                .appends(new AgentMessageSent(AGENT, "user", NOW, 2L, "aa", "hi"));
    }

    @Test
    void notAfterItsStop() {
        String why = "StoppedAgentCannotCall: it was stopped (agent agent-1: stopped, 0 tasks assigned)";
        given(spawned(), stopped())
                .when(new CallTool(AGENT, "c-1", "Bash", null, null))
                .isRefused(why);
        given(spawned(), stopped())
                .when(new CallModel(AGENT, "m-1", "sonnet", 1, 1))
                .isRefused(why);
        given(spawned(), stopped())
                .when(new SendMessage(AGENT, "user", null, null, null, null))
                .isRefused(why);
        given(spawned(), stopped(), started())
                .when(new CallTool(AGENT, "c-1", "Bash", "make", 12d))
                .appends(tool("c-1", null, NOW));
    }

    @Test
    void notBeforeItIsSpawned() {
        given(started())
                .when(new CallTool(AGENT, "c-1", "Bash", null, null))
                .isRefused("OnlySpawnedAgentCanAct: it was never spawned (agent agent-1: not spawned)");
    }

    @Test
    void whatCannotBeIsNamed() {
        assertThatThrownBy(() -> new CallTool(AGENT, null, "Bash", null, null))
                .isInstanceOf(MalformedCommand.class)
                .hasMessage("callId is missing");
        assertThatThrownBy(() -> new CallModel(AGENT, "m", "sonnet", -1, 1))
                .hasMessage("inputTokens is -1, less than 0");
        assertThatThrownBy(() ->
                        new CallModel(AGENT, "m", "sonnet", null, null, null, 1L, 1L, null, null, -0.5, null, null))
                .hasMessage("costUsd is -0.5, less than 0");
        assertThatThrownBy(() -> new CallModel(
                        AGENT, "m", "sonnet", null, null, null, 1L, 1L, null, null, Double.NaN, null, null))
                .hasMessage("costUsd is NaN, which is no sum of money");
        assertThatThrownBy(() -> new SendMessage(AGENT, "no id", null, null, null, null))
                .hasMessageStartingWith("to is \"no id\"");
    }

    private static AgentToolCalled tool(String callId, String taskId, double at) {
        return new AgentToolCalled(
                AGENT, callId, "Bash", "make", taskId, at, 12d, null, null, null, null, null, null, null);
    }

    private static AgentModelCalled model(String callId, String taskId, double at) {
        return new AgentModelCalled(AGENT, callId, "sonnet", taskId, at, null, 10L, 2L, null, null, null, null, null);
    }
}
