package io.swarmledger.query.view;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A read model: which events it folds, how, and how its states lie in a table.
 *
 * @param type of its things, such as agent
 * @param events the sealed interface of the events that it folds; {@link LedgerEvent} for those of every known type
 * @param fold from event to event
 * @param table where its states lie; its name is that of the projection
 * @param swarmId the swarm that a state belongs to
 * @param birth the type of the events that each thing begins with, and begins anew; {@code null} where none begins anew
 * @param status what a state is counted under
 * @param statuses every status that the fold gives by itself, in the order in which they are shown
 * @param gone those under which a thing is counted that a list does not show unless it is asked for what is gone too
 * @param isMember whether a state is one of those that its swarm has at work; {@code null} where a swarm has none of that
 *     type
 * @param key which thing an event is told of
 * @param beside events of other aggregates that it folds too, and which thing each of those is told of
 * @param alone what a thing's own stream, without those, tells of its state
 * @param revision of what is folded: with another one the view and the index of its moments are made anew from the log
 */
@RecordBuilder
public record ReadModel<S>(
        String type,
        Class<? extends LedgerEvent> events,
        Fold<S> fold,
        ViewTable<S> table,
        Function<S, String> swarmId,
        String birth,
        Function<S, String> status,
        List<String> statuses,
        List<String> gone,
        Predicate<S> isMember,
        Key key,
        Map<Class<? extends LedgerEvent>, Key> beside,
        UnaryOperator<S> alone,
        String revision)
        implements ReadModelBuilder.With<S> {

    /**
     * What is declared.
     *
     * @throws DeclarationRefused naming what is {@code null} and must not be
     */
    public ReadModel {
        if (type == null) {
            throw new DeclarationRefused("A read model is declared without the type of its things");
        }
        requireGiven(type, "events", events);
        requireGiven(type, "fold", fold);
        requireGiven(type, "table", table);
        requireGiven(type, "swarmId", swarmId);
        requireGiven(type, "status", status);
        requireGiven(type, "statuses", statuses);
        requireGiven(type, "gone", gone);
        requireGiven(type, "key", key);
        requireGiven(type, "beside", beside);
        requireGiven(type, "alone", alone);
        requireGiven(type, "revision", revision);
        requireWords(type, "statuses", statuses);
        requireWords(type, "gone", gone);
    }

    private static void requireWords(String type, String what, List<String> given) {
        if (given.stream().anyMatch(Objects::isNull)) {
            throw new DeclarationRefused("The read model " + type + " has a null among its " + what);
        }
    }

    private static void requireGiven(String type, String what, Object given) {
        if (given == null) {
            throw new DeclarationRefused(
                    "The read model " + type + " is declared without " + what + ": give its ReadModel one");
        }
    }

    /** An event is told of its aggregate. */
    public static final Key BY_AGGREGATE = (event, recorded) -> recorded.aggregateId();

    private static final String THERE = "there";

    /** The first words of the names of a sealed interface's events. */
    private static final ClassValue<Set<String>> KINDS = new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> events) {
            return EventTypes.of(events.asSubclass(LedgerEvent.class)).keySet().stream()
                    .map(EventTypes::kindOf)
                    .collect(Collectors.toUnmodifiableSet());
        }
    };

    /** Which thing an event is told of. */
    @FunctionalInterface
    public interface Key {

        /** The id of that thing; {@code null} if it is told of none. As pure as a fold. */
        String of(LedgerEvent event, Recorded recorded);
    }

    /** One whose things are aggregates, and are there once they have a state. */
    public static <S> ReadModel<S> of(
            String type,
            Class<? extends LedgerEvent> events,
            Fold<S> fold,
            ViewTable<S> table,
            Function<S, String> swarmId) {
        return new ReadModel<>(
                type,
                events,
                fold,
                table,
                swarmId,
                null,
                state -> THERE,
                List.of(THERE),
                List.of(),
                null,
                BY_AGGREGATE,
                Map.of(),
                UnaryOperator.identity(),
                "1");
    }

    /** How it is declared, as far as that can be told: what was made of another declaration is made anew. */
    public String declaration() {
        return String.join(
                " ",
                revision,
                events.getName(),
                isByAggregate() ? "by aggregate" : "by key",
                beside.keySet().stream().map(EventTypes::nameOf).sorted().collect(Collectors.joining(",")),
                String.join(",", table.lists().keySet()));
    }

    /** Whether its things are aggregates. */
    public boolean isByAggregate() {
        return key == BY_AGGREGATE;
    }

    /** Whether events of that type, known or not, are among those that it folds. */
    public boolean folds(String eventType) {
        return isOfItsStream(eventType)
                || beside.keySet().stream()
                        .anyMatch(record -> EventTypes.nameOf(record).equals(eventType));
    }

    /** The same of events of that class. */
    public boolean folds(Class<?> event) {
        return events.isAssignableFrom(event) || beside.containsKey(event);
    }

    /** Whether events of that type are none of those that other aggregates have. */
    public boolean isOfItsStream(String eventType) {
        return events == LedgerEvent.class || KINDS.get(events).contains(EventTypes.kindOf(eventType));
    }

    /** The id of the thing that an event is told of; {@code null} if it is told of none. */
    public String thingOf(LedgerEvent event, Recorded recorded) {
        return beside.getOrDefault(event.getClass(), key).of(event, recorded);
    }

    /** Whether a list shows the state that is not asked for what is gone. */
    public boolean isThere(S state) {
        return !gone.contains(status.apply(state));
    }

    /** The state if there is one and a list shows it, or else {@code null}. */
    public S ifThere(S state) {
        return state != null && isThere(state) ? state : null;
    }
}
