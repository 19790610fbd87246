package io.swarmledger.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.testing.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no state could ever allow is refused before there is a command, in the name of the field at fault. */
class DoorTest {

    /** A count that a rule judges and not the door, because the rule knows its limits. */
    private static final Set<String> JUDGED_BY_A_RULE = Set.of("newAgentCount");

    static Stream<LedgerEvent> events() {
        return Samples.events();
    }

    static Stream<String> idsThatAreNone() {
        return Stream.of("", " ", "a b", "a\n", "ä", "a/b", "a%20b", "\u001b[2J", "a\u0000", "x".repeat(129));
    }

    private static final Set<String> MAY_BE_LEFT_OUT = Set.of(
            "agent:spawned parentAgentId",
            "agent:tool-called taskId",
            "agent:model-called taskId",
            "task:created parentTaskId");

    static Stream<Arguments> otherIds() {
        return events().flatMap(event -> Samples.fieldsOf(event, String.class)
                .filter(field -> Set.of("agentId", "taskId", "memoryId", "parentAgentId", "parentTaskId", "to")
                        .contains(field))
                .filter(field -> !field.equals(Samples.typeOf(event) + "Id"))
                .map(field -> Arguments.of(event, field)));
    }

    @ParameterizedTest
    @MethodSource("idsThatAreNone")
    @NullSource
    void theAggregatesIdIsCheckedForEveryCommand(String id) {
        events().forEach(event -> assertMalformed("aggregateId", () -> Decide.of(id, event)));
    }

    @ParameterizedTest
    @MethodSource("otherIds")
    void idsOfOthersAreCheckedToo(LedgerEvent event, String field) {
        idsThatAreNone().forEach(id -> assertMalformed(field, () -> decide(Samples.with(event, field, id))));
        ThrowingCallable without = () -> decide(Samples.with(event, field, null));
        if (MAY_BE_LEFT_OUT.contains(EventTypes.nameOf(event) + " " + field)) {
            assertThatCode(without).doesNotThrowAnyException();
        } else {
            assertMalformed(field, without);
        }
    }

