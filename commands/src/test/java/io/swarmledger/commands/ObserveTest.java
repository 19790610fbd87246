package io.swarmledger.commands;

import static io.swarmledger.commands.Given.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskStarted;
import io.swarmledger.testing.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObserveTest {

    private static final OpaqueEvent DREAM = OpaqueEvent.unknown("agent:dreamt", null, "{\"of\":\"sheep\"}");

    static Stream<LedgerEvent> events() {
        return Samples.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void whateverHappenedIsRecordedAsItWas(LedgerEvent event) {
        given().when(Observe.of(Samples.typeOf(event), Samples.idOf(event), event))
                .appends(event);
    }

    @ParameterizedTest
    @MethodSource("io.swarmledger.commands.CommandSamples#types")
    void anUnknownTypeIsRecordedToTheCharacter(AggregateType type) {
        given().when(Observe.of(type.type(), "it-1", DREAM)).appends(DREAM).withViolations(Map.of());
    }

    @Test
    void aRuleThatIsBrokenIsNoted() {
        given(new AgentSpawned("agent-1", "coder", null, List.of()), new AgentStopped("agent-1", "done", 1d))
                .when(Observe.of("agent", "agent-1", new AgentStarted("agent-1", 2d)))
                .appends(new AgentStarted("agent-1", 2d))
                .withViolations(Map.of("StoppedAgentCannotStart", "it was stopped"));
    }

    @Test
    void allRulesThatAreBrokenAreNoted() {
        given().when(Observe.of("task", "task-1", new TaskCompleted("task-1", "ok", 2d, 1d)))
                .appends(new TaskCompleted("task-1", "ok", 2d, 1d))
                .withViolations(Map.of(
                        "OnlyCreatedTaskCanChange", "it was never created",
                        "OnlyTaskInProgressCanBeCompleted", "it is not in progress"));
        given().when(Observe.of("agent", "agent-1", new AgentTaskCompleted("agent-1", "task-1", null, 2d, 1d)))
                .withViolations(Map.of(
                        "OnlySpawnedAgentCanAct", "it was never spawned",
                        "OnlyAssignedTaskCanBeCompleted", "task-1 is not assigned to it"));
    }

    @Test
    void aFactThatBreaksNothingIsNotedAsNothing() {
        given().when(Observe.of("memory", "memory-1", new MemoryStored("memory-1", "n", "k", "t", 1L, 1d)))
                .withViolations(Map.of());
    }

    @Test
    void whatItLeavesOutIsFilledIn() {
        given(new MemoryStored("memory-1", "patterns", "retry", "episodic", 1L, 1d))
                .when(Observe.of("memory", "memory-1", Samples.saysNothing(MemoryRetrieved.class)))
                .appends(new MemoryRetrieved("memory-1", "patterns", "retry", Samples.NOW, 1L))
                .withViolations(Map.of());
    }

    @Test
    void theRulesAreNotedBesideTheCallersMetadata() {
        Envelope envelope = Envelope.from("agent-2").inSwarm("alpha").with("tags", List.of("a"));

        given().when(Observe.of("memory", "memory-1", new MemoryRetrieved("memory-1", "n", "k", 1d, 1L)), envelope)
                .inEnvelope(envelope.with(
                        "violations",
                        List.of(Map.of(
                                "rule", "OnlyStoredMemoryCanBeRetrieved", "detail", "nothing is stored under it"))));
    }

    @Test
    void aRuleOfNumbersIsNotedToo() {
        given(new SwarmInitialized("mesh", 5L, Map.of(), 1d))
                .when(Observe.of("swarm", "swarm-1", new SwarmScaled(0L, 9L, 2d, "load")))
                .appends(new SwarmScaled(0L, 9L, 2d, "load"))
                .withViolations(Map.of("AgentCountStaysWithinMaximum", "9 agents are more than its maximum of 5"));
    }

    @Test
    void wordsThatNoCommandWouldAcceptAreFactsAllTheSame() {
        LedgerEvent strange = new AgentStatusChanged("agent-1", "idle", "meditating");

        given(new AgentSpawned("agent-1", "coder", null, List.of()))
                .when(Observe.of("agent", "agent-1", strange))
                .appends(strange);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventOfAnotherTypeIsRefused(LedgerEvent event) {
        for (String type : AggregateTypes.ofLedger().names()) {
            if (!type.equals(Samples.typeOf(event))) {
                assertMalformed("aggregateType", () -> Observe.of(type, Samples.idOf(event), event));
            }
        }
    }

    @Test
    void theRefusalOfAnotherTypeNamesBoth() {
        assertThatThrownBy(() -> Observe.of("task", "agent-1", new AgentStarted("agent-1", 1d)))
                .hasMessage("aggregateType is task, but agent:started is an event of type agent");
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventOfAnotherAggregateIsRefused(LedgerEvent event) {
        if (!Samples.typeOf(event).equals("swarm")) {
            assertMalformed(
                    Samples.typeOf(event) + "Id", () -> Observe.of(Samples.typeOf(event), "somebody-else", event));
        }
    }

    @Test
    void anUnknownAggregateTypeIsRefused() {
        assertThatThrownBy(() -> Observe.of("work\u001bflow", "it-1", DREAM))
                .isInstanceOf(MalformedCommand.class)
                .hasMessage("aggregateType is \"work?flow\", not one of agent, task, memory, swarm");
        assertMalformed("aggregateType", () -> Observe.of(null, "it-1", DREAM));
    }

    @Test
    void anEventThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> Observe.of(
                        "agent", "agent-1", OpaqueEvent.unreadable("agent:started", "1", "[]", "it is an array")))
                .isInstanceOf(MalformedCommand.class)
                .hasMessage("payload cannot be read as agent:started: it is an array");
    }

    @Test
    void aKnownTypeDoesNotPassAsAnUnknownOne() {
        assertThatThrownBy(() -> Observe.of("agent", "agent-1", OpaqueEvent.unknown("agent:started", "1", "{}")))
                .isInstanceOf(MalformedCommand.class)
                .hasMessage("payload was not read although agent:started is a known type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} {}", "no\u001bJSON", "{\"a\":}"})
    void aPayloadThatIsNoJsonIsRefused(String payload) {
        assertThatThrownBy(() -> Observe.of("agent", "agent-1", OpaqueEvent.unknown("agent:dreamt", null, payload)))
                .isInstanceOfSatisfying(MalformedCommand.class, refusal -> assertThat(refusal.field())
                        .isEqualTo("payload"))
                .message()
                .matches("[ -~]*");
    }

    @Test
    void anUnknownTypeNeedsANameAndAPayload() {
        assertMalformed("type", () -> Observe.of("agent", "agent-1", OpaqueEvent.unknown(null, null, "{}")));
        assertMalformed("type", () -> Observe.of("agent", "agent-1", OpaqueEvent.unknown(" ", null, "{}")));
        assertMalformed("payload", () -> Observe.of("agent", "agent-1", OpaqueEvent.unknown("a:b", null, null)));
        assertMalformed("payload", () -> Observe.of("agent", "agent-1", null));
        assertMalformed("type", () -> Observe.of("agent", "agent-1", new LedgerEvent() {}));
    }

    @Test
    void idsAreCheckedAtThisDoorToo() {
        assertMalformed("aggregateId", () -> Observe.of("agent", "agent 1", DREAM));
        assertMalformed("aggregateId", () -> Observe.of("agent", null, DREAM));
        assertMalformed(
                "aggregateId",
                () -> Observe.of("agent", "metrics", new AgentSpawned("metrics", "coder", null, List.of())));
        assertMalformed("taskId", () -> Observe.of("agent", "a", new AgentTaskAssigned("a", "t 1", 1d)));
        assertMalformed("taskId", () -> Observe.of("agent", "a", new AgentTaskCompleted("a", "t 1", null, 1d, 1d)));
        assertMalformed("agentId", () -> Observe.of("task", "t", new TaskStarted("t", "a 1", 1d)));
        assertMalformed(
                "dependencies[1]",
                () -> Observe.of(
                        "task", "t", new TaskCreated("t", null, null, null, null, Arrays.asList("ok", null), 1d)));
        assertMalformed("blockedBy[0]", () -> Observe.of("task", "t", new TaskBlocked("t", List.of(""), 1d)));
    }

    @Test
    void whatWasNotRecordedIsNotMissed() {
        given().when(Observe.of("task", "task-1", new TaskStarted(null, null, 1d)))
                .appends(new TaskStarted("task-1", null, 1d));
    }

    @ParameterizedTest
    @MethodSource("events")
    void aNumberThatJsonCannotSayIsRefused(LedgerEvent event) {
        Samples.fieldsOf(event, Double.class).forEach(field -> List.of(Double.NaN, Double.POSITIVE_INFINITY)
                .forEach(number -> assertMalformed(
                        field,
                        () -> Observe.of(
                                Samples.typeOf(event), Samples.idOf(event), Samples.with(event, field, number)))));
    }

    @ParameterizedTest
    @MethodSource("events")
    void aCountASizeOrADurationBelowZeroIsRefused(LedgerEvent event) {
        Samples.fieldsOf(event, Double.class)
                .filter(field -> !field.endsWith("At"))
                .forEach(field -> assertOutOfRange(event, field, -0.5));
        Samples.fieldsOf(event, Long.class)
                .filter(field -> !field.equals("newAgentCount"))
                .forEach(field -> assertOutOfRange(event, field, -1L));
    }

    private static void assertOutOfRange(LedgerEvent event, String field, Object value) {
        LedgerEvent observed = Samples.with(event, field, value);
        assertThatThrownBy(() -> Observe.of(Samples.typeOf(event), Samples.idOf(event), observed))
                .isInstanceOfSatisfying(MalformedCommand.class, refusal -> {
                    assertThat(refusal.field()).isEqualTo(field);
                    assertThat(refusal.isOutOfRange()).isTrue();
                });
    }

    @Test
    void howManyAgentsThereAreIsAMatterOfARule() {
        given(new SwarmInitialized("mesh", 5L, Map.of(), 1d))
                .when(Observe.of("swarm", "swarm-1", new SwarmScaled(0L, -1L, 2d, "load")))
                .appends(new SwarmScaled(0L, -1L, 2d, "load"));
    }

    private static void assertMalformed(String field, ThrowingCallable observation) {
        assertThatThrownBy(observation)
                .isInstanceOfSatisfying(MalformedCommand.class, refusal -> assertThat(refusal.field())
                        .isEqualTo(field));
    }
}
