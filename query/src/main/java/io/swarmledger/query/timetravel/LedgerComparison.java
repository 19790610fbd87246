package io.swarmledger.query.timetravel;

import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventLog.Part;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.timetravel.Change.Field;
import io.swarmledger.query.timetravel.Change.Kind;
import io.swarmledger.query.view.ReadModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Compares two ledgers by their logs: where they part, and what is different in the end. What only the ledgers themselves
 * say of an event, when and by whom it was recorded, is not compared.
 */
public final class LedgerComparison {

    /** What each ledger says for itself. */
    private static final Set<String> NOT_COMPARED = Set.of("position", "recordedAt", "recordedBy");

    private final EventLog ours;
    private final EventLog theirs;
    private final EventReader reader;
    private final ReadModels models;

    /** Of two logs. */
    public LedgerComparison(EventLog ours, EventLog theirs, EventReader reader, ReadModels models) {
        this.ours = ours;
        this.theirs = theirs;
        this.reader = reader;
        this.models = models;
    }

    /** Where they part; empty if they say the same from the first event to the last. */
    public Optional<Divergence> divergence() {
        return ours.asOfNow(our -> theirs.asOfNow(their -> divergence(our, their)));
    }

    private static Optional<Divergence> divergence(EventLog our, EventLog their) {
        long ourLast = sameChain(our, their);
        long theirLast = ourLast;
        while (true) {
            Part ours = events(our, ourLast);
            Part theirs = events(their, theirLast);
            int both = Math.min(ours.rows().size(), theirs.rows().size());
            for (int i = 0; i < both; i++) {
                RecordedEvent one = RecordedEvent.of(ours.rows().get(i));
                RecordedEvent other = RecordedEvent.of(theirs.rows().get(i));
                List<String> fields = differing(one, other);
                if (!fields.isEmpty()) {
                    return Optional.of(new Divergence(Math.min(one.position(), other.position()), one, other, fields));
                }
            }
            if (both < ours.rows().size() && theirs.isAll()) {
                RecordedEvent one = RecordedEvent.of(ours.rows().get(both));
                return Optional.of(new Divergence(one.position(), one, null, List.of()));
            }
            if (both < theirs.rows().size() && ours.isAll()) {
                RecordedEvent other = RecordedEvent.of(theirs.rows().get(both));
                return Optional.of(new Divergence(other.position(), null, other, List.of()));
            }
            if (both == 0) {
                return Optional.empty();
            }
            ourLast = ours.rows().get(both - 1).position();
            theirLast = theirs.rows().get(both - 1).position();
        }
    }

    private static Part events(EventLog log, long after) {
        return log.read(after, Long.MAX_VALUE, EventCriteria.ALL, Budget.PAGE);
    }

    /** A link of the chain stands for everything before it: the last position at which both have the same link. */
    private static long sameChain(EventLog our, EventLog their) {
        long same = 0;
        long other = Math.min(our.head(), their.head()) + 1;
        while (other - same > 1) {
            long middle = (same + other) >>> 1;
            Optional<byte[]> ourLink = our.link(middle);
            if (ourLink.isPresent()
                    && Arrays.equals(ourLink.get(), their.link(middle).orElse(null))) {
                same = middle;
            } else {
                other = middle;
            }
        }
        return same;
    }

    private static List<String> differing(RecordedEvent one, RecordedEvent other) {
        return Components.different(one, other).keySet().stream()
                .filter(field -> !NOT_COMPARED.contains(field))
                .toList();
    }

    /**
     * What is different in the end, from ours to theirs, of what events behind a position concern.
     *
     * @param divergence where the logs part
     * @param most changes at most
     */
    public List<Change> changesSince(Divergence divergence, int most) {
        return ours.asOfNow(our -> theirs.asOfNow(their -> {
            Set<Touched> touched = touchedSince(their, divergence.position());
            touched.addAll(touchedSince(our, divergence.position()));
            return touched.stream()
                    .flatMap(thing -> change(our, their, thing.model(), thing.id()).stream())
                    .limit(most)
                    .toList();
        }));
    }

    private record Touched(ReadModel<?> model, String id) {}

    private Set<Touched> touchedSince(EventLog log, long position) {
        Set<Touched> touched = new LinkedHashSet<>();
        log.excerpts(
                EventSelection.of(EventCriteria.ALL).withAfter(position - 1),
                List.of(),
                0,
                Integer.MAX_VALUE,
                event -> models.ofEvents(event.type()).stream()
                        .filter(model -> model.isByAggregate() && model.isOfItsStream(event.type()))
                        .forEach(model -> touched.add(new Touched(model, event.aggregateId()))));
        return touched;
    }

    private <S> Optional<Change> change(EventLog our, EventLog their, ReadModel<S> model, String id) {
        Map<String, EventRef> causes = new LinkedHashMap<>();
        S before = fold(our, model, id, causes);
        causes.clear();
        S after = fold(their, model, id, causes);
        Map<String, Object[]> different = Components.different(before, after);
        if (different.isEmpty() || model.ifThere(before) == null && model.ifThere(after) == null) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        different.forEach((field, values) -> fields.add(new Field(field, values[0], values[1], causes.get(field))));
        return Optional.of(new Change(
                model.type(),
                id,
                model.swarmId().apply(after == null ? before : after),
                Kind.between(model.ifThere(before), model.ifThere(after)),
                fields.stream()
                        .map(Field::event)
                        .filter(Objects::nonNull)
                        .max(EventRef.BY_POSITION)
                        .orElse(null),
                fields));
    }

    /** By the log alone: another ledger's index may be behind, or missing. */
    private <S> S fold(EventLog log, ReadModel<S> model, String id, Map<String, EventRef> causes) {
        var folding = new Object() {
            S state;
        };
        log.stream(id, row -> {
            S before = folding.state;
            folding.state = Past.evolve(model, before, row, reader);
            EventRef event = EventRef.of(row);
            Components.different(before, folding.state).keySet().forEach(field -> causes.put(field, event));
            return true;
        });
        return folding.state;
    }
}
