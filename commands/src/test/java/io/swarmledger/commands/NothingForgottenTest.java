package io.swarmledger.commands;

import static io.swarmledger.commands.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.commands.agent.AgentCommand;
import io.swarmledger.commands.memory.MemoryCommand;
import io.swarmledger.commands.swarm.SwarmCommand;
import io.swarmledger.commands.task.TaskCommand;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentMessageSent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentToolCalled;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.testing.Samples;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A new event or command fails here until each of its steps is taken. */
class NothingForgottenTest {

    /** What no rule and nothing that is filled in ever asks for. */
    private static final Set<Class<? extends LedgerEvent>> WITHOUT_EFFECT = Set.of(
            SwarmMilestoneReached.class,
            SwarmFailed.class,
            AgentToolCalled.class,
            AgentModelCalled.class,
            AgentMessageSent.class);

    private static final Map<AggregateType, Class<? extends LedgerCommand>> COMMANDS = Map.of(
            AggregateType.AGENT, AgentCommand.class,
            AggregateType.TASK, TaskCommand.class,
            AggregateType.MEMORY, MemoryCommand.class,
            AggregateType.SWARM, SwarmCommand.class);

    private static final Map<AggregateType, Class<? extends Observe>> FACTS = Map.of(
            AggregateType.AGENT, ObserveAgent.class,
            AggregateType.TASK, ObserveTask.class,
            AggregateType.MEMORY, ObserveMemory.class,
            AggregateType.SWARM, ObserveSwarm.class);

    static Stream<Class<? extends LedgerEvent>> records() {
        return EventTypes.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("io.swarmledger.commands.CommandSamples#types")
    void eachCommandHasAnEventAndEachEventACommand(AggregateType type) {
        assertThat(CommandSamples.all()
                        .filter(command -> command.aggregateType().equals(type.type()))
                        .map(Object::getClass))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(COMMANDS.get(type).getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("io.swarmledger.commands.CommandSamples#types")
    void eachCommandHasAHandlerInItsAggregate(AggregateType type) {
        Stream<Class<?>> handled = Arrays.stream(type.root().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Decides.class))
                .map(NothingForgottenTest::commandOf);

        assertThat(handled)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(COMMANDS.get(type).getPermittedSubclasses()), Stream.of(FACTS.get(type)))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("io.swarmledger.commands.CommandSamples#types")
    void thereIsAFactForEachAggregate(AggregateType type) {
        assertThat(Observe.of(type.type(), "it-1", OpaqueEvent.unknown(type.type() + ":dreamt", null, "{}")))
                .isExactlyInstanceOf(FACTS.get(type));
    }

    /** Its id and its times at least; what else there is to fill in is for the command's own test. */
    @ParameterizedTest
    @MethodSource("records")
    void whatAnEventLeavesOutIsFilledIn(Class<? extends LedgerEvent> record) {
        LedgerEvent nothing = Samples.saysNothing(record);
        String type = Samples.typeOf(nothing);
        LedgerEvent filledIn = new Rehydrated(AggregateTypes.ofLedger().of(type).orElseThrow())
                .appended(
                        Rehydrated.stream(type, "it-1", List.of(OpaqueEvent.unknown("x:y", null, "{}"))),
                        Observe.of(type, "it-1", nothing));

        assertThat(filledIn).isNotEqualTo(nothing);
        Samples.fieldsOf(filledIn, Double.class)
                .filter(field -> field.endsWith("At"))
                .forEach(time ->
                        assertThat(Samples.valueOf(filledIn, time)).as(time).isEqualTo(Samples.NOW));
        if (!type.equals("swarm")) {
            assertThat(Samples.valueOf(filledIn, type + "Id")).isEqualTo("it-1");
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatTheCallerSaysStays(Class<? extends LedgerEvent> record) {
        LedgerEvent event = Samples.of(record);

        given(creationOf(event))
                .when(Observe.of(Samples.typeOf(event), Samples.idOf(event), event))
                .appends(event);
    }

    @ParameterizedTest
    @MethodSource("records")
    void anEventChangesTheStateOrIsListedAsOneThatDoesNot(Class<? extends LedgerEvent> record) {
        LedgerEvent event = Samples.of(record);
        Stream<List<LedgerEvent>> histories = Samples.events()
                .filter(before -> Samples.typeOf(before).equals(Samples.typeOf(event)))
                .flatMap(before -> Stream.of(
                        List.of(OpaqueEvent.unknown("x:y", null, "{}")),
                        List.of(creationOf(event)),
                        List.of(creationOf(event), before)));

        assertThat(histories.anyMatch(history -> changesTheState(history, event)))
                .isEqualTo(!WITHOUT_EFFECT.contains(record));
    }

    private static boolean changesTheState(List<LedgerEvent> history, LedgerEvent event) {
        String type = Samples.typeOf(event);
        Rehydrated root = new Rehydrated(AggregateTypes.ofLedger().of(type).orElseThrow());
        String before = root.snapshot(Rehydrated.stream(type, Samples.idOf(event), history))
                .getData();
        String after = root.snapshot(Rehydrated.stream(
                        type,
                        Samples.idOf(event),
                        Stream.concat(history.stream(), Stream.of(event)).toList()))
                .getData();
        return !before.equals(after);
    }

    private static LedgerEvent creationOf(LedgerEvent event) {
        return Samples.events()
                .filter(EventTypes::begins)
                .filter(creation -> Samples.typeOf(creation).equals(Samples.typeOf(event)))
                .findFirst()
                .orElseThrow();
    }

    private static Class<?> commandOf(Method handler) {
        return handler.getParameterTypes()[0];
    }
}
