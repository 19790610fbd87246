package io.swarmledger.query.timetravel;

import io.swarmledger.query.timetravel.Change.Field;
import io.swarmledger.query.timetravel.Change.Kind;
import io.swarmledger.query.view.ReadModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of a thing between two positions, and through which events. */
final class Difference {

    private final Past past;

    Difference(Past past) {
        this.past = past;
    }

    /** Empty if the thing is the same, or there at neither position. */
    <S> Optional<Change> of(Thing<S> thing, long from, long to) {
        S sizesBefore = past.at(thing, from);
        S sizesNow = past.at(thing, to);
        S before = thing.model().ifThere(past.withLists(thing, sizesBefore, from, StateOfAll.LAST_ITEMS));
        S now = past.withLists(thing, sizesNow, to, StateOfAll.LAST_ITEMS);
        S after = thing.model().ifThere(now);
        if (before == null && after == null) {
            return Optional.empty();
        }
        // Of what is gone the log still knows what it was like at the end.
        Map<String, Object[]> different = Components.different(before, now);
        addGrown(thing.model(), sizesBefore, sizesNow, before, now, different);
        if (different.isEmpty()) {
            return Optional.empty();
        }
        Map<String, EventRef> causes = causes(thing, different.keySet(), from, to);
        List<Field> fields = new ArrayList<>();
        different.forEach((field, values) -> fields.add(new Field(
                field,
                values[0],
                values[1],
                causes.get(field),
                thing.model().table().sizeIfCut(field, sizesBefore, StateOfAll.LAST_ITEMS),
                thing.model().table().sizeIfCut(field, sizesNow, StateOfAll.LAST_ITEMS))));
        return Optional.of(new Change(
                thing.model().type(),
                thing.id(),
                thing.model().swarmId().apply(after == null ? before : after),
                Kind.between(before, after),
                causes.values().stream().max(EventRef.BY_POSITION).orElseThrow(),
                fields));
    }

    /** A list may have grown by what its last items were before. */
    private static <S> void addGrown(
            ReadModel<S> model, S sizesBefore, S sizesNow, S before, S now, Map<String, Object[]> different) {
        if (before == null || now == null) {
            return;
        }
        model.table().lists().forEach((list, of) -> {
            if (of.apply(sizesBefore).size() != of.apply(sizesNow).size()) {
                different.computeIfAbsent(list, name -> new Object[] {of.apply(before), of.apply(now)});
            }
        });
    }

    /**
     * The last event between two positions that changed each of the fields. Looked for stretch by stretch from the end on:
     * what a field is was mostly decided late.
     */
    <S> Map<String, EventRef> causes(Thing<S> thing, Iterable<String> fields, long from, long to) {
        Map<String, EventRef> causes = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        fields.forEach(open::add);
        long end = to;
        while (!open.isEmpty() && end > from) {
            Past.Checkpoint<S> start = past.checkpoint(thing, end - 1);
            Map<String, EventRef> last = new LinkedHashMap<>();
            past.fold(thing, start, end, (before, row, after) -> {
                if (row.position() > from) {
                    EventRef event = EventRef.of(row);
                    open.stream()
                            .filter(field -> isChanged(thing, before, after, field))
                            .forEach(field -> last.put(field, event));
                }
            });
            last.forEach(causes::putIfAbsent);
            open.removeAll(last.keySet());
            end = start.position();
        }
        return causes;
    }

    /** What is stored anew is another thing in every field, and in those too that are as they were while it was gone. */
    private static <S> boolean isChanged(Thing<S> thing, S before, S after, String field) {
        Object is = Components.value(after, field);
        return !Components.same(Components.value(before, field), is)
                || !Components.same(Components.value(thing.model().ifThere(before), field), is);
    }
}
