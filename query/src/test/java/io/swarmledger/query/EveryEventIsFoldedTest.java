package io.swarmledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.memory.MemoryEvent;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.swarm.SwarmEvent;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskEvent;
import io.swarmledger.testing.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An event that is added to a feature must get a branch in its fold, or be listed here. */
class EveryEventIsFoldedTest {

    /** Event types that change no read model. */
    private static final Set<String> CHANGES_NOTHING = Set.of("agent:message-sent");

    private record Feature(String name, Class<?> events, Class<? extends LedgerEvent> birth) {}

    private static final List<Feature> FEATURES = List.of(
            new Feature("agent", AgentEvent.class, AgentSpawned.class),
            new Feature("task", TaskEvent.class, TaskCreated.class),
            new Feature("memory", MemoryEvent.class, MemoryStored.class),
            new Feature("swarm", SwarmEvent.class, SwarmInitialized.class));

    @TestFactory
    Stream<DynamicTest> everyPermittedEventChangesTheStateOrIsListed() {
        return FEATURES.stream().flatMap(feature -> Arrays.stream(
                        feature.events().getPermittedSubclasses())
                .map(type -> DynamicTest.dynamicTest(
                        EventTypes.nameOf(type),
                        () -> requireBranch(
                                ReadModels.ofLedger().foldOf(feature.name()).orElseThrow(), feature, type))));
    }

    @Test
    void aFoldThatForgetsAnEventIsFoundOut() {
        Feature agents = FEATURES.get(0);
        Fold<Object> fold = ReadModels.ofLedger().foldOf(agents.name()).orElseThrow();
        Class<?> forgotten = agents.events().getPermittedSubclasses()[3];
        Fold<Object> forgetful =
                (state, event, recorded) -> forgotten.isInstance(event) ? state : fold.evolve(state, event, recorded);

        assertThatThrownBy(() -> requireBranch(forgetful, agents, forgotten))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(EventTypes.nameOf(forgotten));
    }

    /** At one and the same time, so that the time of the last activity alone is no change. */
    private static void requireBranch(Fold<Object> fold, Feature feature, Class<?> type) {
        Recorded recorded = Told.at(1_000);
        Object before = type.equals(feature.birth()) ? null : fold.evolve(null, sample(feature.birth()), recorded);
        Object after = fold.evolve(before, sample(type), recorded);

        if (CHANGES_NOTHING.contains(EventTypes.nameOf(type))) {
            assertThat(after).as("state after %s", EventTypes.nameOf(type)).isEqualTo(before);
        } else {
            assertThat(after)
                    .as("state after %s", EventTypes.nameOf(type))
                    .isNotNull()
                    .isNotEqualTo(before);
        }
    }

    private static LedgerEvent sample(Class<?> record) {
        return Samples.of(record.asSubclass(LedgerEvent.class));
    }
}
