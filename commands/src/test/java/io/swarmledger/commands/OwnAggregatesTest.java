package io.swarmledger.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;

import io.swarmledger.commands.OwnAggregatesTest.DoorEvent.DoorBuilt;
import io.swarmledger.commands.OwnAggregatesTest.DoorEvent.DoorMoved;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.EventType;
import io.swarmledger.events.LedgerEvent;
import java.util.List;
import java.util.function.BiFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** What an application declares as an aggregate is refused when it is declared, or works. */
class OwnAggregatesTest {

    sealed interface DoorEvent extends LedgerEvent {

        @EventType(value = "door:built", begins = true)
        record DoorBuilt(String colour) implements DoorEvent {}

        @EventType("door:moved")
        record DoorMoved(Long steps, Double far, Double duration, List<Double> way, String note) implements DoorEvent {}
    }

    sealed interface NamedElsewhere extends LedgerEvent {

        @EventType(value = "gate:built", begins = true)
        record GateBuilt() implements NamedElsewhere {}
    }

    sealed interface NamedHalf extends LedgerEvent {

        @EventType(value = "door:", begins = true)
        record Half() implements NamedHalf {}
    }

    sealed interface Unspeakable extends LedgerEvent {

        @EventType(value = "door:bui\0lt", begins = true)
        record Unspoken() implements Unspeakable {}
    }

    sealed interface Unrevised extends LedgerEvent {

        @EventType(value = "door:built", revision = "", begins = true)
        record Unnumbered() implements Unrevised {}
    }

    sealed interface NeverBegun extends LedgerEvent {

        @EventType("door:painted")
        record DoorPainted() implements NeverBegun {}
    }

    record ObserveDoor(@TargetAggregateIdentifier String aggregateId, LedgerEvent event) implements Observe {

        ObserveDoor {
            Observe.require("door", aggregateId, event);
        }

        @Override
        public String aggregateType() {
            return "door";
        }
    }

    @AggregateRoot(type = "door")
    abstract static class AnyDoor extends LedgerAggregate {

        @Override
        protected String type() {
            return "door";
        }

        @Override
        protected LedgerEvent complete(LedgerEvent proposed, double now) {
            return proposed;
        }

        @Override
        protected List<Violation> judge(LedgerEvent proposed) {
            return List.of();
        }

        @Override
        protected void evolve(LedgerEvent event, double timestamp) {}

        @Override
        protected String describe() {
            return "there";
        }

        @Override
        protected long characters() {
            return 0;
        }
    }

    @AggregateRoot(type = "door")
    static final class Door extends AnyDoor {

        private Door() {}

        @Decides
        void handle(ObserveDoor fact, Envelope envelope) {
            observe(fact, envelope);
        }
    }

    static final class Unnamed extends AnyDoor {}

    @AggregateRoot(type = "door")
    static final class SaysOtherwise extends AnyDoor {

        @Override
        protected String type() {
            return "window";
        }
    }

    @AggregateRoot(type = "door")
    static final class NeedsMore extends AnyDoor {

        NeedsMore(String colour) {}
    }

    @AggregateRoot(type = "door")
    static final class CannotBe extends AnyDoor {

        CannotBe() {
            throw new IllegalStateException("no door today");
        }
    }

    @AggregateRoot(type = "door")
    static final class EvolvesOtherwise extends AnyDoor {

        @Decides
        void handle(ObserveDoor fact, Envelope envelope) {
            observe(fact, envelope);
        }

        @EventSourcingHandler
        void built(DoorBuilt event) {}
    }

    @AggregateRoot(type = "door")
    static final class Deaf extends AnyDoor {}

    abstract static class HandlingDoor extends AnyDoor {

        @Decides
        void handle(ObserveDoor fact, Envelope envelope) {
            observe(fact, envelope);
        }
    }

    @AggregateRoot(type = "door")
    static final class Heir extends HandlingDoor {}

    private static final BiFunction<String, LedgerEvent, LedgerCommand> DECIDE = ObserveDoor::new;
    private static final BiFunction<String, LedgerEvent, Observe> OBSERVE = ObserveDoor::new;

    private static AggregateType of(Class<? extends LedgerAggregate> root) {
        return new AggregateType("door", DoorEvent.class, root, "1", DECIDE, OBSERVE);
    }

    private static AggregateType of(Class<? extends LedgerEvent> events, Class<? extends LedgerAggregate> root) {
        return new AggregateType("door", events, root, "1", DECIDE, OBSERVE);
    }

