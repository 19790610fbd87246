package io.swarmledger.query.timetravel;

import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.timetravel.Change.Field;
import io.swarmledger.query.timetravel.Change.Kind;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares two ledgers by their logs: where they part, and what is different in the end. What only the ledgers themselves
 * say of an event, when and by whom it was recorded, is not compared.
 */
public final class LedgerComparison {

    private static final int EVENTS_AT_ONCE = 1_000;

    /** What each ledger says for itself. */
    private static final Set<String> NOT_COMPARED = Set.of("position", "recordedAt", "recordedBy");

    private final Reading ours;
    private final Reading theirs;
    private final EventReader reader;

    /** Of two logs. */
    public LedgerComparison(Reading ours, Reading theirs, EventReader reader) {
        this.ours = ours;
        this.theirs = theirs;
        this.reader = reader;
    }

    /** Where they part; empty if they say the same from the first event to the last. */
    public Optional<Divergence> divergence() {
        return ours.read(our -> theirs.read(their -> divergence(our, their)));
    }

    private static Optional<Divergence> divergence(JdbcClient our, JdbcClient their) {
        long same = sameChain(our, their);
        while (true) {
            List<RecordedEvent> ourEvents = events(our, same);
            List<RecordedEvent> theirEvents = events(their, same);
            for (int i = 0; i < Math.max(ourEvents.size(), theirEvents.size()); i++) {
                RecordedEvent one = i < ourEvents.size() ? ourEvents.get(i) : null;
                RecordedEvent other = i < theirEvents.size() ? theirEvents.get(i) : null;
                List<String> fields = one == null || other == null ? List.of() : differing(one, other);
                if (one == null || other == null || !fields.isEmpty()) {
                    long position = Math.min(
                            one == null ? Long.MAX_VALUE : one.position(),
                            other == null ? Long.MAX_VALUE : other.position());
                    return Optional.of(new Divergence(position, one, other, fields));
                }
            }
            if (ourEvents.isEmpty()) {
                return Optional.empty();
            }
            same = ourEvents.get(ourEvents.size() - 1).position();
        }
    }

    /** A link of the chain stands for everything before it: the last position at which both have the same link. */
    private static long sameChain(JdbcClient our, JdbcClient their) {
        long same = 0;
        long other = Math.min(head(our), head(their)) + 1;
        while (other - same > 1) {
            long middle = (same + other) >>> 1;
            byte[] ourLink = link(our, middle);
            if (ourLink != null && Arrays.equals(ourLink, link(their, middle))) {
                same = middle;
            } else {
                other = middle;
            }
        }
        return same;
    }

    private static byte[] link(JdbcClient log, long position) {
        return log.sql("SELECT chain FROM DomainEventEntry WHERE globalIndex = ?")
                .param(position)
                .query((row, number) -> row.getBytes(1))
                .optional()
                .orElse(null);
    }

    private static long head(JdbcClient log) {
        return log.sql("SELECT coalesce(max(globalIndex), 0) FROM DomainEventEntry")
                .query(Long.class)
                .single();
    }

    private static List<RecordedEvent> events(JdbcClient log, long after) {
        return log.sql("SELECT " + RecordedEvent.COLUMNS + " FROM DomainEventEntry WHERE globalIndex > ?"
                        + " ORDER BY globalIndex LIMIT " + EVENTS_AT_ONCE)
                .param(after)
                .query(RecordedEvent::read)
                .list();
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
        return ours.read(our -> theirs.read(their -> {
            Set<Touched> touched = new LinkedHashSet<>(touchedSince(their, divergence.position()));
            touched.addAll(touchedSince(our, divergence.position()));
            return touched.stream()
                    .flatMap(thing -> change(our, their, thing.model(), thing.id()).stream())
                    .limit(most)
                    .toList();
        }));
    }

    private record Touched(ReadModel<?> model, String id) {}

    private static List<Touched> touchedSince(JdbcClient log, long position) {
        List<Touched> touched = new ArrayList<>();
        log.sql("SELECT DISTINCT payloadType, aggregateIdentifier FROM DomainEventEntry WHERE globalIndex >= ?"
                        + " ORDER BY globalIndex")
                .param(position)
                .query(row -> {
                    String id = row.getString(2);
                    Models.ofEvents(row.getString(1)).ifPresent(model -> touched.add(new Touched(model, id)));
                });
        return touched;
    }

    private <S> Optional<Change> change(JdbcClient our, JdbcClient their, ReadModel<S> model, String id) {
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
    private <S> S fold(JdbcClient log, ReadModel<S> model, String id, Map<String, EventRef> causes) {
        var folding = new Object() {
            S state;
        };
        log.sql("SELECT * FROM DomainEventEntry WHERE aggregateIdentifier = ? ORDER BY globalIndex")
                .param(id)
                .query(row -> {
                    S before = folding.state;
                    folding.state = Past.evolve(model, before, row, reader);
                    EventRef event = EventRef.read(row);
                    Components.different(before, folding.state).keySet().forEach(field -> causes.put(field, event));
                });
        return folding.state;
    }
}
