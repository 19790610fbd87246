package io.swarmledger.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;

/** Given what happened, when somebody asks, expect exactly this: Axon's fixture with streams as the log has them. */
public final class Given {

    private final String streamType;
    private final List<LedgerEvent> history;

    private Given(String streamType, List<LedgerEvent> history) {
        this.streamType = streamType;
        this.history = history;
    }

    /** A stream of the type that the command will be for; the events happened at {@link Samples#BEFORE}. */
    public static Given given(LedgerEvent... history) {
        return new Given(null, Arrays.asList(history));
    }

    /** A stream of that type. */
    public static Given givenStreamOf(String type, LedgerEvent... history) {
        return new Given(type, Arrays.asList(history));
    }

    /** The command arrives at {@link Samples#NOW}. */
    public Outcome when(LedgerCommand command) {
        return when(command, Envelope.from(null).at(Samples.NOW));
    }

    /** The command arrives in an envelope of its own; one that does not say when arrives at {@link Samples#BEFORE}. */
    public Outcome when(LedgerCommand command, Envelope envelope) {
        Class<? extends LedgerAggregate> root = AggregateTypes.ofLedger()
                .of(command.aggregateType())
                .orElseThrow()
                .root();
        String type = streamType != null ? streamType : command.aggregateType();
        List<Object> stored = new ArrayList<>();
        history.forEach(event -> stored.add(new GenericDomainEventMessage<>(type, "given", stored.size(), event)));
        return new Outcome(new AggregateTestFixture<>(root)
                .givenCurrentTime(Instant.ofEpochMilli((long) Samples.BEFORE).plusNanos(250_000))
                .andGiven(stored)
                .when(command, envelope.toMetaData()));
    }

    /** What came of the command. */
    public static final class Outcome {

        private final ResultValidator<?> result;

        private Outcome(ResultValidator<?> result) {
            this.result = result;
        }

        /** Exactly this event was appended. */
        public Outcome appends(LedgerEvent event) {
            result.expectSuccessfulHandlerExecution().expectEvents(event);
            return this;
        }

        /** The event was appended in this envelope. */
        public Outcome inEnvelope(Envelope envelope) {
            result.expectEventsMatching(new Seen<List<EventMessage<?>>>(events ->
                    assertThat(Envelope.of(events.get(0).getMetaData())).isEqualTo(envelope)));
            return this;
        }

        /** The rules, by name, that the metadata of the appended event says it broke, each with its objection. */
        public Outcome withViolations(Map<String, String> expected) {
            List<Map<String, Object>> entries = expected.entrySet().stream()
                    .map(entry -> new Violation(entry.getKey(), entry.getValue()).toMetaData())
                    .toList();
            result.expectEventsMatching(new Seen<List<EventMessage<?>>>(events -> {
                Object noted = events.get(0).getMetaData().get(LedgerAggregate.VIOLATIONS);
                if (entries.isEmpty()) {
                    assertThat(noted).isNull();
                } else {
                    assertThat(noted)
                            .asInstanceOf(InstanceOfAssertFactories.LIST)
                            .containsExactlyInAnyOrderElementsOf(entries);
                }
            }));
            return this;
        }

        /** A rule refused, in these words, which begin with its name; nothing was appended. */
        public void isRefused(String message) {
            refusedAs(RuleBroken.class, message, refusal -> {
                assertThat(message).startsWith(refusal.rule() + ": ").endsWith(": " + refusal.state() + ")");
                assertThat(message).contains("(" + refusal.aggregateType() + " " + refusal.aggregateId() + ": ");
            });
        }

        /** That rule refused; nothing was appended. */
        public void isRefusedBy(String rule) {
            result.expectNoEvents().expectException(new Seen<Throwable>(exception -> assertThat(exception)
                    .isInstanceOfSatisfying(RuleBroken.class, refusal -> assertThat(refusal.rule())
                            .isEqualTo(rule))));
        }

        /** It was refused like this, in these words; nothing was appended. */
        public <R extends CommandRefused> void refusedAs(Class<R> kind, String message, Consumer<R> more) {
            result.expectNoEvents().expectException(new Seen<Throwable>(exception -> {
                assertThat(exception).isInstanceOf(kind).hasMessage(message);
                more.accept(kind.cast(exception));
            }));
        }
    }

    /** Hands what the fixture has to AssertJ, whose messages say more than a matcher's. */
    private static final class Seen<T> extends BaseMatcher<T> {

        private final Consumer<T> assertions;

        private Seen(Consumer<T> assertions) {
            this.assertions = assertions;
        }

        @Override
        @SuppressWarnings("unchecked")
        public boolean matches(Object actual) {
            assertions.accept((T) actual);
            return true;
        }

        @Override
        public void describeTo(Description description) {
            description.appendText("what the assertions say");
        }
    }
}
