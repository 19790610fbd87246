package io.swarmledger.commands;

import static io.swarmledger.commands.Given.given;
import static io.swarmledger.commands.Given.givenStreamOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.testing.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream belongs to the type of its first event, and most commands need one. */
class WhoseStreamTest {

    static Stream<LedgerCommand> commands() {
        return CommandSamples.all();
    }

    static Stream<LedgerCommand> commandsAndFacts() {
        return Stream.concat(
                commands(),
                Samples.events().map(event -> Observe.of(Samples.typeOf(event), Samples.idOf(event), event)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandThatCreatesNeedsNoStreamAndTheOthersDo(LedgerCommand command) {
        Given.Outcome outcome = given().when(command);

        if (command.creates()) {
            outcome.appends(command.event());
        } else {
            outcome.refusedAs(
                    UnknownAggregate.class,
                    "There is no " + command.aggregateType() + " " + command.aggregateId(),
                    refusal -> {
                        assertThat(refusal.aggregateType()).isEqualTo(command.aggregateType());
                        assertThat(refusal.aggregateId()).isEqualTo(command.aggregateId());
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("commandsAndFacts")
    void noCommandIsForAStreamOfAnotherType(LedgerCommand command) {
        String other = command.aggregateType().equals("agent") ? "task" : "agent";
        String id = command.aggregateId();

        givenStreamOf(other, OpaqueEvent.unknown("x:y", null, "{}"))
                .when(command)
                .refusedAs(
                        IdBelongsToAnotherType.class,
                        "The id " + id + " belongs to another type: " + other + ", not " + command.aggregateType(),
                        refusal -> {
                            assertThat(refusal.aggregateId()).isEqualTo(id);
                            assertThat(refusal.askedFor()).isEqualTo(command.aggregateType());
                            assertThat(refusal.belongsTo()).isEqualTo(other);
                        });
    }

    /** The events of a stream may be of any type: only where the first one was appended counts. */
    @Test
    void anEventOfAnotherFeatureDoesNotChangeWhoseStreamItIs() {
        givenStreamOf("task", Samples.of(AgentSpawned.class))
                .when(new CreateTask("task-1", "fix", "Repair"))
                .appends(new TaskCreated("task-1", "fix", "Repair", null, "medium", List.of(), Samples.NOW));
    }

    @Test
    void anImportedStreamMayBeOfATypeThatIsNoneOrNameless() {
        givenStreamOf("work\u001b[2Jflow", Samples.of(AgentSpawned.class))
                .when(new SpawnAgent("agent-1", "coder"))
                .refusedAs(
                        IdBelongsToAnotherType.class,
                        "The id agent-1 belongs to another type: work?[2Jflow, not agent",
                        refusal -> assertThat(refusal.belongsTo()).isEqualTo("work\u001b[2Jflow"));

        List<DomainEventMessage<?>> nameless =
                Rehydrated.stream(null, "agent-1", List.of(Samples.of(AgentSpawned.class)));
        assertThat(new Rehydrated(AggregateType.AGENT).answer(nameless, new SpawnAgent("agent-1", "coder")))
                .isEqualTo("The id agent-1 belongs to another type: one without a name, not agent");
    }

    /** Snapshots are read by id alone, so that every aggregate meets those of every other. */
    @ParameterizedTest
    @MethodSource("io.swarmledger.commands.CommandSamples#types")
    void aSnapshotOfAnotherTypeSaysWhoseStreamItIs(AggregateType owner) {
        LedgerEvent first = Samples.events()
                .filter(event -> Samples.typeOf(event).equals(owner.type()))
                .findFirst()
                .orElseThrow();
        LedgerAggregate state = new Rehydrated(owner).state(Rehydrated.stream(owner.type(), "it-1", List.of(first)));
        List<DomainEventMessage<?>> snapshot = List.of(new GenericDomainEventMessage<>(owner.type(), "it-1", 0, state));

        for (AggregateType asked : AggregateTypes.ofLedger().all()) {
            if (asked != owner) {
                assertThat(new Rehydrated(asked)
                                .answer(
                                        snapshot,
                                        Observe.of(asked.type(), "it-1", OpaqueEvent.unknown("x:y", null, "{}"))))
                        .isEqualTo("The id it-1 belongs to another type: " + owner.type() + ", not " + asked.type());
            }
        }
    }
}