    private static void assertRefused(AggregateType declared, String... saying) {
        assertThatThrownBy(() -> AggregateTypes.ofLedger().and(List.of(declared)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(saying);
    }

    @Test
    void whatIsLeftOutIsNamedWhereItIsDeclared() {
        List.<ThrowingCallable>of(
                        () -> new AggregateType("door", null, Door.class, "1", DECIDE, OBSERVE),
                        () -> new AggregateType("door", DoorEvent.class, null, "1", DECIDE, OBSERVE),
                        () -> new AggregateType("door", DoorEvent.class, Door.class, null, DECIDE, OBSERVE),
                        () -> new AggregateType("door", DoorEvent.class, Door.class, "1", null, OBSERVE),
                        () -> new AggregateType("door", DoorEvent.class, Door.class, "1", DECIDE, null))
                .forEach(declaring -> assertThatThrownBy(declaring)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("The aggregate door is declared without "));
        assertThatThrownBy(() -> new AggregateType(null, DoorEvent.class, Door.class, "1", DECIDE, OBSERVE))
                .hasMessageContainingAll(Door.class.getName(), "without a type");
    }

    @Test
    void whatAxonCouldNotMakeIsRefused() {
        assertRefused(of(AnyDoor.class), AnyDoor.class.getName() + " is abstract");
        assertRefused(of(NeedsMore.class), NeedsMore.class.getName() + " has no constructor without arguments");
        assertRefused(of(CannotBe.class), CannotBe.class.getName(), "no door today");
    }

    @Test
    void whatCallsItselfOtherwiseIsRefused() {
        assertRefused(of(Unnamed.class), Unnamed.class.getName(), "needs @AggregateRoot(type = \"door\")");
        assertRefused(of(SaysOtherwise.class), SaysOtherwise.class.getName(), "its type() says window");
        assertRefused(of(NamedElsewhere.class, Door.class), "The event type gate:built of the aggregate door");
        assertRefused(of(NamedHalf.class, Door.class), "The event type door: of the aggregate door");
        assertRefused(
                of(Unspeakable.class, Door.class),
                "The name \"door:bui\\u0000lt\" in the @EventType of " + Unspeakable.Unspoken.class.getName());
        assertRefused(
                of(Unrevised.class, Door.class),
                "The revision \"\" in the @EventType of " + Unrevised.Unnumbered.class.getName());
        assertRefused(of(NeverBegun.class, Door.class), "No door can ever be there");
    }

    @Test
    void whatCouldNotBeToldOrWouldNotHearIsRefused() {
        assertRefused(of(Deaf.class), Deaf.class.getName() + " handles no command that is an Observe");
        assertRefused(of(EvolvesOtherwise.class), EvolvesOtherwise.class.getName(), "built", "evolve");
    }

    /** Axon would make the class that has the handler, and none that extends it. */
    @Test
    void whatInheritsItsHandlersIsRefused() {
        assertRefused(of(Heir.class), Heir.class.getName(), "handle", HandlingDoor.class.getName());
    }

    @Test
    void whatIsDeclaredAsItMustBeIsTaken() {
        assertThat(AggregateTypes.ofLedger().and(List.of(of(Door.class))).names())
                .endsWith("door");
    }

    /** The ledger's own numbers are counts and times; others may be below 0, or beyond any calendar. */
    @Test
    void whatItsEventsHoldIsItsOwnBusiness() {
        DoorMoved moved = new DoorMoved(-3L, 1e300, -1d, List.of(-2d), "x".repeat(5_000));

        new AggregateTestFixture<>(Door.class)
                .given(new DoorBuilt("red"))
                .when(AggregateTypes.ofLedger().and(List.of(of(Door.class))).observe("door", "door-1", moved))
                .expectEvents(moved);
    }

    @Test
    void whatCouldNotBeReadAgainIsNotWritten() {
        for (DoorMoved moved : List.of(
                new DoorMoved(1L, Double.NaN, null, null, null),
                new DoorMoved(1L, null, Double.POSITIVE_INFINITY, null, null),
                new DoorMoved(1L, null, null, List.of(1d, Double.NEGATIVE_INFINITY), null))) {
            new AggregateTestFixture<>(Door.class)
                    .given(new DoorBuilt("red"))
                    .when(new ObserveDoor("door-1", moved))
                    .expectNoEvents()
                    .expectException(MalformedCommand.class)
                    .expectExceptionMessage(containsString("which is no number"));
        }
    }
}
