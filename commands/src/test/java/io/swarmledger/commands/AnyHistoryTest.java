package io.swarmledger.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.testing.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** History that was imported may break every rule: it loads, and the rules judge new commands alone. */
class AnyHistoryTest {

    private static final Map<AggregateType, Rehydrated> ROOTS = new LinkedHashMap<>();
    private static final Map<AggregateType, List<LedgerCommand>> COMMANDS = new LinkedHashMap<>();

    static {
        for (AggregateType type : AggregateTypes.ofLedger().all()) {
            ROOTS.put(type, new Rehydrated(type));
            COMMANDS.put(
                    type,
                    commands()
                            .filter(command -> command.aggregateType().equals(type.type()))
                            .toList());
        }
    }

    static Stream<Long> seeds() {
        return RandomHistory.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCommandOnAnyHistoryIsAnsweredOrRefused(long seed) {
        for (AggregateType type : AggregateTypes.ofLedger().all()) {
            List<DomainEventMessage<?>> stream = streamOf(type, seed);
            for (LedgerCommand command : COMMANDS.get(type)) {
                assertPlain(ROOTS.get(type).answer(stream, command));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyHistoryOfAnotherTypeIsRefused(long seed) {
        for (AggregateType type : AggregateTypes.ofLedger().all()) {
            for (AggregateType other : AggregateTypes.ofLedger().all()) {
                if (type != other) {
                    List<DomainEventMessage<?>> stream =
                            Rehydrated.stream(other.type(), idOf(type), RandomHistory.of(other.type(), seed));
                    for (LedgerCommand command : COMMANDS.get(type)) {
                        assertThat(ROOTS.get(type).answer(stream, command))
                                .isEqualTo("The id " + idOf(type) + " belongs to another type: " + other.type()
                                        + ", not " + type.type());
                    }
                }
            }
        }
    }

    /** A snapshot is a shortcut and nothing else: whatever it was taken of, and whenever. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anAggregateFromASnapshotDecidesAsOneFromAllEvents(long seed) {
        for (AggregateType type : AggregateTypes.ofLedger().all()) {
            Rehydrated root = ROOTS.get(type);
            List<DomainEventMessage<?>> stream = streamOf(type, seed);
            int taken = 1 + (int) Math.floorMod(seed, (long) stream.size());
            assertThat(root.snapshot(root.fromSnapshotAt(taken, stream)).getData())
                    .as("%s, snapshot of %d of %d events", type, taken, stream.size())
                    .isEqualTo(root.snapshot(stream).getData());
            for (LedgerCommand command : COMMANDS.get(type)) {
                assertThat(root.answer(root.fromSnapshotAt(taken, stream), command))
                        .as("%s, snapshot of %d of %d events, %s", type, taken, stream.size(), command)
                        .isEqualTo(root.answer(stream, command));
            }
        }
    }

    /** Else the tests above would hold for histories that never come to anything. */
    @Test
    void theHistoriesReachAnswersAndRefusalsOfEachFeature() {
        Set<String> reached = new TreeSet<>();
        for (AggregateType type : AggregateTypes.ofLedger().all()) {
            for (long seed = 0; seed < 50; seed++) {
                List<DomainEventMessage<?>> stream = streamOf(type, seed);
                for (LedgerCommand command : COMMANDS.get(type)) {
                    Object answer = ROOTS.get(type).answer(stream, command);
                    reached.add(answer instanceof List<?> ? command.getClass().getSimpleName() : "refusal");
                }
            }
        }
        Set<String> expected = new TreeSet<>(Set.of("refusal"));
        commands().forEach(command -> expected.add(command.getClass().getSimpleName()));
        assertThat(reached).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("io.swarmledger.commands.CommandSamples#types")
    void everyEventMayComeFirstAndSayNothing(AggregateType type) {
        List<LedgerEvent> firsts = new ArrayList<>();
        EventTypes.all().values().forEach(record -> firsts.add(Samples.saysNothing(record)));
        firsts.add(OpaqueEvent.unknown("agent:dreamt", null, "{}"));
        firsts.add(OpaqueEvent.unreadable("task:started", null, "[]", "it is an array"));
        for (LedgerEvent first : firsts) {
            List<DomainEventMessage<?>> stream = Rehydrated.stream(type.type(), idOf(type), List.of(first));
            for (LedgerCommand command : COMMANDS.get(type)) {
                ROOTS.get(type).answer(stream, command);
            }
        }
    }

    private static List<DomainEventMessage<?>> streamOf(AggregateType type, long seed) {
        return Rehydrated.stream(type.type(), idOf(type), RandomHistory.of(type.type(), seed));
    }

    /** All commands, whole and with as much left out as may be, and facts. */
    private static Stream<LedgerCommand> commands() {
        return Samples.events().flatMap(event -> {
            String id = Samples.idOf(event);
            LedgerEvent leftOut = event;
            for (String time : Samples.fieldsOf(event, Double.class).toList()) {
                leftOut = Samples.with(leftOut, time, null);
            }
            for (String filled : List.of(
                    "retryCount", "accessCount", "previousAgentCount", "previousStatus", "previousPhase", "priority")) {
                leftOut = Samples.with(leftOut, filled, null);
            }
            return Stream.of(
                    Decide.of(id, event),
                    Decide.of(id, leftOut),
                    Observe.of(Samples.typeOf(event), id, leftOut),
                    Observe.of(Samples.typeOf(event), id, OpaqueEvent.unknown("agent:dreamt", null, "{}")));
        });
    }

    private static String idOf(AggregateType type) {
        return type.type() + "-1";
    }

    /** A refusal ends up in terminals and logs, though the state that it tells of may hold anything. */
    private static void assertPlain(Object answer) {
        if (answer instanceof String refusal) {
            assertThat(refusal).matches("[ -~]*").hasSizeLessThan(1_000);
        } else {
            assertThat(answer).asList().hasSize(1);
        }
    }
}
