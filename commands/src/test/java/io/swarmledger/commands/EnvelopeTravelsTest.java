package io.swarmledger.commands;

import static io.swarmledger.commands.Given.given;

import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who says so, when and why travels from the command to its event. */
class EnvelopeTravelsTest {

    private static final Envelope FULL = new Envelope(
            "e-2",
            Samples.NOW + 0.25,
            "agent-2",
            "e-1",
            "run-1",
            Map.of("swarmId", "alpha", "tags", List.of("a", "b"), "source", "the caller's own word"),
            "ci");

    static Stream<LedgerEvent> events() {
        return Samples.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void withEveryCommandThatIsAccepted(LedgerEvent event) {
        LedgerCommand command = Decide.of(Samples.idOf(event), event);

        given(historyBefore(event)).when(command, FULL).appends(event).inEnvelope(FULL);
    }

    @ParameterizedTest
    @MethodSource("events")
    void withEveryFact(LedgerEvent event) {
        given(historyBefore(event))
                .when(Observe.of(Samples.typeOf(event), Samples.idOf(event), event), FULL)
                .appends(event)
                .inEnvelope(FULL);
    }

    @Test
    void anEnvelopeThatSaysNothingAddsNothing() {
        given().when(new SpawnAgent("agent-1", "coder"), Envelope.from(null)).inEnvelope(Envelope.from(null));
    }

    @Test
    void timesComeFromTheEnvelopeAndElseFromTheClock() {
        AgentSpawned spawned = Samples.of(AgentSpawned.class);

        given(spawned)
                .when(new StartAgent("agent-1"), Envelope.from(null).at(1234.5))
                .appends(new AgentStarted("agent-1", 1234.5));
        given(spawned)
                .when(new StartAgent("agent-1"), Envelope.from(null))
                .appends(new AgentStarted("agent-1", Math.floor(Samples.BEFORE)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anEnvelopeWithoutARealTimeIsRefused(double time) {
        given().when(
                        new CreateTask("task-1", "fix", "Repair"),
                        Envelope.from(null).at(time))
                .refusedAs(MalformedCommand.class, "timestamp is " + time + ", which is no time", refusal -> {});
    }

    /** The shortest history after which the sample of an event may follow by every rule. */
    private static LedgerEvent[] historyBefore(LedgerEvent event) {
        if (EventTypes.begins(event)) {
            return new LedgerEvent[0];
        }
        Stream<String> before =
                switch (event.getClass().getSimpleName()) {
                    case "AgentTaskCompleted" -> Stream.of("agent:spawned", "agent:task-assigned");
                    case "TaskCompleted" -> Stream.of("task:created", "task:started");
                    default -> Samples.events()
                            .filter(EventTypes::begins)
                            .filter(creation -> Samples.typeOf(creation).equals(Samples.typeOf(event)))
                            .map(EventTypes::nameOf);
                };
        return before.map(type -> Samples.of(EventTypes.recordOf(type).orElseThrow()))
                .toArray(LedgerEvent[]::new);
    }
}
