package io.swarmledger.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.testing.Samples;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecideTest {

    static Stream<LedgerEvent> events() {
        return Samples.events();
    }

    static Stream<LedgerEvent> eventsThatNameTheirAggregate() {
        return events().filter(event -> !Samples.typeOf(event).equals("swarm"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void theCommandForAnEventAsksForThatEvent(LedgerEvent event) {
        LedgerCommand command = Decide.of(Samples.idOf(event), event);

        assertThat(command.event()).isEqualTo(event);
        assertThat(command.eventType()).isEqualTo(EventTypes.nameOf(event));
        assertThat(command.aggregateId()).isEqualTo(Samples.idOf(event));
        assertThat(command.aggregateType()).isEqualTo(Samples.typeOf(event));
    }

    @Test
    void fourCommandsBringSomethingIntoBeing() {
        assertThat(CommandSamples.all().filter(LedgerCommand::creates).map(LedgerCommand::eventType))
                .containsExactlyInAnyOrder("agent:spawned", "task:created", "memory:stored", "swarm:initialized");
    }

    @ParameterizedTest
    @MethodSource("eventsThatNameTheirAggregate")
    void theEventMayLeaveItsOwnIdToTheStream(LedgerEvent event) {
        LedgerEvent unnamed = Samples.with(event, Samples.typeOf(event) + "Id", null);

        assertThat(Decide.of(Samples.idOf(event), unnamed).event()).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("eventsThatNameTheirAggregate")
    void theEventMayNotNameAnotherAggregate(LedgerEvent event) {
        assertThatThrownBy(() -> Decide.of("somebody-else", event))
                .isInstanceOfSatisfying(MalformedCommand.class, refusal -> assertThat(refusal.field())
                        .isEqualTo(Samples.typeOf(event) + "Id"))
                .hasMessage(Samples.typeOf(event) + "Id is not the aggregate's id somebody-else");
    }

    @Test
    void anEventOfAnUnknownTypeCanOnlyBeObserved() {
        assertThatThrownBy(() -> Decide.of("agent-1", OpaqueEvent.unknown("agent:dreamt", null, "{}")))
                .isInstanceOfSatisfying(MalformedCommand.class, refusal -> assertThat(refusal.field())
                        .isEqualTo("type"))
                .hasMessage("type is agent:dreamt, which no rule knows: it can only be observed");
    }

    @Test
    void anEventThatCannotBeReadSaysWhy() {
        OpaqueEvent unreadable =
                OpaqueEvent.unreadable("agent:started", "1", "{\"startedAt\":[]}", "an array is no time");

        assertThatThrownBy(() -> Decide.of("agent-1", unreadable))
                .isInstanceOfSatisfying(MalformedCommand.class, refusal -> assertThat(refusal.field())
                        .isEqualTo("payload"))
                .hasMessage("payload cannot be read as agent:started: an array is no time");
    }

    @Test
    void whatCouldSteerATerminalIsNotRepeated() {
        assertThatThrownBy(() -> Decide.of("agent-1", OpaqueEvent.unknown("agent:\u001b[2J\u202e", null, "{}")))
                .hasMessage("type is agent:?[2J?, which no rule knows: it can only be observed");
    }

    @Test
    void nothingIsNoEvent() {
        assertThatThrownBy(() -> Decide.of("agent-1", null))
                .isInstanceOf(MalformedCommand.class)
                .hasMessage("payload is missing");
    }

    @Test
    void aStrangersEventIsNoneOfTheLedgers() {
        LedgerEvent stranger = new LedgerEvent() {};

        assertThatThrownBy(() -> Decide.of("agent-1", stranger))
                .isInstanceOf(MalformedCommand.class)
                .hasMessageStartingWith("type is none: ")
                .hasMessageEndingWith(" is no event of the ledger");
    }

    @Test
    void theStreamNeedsAnId() {
        assertThatThrownBy(() -> Decide.of(null, new AgentStarted("agent-1", null)))
                .isInstanceOf(MalformedCommand.class)
                .hasMessage("aggregateId is missing");
    }
}