    @Test
    void thereAreEightIdsOfOthers() {
        assertThat(otherIds().map(each -> EventTypes.nameOf((LedgerEvent) each.get()[0]) + " " + each.get()[1]))
                .containsExactlyInAnyOrder(
                        "agent:spawned parentAgentId",
                        "agent:task-assigned taskId",
                        "agent:task-completed taskId",
                        "agent:tool-called taskId",
                        "agent:model-called taskId",
                        "agent:message-sent to",
                        "task:created parentTaskId",
                        "task:started agentId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.z_0:9@-", "swarm", "550e8400-e29b-41d4-a716-446655440000"})
    void anIdIsMadeOfWhatAPathCanSay(String id) {
        assertThat(Require.id("taskId", id)).isEqualTo(id);
        assertThat(Require.id("taskId", "x".repeat(128))).hasSize(128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "statistics", "hot", "cold", "namespaces", "stream"})
    void reservedWordsAreNoIdsOfNewThings(String word) {
        events().forEach(event -> {
            LedgerEvent unnamed = Samples.typeOf(event).equals("swarm")
                    ? event
                    : Samples.with(event, Samples.typeOf(event) + "Id", null);
            ThrowingCallable decision = () -> Decide.of(word, unnamed);
            if (EventTypes.begins(event)) {
                assertThatThrownBy(decision)
                        .isInstanceOf(MalformedCommand.class)
                        .hasMessageEndingWith("Id is \"" + word + "\", which is a reserved word");
            } else {
                assertThatCode(decision).doesNotThrowAnyException();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("events")
    void timesAndDurationsAreNumbers(LedgerEvent event) {
        Samples.fieldsOf(event, Double.class).forEach(field -> {
            for (Double number : List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
                assertThatThrownBy(() -> decide(Samples.with(event, field, number)))
                        .isInstanceOfSatisfying(MalformedCommand.class, refusal -> {
                            assertThat(refusal.field()).isEqualTo(field);
                            assertThat(refusal.detail())
                                    .isEqualTo("is " + number + ", which is no "
                                            + (field.equals("costUsd") ? "sum of money" : "time"));
                            assertThat(refusal.isOutOfRange()).isFalse();
                        });
            }
        });
    }

    @ParameterizedTest
    @MethodSource("events")
    void countsSizesAndDurationsAreNotNegative(LedgerEvent event) {
        Samples.fieldsOf(event, Long.class)
                .filter(field -> !JUDGED_BY_A_RULE.contains(field))
                .forEach(field -> assertOutOfRange(field, "-1", () -> decide(Samples.with(event, field, -1L))));
        Samples.fieldsOf(event, Double.class)
                .filter(field -> !field.endsWith("At"))
                .forEach(field -> assertOutOfRange(field, "-0.5", () -> decide(Samples.with(event, field, -0.5))));
    }

    /** Clocks before 1970 are odd, not malformed. */
    @ParameterizedTest
    @MethodSource("events")
    void zeroIsNoNegativeNumberAndATimeMayBe(LedgerEvent event) {
        Samples.fieldsOf(event, Long.class)
                .forEach(field -> assertThatCode(() -> decide(Samples.with(event, field, 0L)))
                        .doesNotThrowAnyException());
        Samples.fieldsOf(event, Double.class).forEach(field -> assertThatCode(
                        () -> decide(Samples.with(event, field, field.endsWith("At") ? -1.5 : 0d)))
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @CsvSource({
        "agent:failed, error",
        "agent:status-changed, newStatus",
        "agent:tool-called, callId",
        "agent:tool-called, tool",
        "agent:model-called, callId",
        "agent:model-called, model",
        "task:failed, error",
        "memory:stored, namespace",
        "memory:stored, key",
        "swarm:initialized, topology",
        "swarm:phase-changed, newPhase",
        "swarm:milestone-reached, milestoneId",
        "swarm:error, error"
    })
    void whatIsNeededSaysSomething(String type, String field) {
        LedgerEvent event = sample(type);

        assertThatThrownBy(() -> decide(Samples.with(event, field, null))).hasMessage(field + " is missing");
        assertThatThrownBy(() -> decide(Samples.with(event, field, " \t"))).hasMessage(field + " is blank");
    }

    @Test
    void aNewNumberOfAgentsIsNeeded() {
        assertThatThrownBy(() -> decide(Samples.with(Samples.of(SwarmScaled.class), "newAgentCount", null)))
                .isInstanceOf(MalformedCommand.class)
                .hasMessage("newAgentCount is missing");
    }

    @Test
    void wordsAreThoseOfTheContract() {
        assertThatThrownBy(() -> decide(Samples.with(Samples.of(AgentStatusChanged.class), "newStatus", "asleep")))
                .hasMessage("newStatus is \"asleep\", not one of idle, active, blocked, completed, error");
        for (LedgerEvent event : List.of(Samples.of(TaskCreated.class), Samples.of(TaskQueued.class))) {
            assertThatThrownBy(() -> decide(Samples.with(event, "priority", "urgent")))
                    .hasMessage("priority is \"urgent\", not one of critical, high, medium, low");
        }
    }

    @Test
    void aListNamesTheMemberAtFault() {
        TaskCreated created = Samples.of(TaskCreated.class);
        TaskBlocked blocked = Samples.of(TaskBlocked.class);
        AgentSpawned spawned = Samples.of(AgentSpawned.class);

        assertThatThrownBy(() -> decide(Samples.with(created, "dependencies", List.of("task-0", "a b"))))
                .hasMessage("dependencies[1] is \"a b\": an id is 1 to 128 characters of A-Z a-z 0-9 . _ : @ -");
        assertThatThrownBy(() -> decide(Samples.with(created, "dependencies", Arrays.asList(null, "task-0"))))
                .hasMessage("dependencies[0] is missing");
        assertMalformed("blockedBy[2]", () -> decide(Samples.with(blocked, "blockedBy", List.of("a", "b", ""))));
        assertThatThrownBy(() -> decide(Samples.with(spawned, "capabilities", Arrays.asList("java", null))))
                .hasMessage("capabilities[1] is missing");
        assertThatThrownBy(() -> decide(Samples.with(spawned, "capabilities", List.of(" "))))
                .hasMessage("capabilities[0] is blank");
    }

    @Test
    void whatCouldSteerATerminalIsShownAsAQuestionMarkAndLongValuesAreCut() {
        assertThatThrownBy(() -> Require.id("taskId", "\u001b[31m\u009b\u202ered\ud83d\r\n"))
                .hasMessageStartingWith("taskId is \"?[31m??red???\": ");
        assertThatThrownBy(() -> Require.id("taskId", "x".repeat(1_000_000)))
                .hasMessageStartingWith("taskId is \"" + "x".repeat(60) + "...\": ");
        assertThatThrownBy(() -> Require.id("taskId", " ".repeat(60)))
                .hasMessageStartingWith("taskId is \"" + " ".repeat(60) + "\": ");
    }

    @Test
    void listsAndObjectsOfACommandCannotBeChangedBehindItsBack() {
        List<String> dependencies = Arrays.asList("task-0", "task-9");
        LedgerCommand command = decide(Samples.with(Samples.of(TaskCreated.class), "dependencies", dependencies));
        dependencies.set(0, "a b");

        assertThat(Samples.valueOf(command.event(), "dependencies")).isEqualTo(List.of("task-0", "task-9"));
    }

    private static LedgerCommand decide(LedgerEvent event) {
        return Decide.of(Samples.idOf(event), event);
    }

    private static LedgerEvent sample(String type) {
        return events().filter(event -> EventTypes.nameOf(event).equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static void assertMalformed(String field, ThrowingCallable decision) {
        assertThatThrownBy(decision).isInstanceOfSatisfying(MalformedCommand.class, refusal -> {
            assertThat(refusal.field()).isEqualTo(field);
            assertThat(refusal.isOutOfRange()).isFalse();
            assertThat(refusal.getMessage())
                    .isEqualTo(field + " " + refusal.detail())
                    .matches("[ -~]*");
        });
    }

    private static void assertOutOfRange(String field, String value, ThrowingCallable decision) {
        assertThatThrownBy(decision).isInstanceOfSatisfying(MalformedCommand.class, refusal -> {
            assertThat(refusal.field()).isEqualTo(field);
            assertThat(refusal.detail()).isEqualTo("is " + value + ", less than 0");
            assertThat(refusal.isOutOfRange()).isTrue();
        });
    }
}
