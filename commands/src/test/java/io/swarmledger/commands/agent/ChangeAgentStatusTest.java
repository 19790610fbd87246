package io.swarmledger.commands.agent;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.agent.AgentSamples.AGENT;
import static io.swarmledger.commands.agent.AgentSamples.assigned;
import static io.swarmledger.commands.agent.AgentSamples.changedTo;
import static io.swarmledger.commands.agent.AgentSamples.completed;
import static io.swarmledger.commands.agent.AgentSamples.failed;
import static io.swarmledger.commands.agent.AgentSamples.spawned;
import static io.swarmledger.commands.agent.AgentSamples.started;
import static io.swarmledger.commands.agent.AgentSamples.stopped;

import io.swarmledger.commands.Observe;
import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentTaskAssigned;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeAgentStatusTest {

    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of("idle", history()),
                Arguments.of("active", history(started())),
                Arguments.of("error", history(failed())),
                Arguments.of("active", history(assigned("task-1"))),
                Arguments.of("active", history(new AgentTaskAssigned(AGENT, null, null))),
                Arguments.of("idle", history(assigned("task-1"), completed("task-1"))),
                Arguments.of("blocked", history(changedTo("blocked"))),
                Arguments.of("blocked", history(changedTo("blocked"), changedTo(null))),
                Arguments.of("active", history(stopped(), started())),
                Arguments.of("idle", history(failed(), stopped(), spawned())));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void thePreviousStatusIsTheOneItHas(String previous, AgentEvent[] history) {
        given(history)
                .when(new ChangeAgentStatus(AGENT, "blocked"))
                .appends(new AgentStatusChanged(AGENT, previous, "blocked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"idle", "active", "blocked", "completed", "error"})
    void itMayBeAnyOfFive(String status) {
        given(spawned())
                .when(new ChangeAgentStatus(AGENT, status))
                .appends(new AgentStatusChanged(AGENT, "idle", status));
    }

    @Test
    void theCallerMaySayFromWhich() {
        given(spawned())
                .when(new ChangeAgentStatus(AGENT, "waiting", "active"))
                .appends(new AgentStatusChanged(AGENT, "waiting", "active"));
    }

    @Test
    void notAfterItsStop() {
        given(spawned(), stopped())
                .when(new ChangeAgentStatus(AGENT, "idle"))
                .isRefused("StoppedAgentCannotChange: it was stopped (agent agent-1: stopped, 0 tasks assigned)");
    }

    @Test
    void notBeforeItIsSpawned() {
        given(changedTo("active"))
                .when(new ChangeAgentStatus(AGENT, "idle"))
                .isRefused("OnlySpawnedAgentCanAct: it was never spawned (agent agent-1: not spawned)");
    }

    @Test
    void aFactAfterItsStopSaysThatItWasCompleted() {
        given(spawned(), stopped(), failed())
                .when(Observe.of("agent", AGENT, changedTo("idle")))
                .appends(new AgentStatusChanged(AGENT, "completed", "idle"));
    }

    private static AgentEvent[] history(AgentEvent... afterSpawn) {
        return Stream.concat(Stream.of(spawned()), Stream.of(afterSpawn)).toArray(AgentEvent[]::new);
    }
}
