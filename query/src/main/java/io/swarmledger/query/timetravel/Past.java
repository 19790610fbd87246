package io.swarmledger.query.timetravel;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.view.ReadModel;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What things were like at a position: the fold of their events from the nearest checkpoint before it. Never more than
 * {@link TimeTravelIndex#CHECKPOINT_EVERY} of them, however long the log is.
 */
final class Past {

    /** An item of a thing's list, such as a task's id, is reckoned to have so many bytes. */
    private static final long AN_ITEM = 40;

    private final JdbcClient index;
    private final EventLog log;
    private final EventReader reader;

    /** The past as one moment of both files has it. */
    Past(JdbcClient index, EventLog log, EventReader reader) {
        this.index = index;
        this.log = log;
        this.reader = reader;
    }

    /** A step of a fold: a row of the log, and the state before and after its event. */
    @FunctionalInterface
    interface Step<S> {

        void taken(S before, LogRow row, S after);
    }

    /** A state that was written down. */
    record Checkpoint<S>(long position, S state) {}

    /** The state at that position, of its lists the sizes; {@code null} if there was none. */
    <S> S at(Thing<S> thing, long position) {
        Checkpoint<S> checkpoint = checkpoint(thing, position);
        return fold(thing, checkpoint, position, (before, row, after) -> {});
    }

    /** The state at that position with the last items of its lists, {@code most} of each, from that with their sizes. */
    <S> S withLists(Thing<S> thing, S state, long position, long most) {
        ReadModel<S> model = thing.model();
        if (state == null || model.table().lists().isEmpty()) {
            return state;
        }
        return model.table()
                .readWhole(
                        model.table().write(state),
                        list -> items(
                                thing,
                                list,
                                model.table().lists().get(list).apply(state).size(),
                                most,
                                position));
    }

    /** How many bytes of JSON a state has; of what is shown of its lists, about. */
    static <S> long bytesOf(ReadModel<S> model, S state) {
        return model.table().write(state).length()
                + model.table().lists().values().stream()
                        .mapToLong(list -> AN_ITEM * Math.min(list.apply(state).size(), StateOfAll.LAST_ITEMS))
                        .sum();
    }

    /** The latest checkpoint up to that position; before the first one there is nothing. */
    <S> Checkpoint<S> checkpoint(Thing<S> thing, long position) {
        return index.sql("SELECT position, state FROM Checkpoint WHERE thing = ? AND position <= ?"
                        + " ORDER BY position DESC LIMIT 1")
                .params(thing.number(), position)
                .query((row, number) ->
                        new Checkpoint<>(row.getLong(1), written(thing, row.getLong(1), row.getString(2))))
                .optional()
                .orElse(new Checkpoint<>(0, null));
    }

    /** A state that was written at that position, to be folded on. */
    <S> S written(Thing<S> thing, long position, String state) {
        return thing.model().table().read(state, (list, size, item) -> has(thing, position, list, size, item));
    }

    /** Lists may have begun anew: what counts of each place is what was put there last. */
    private boolean has(Thing<?> thing, long position, String list, long size, String item) {
        return index.sql("SELECT EXISTS (SELECT 1 FROM Item WHERE thing = :thing AND list = :list AND item = :item"
                        + " AND place <= :size AND position = (SELECT max(position) FROM Item AS other"
                        + " WHERE other.thing = Item.thing AND other.list = Item.list AND other.place = Item.place"
                        + " AND other.position <= :position))")
                .param("thing", thing.number())
                .param("list", list)
                .param("item", item)
                .param("size", size)
                .param("position", position)
                .query(Boolean.class)
                .single();
    }

    /** Folds on from a checkpoint up to a position, and tells of each step behind the checkpoint. */
    <S> S fold(Thing<S> thing, Checkpoint<S> checkpoint, long position, Step<S> step) {
        List<Long> positions = index.sql("SELECT position FROM Step WHERE thing = ? AND position > ? AND position <= ?"
                        + " ORDER BY position")
                .params(thing.number(), checkpoint.position(), position)
                .query(Long.class)
                .list();
        if (positions.isEmpty()) {
            return checkpoint.state();
        }
        var folding = new Object() {
            S state = checkpoint.state();
        };
        log.at(positions, row -> {
            S before = folding.state;
            folding.state = evolve(thing.model(), before, row, reader);
            step.taken(before, row, folding.state);
        });
        return folding.state;
    }

    /**
     * The state after the event in a row of the log.
     *
     * @throws RuntimeException if the event cannot be read or folded
     */
    static <S> S evolve(ReadModel<S> model, S state, LogRow row, EventReader reader) {
        Recorded recorded = row.recorded();
        S after = state;
        for (LedgerEvent event : (Iterable<LedgerEvent>) reader.events(row)::iterator) {
            after = model.fold().evolve(after, event, recorded);
        }
        return after;
    }

    private List<String> items(Thing<?> thing, String list, long size, long most, long position) {
        if (size == 0) {
            return List.of();
        }
        return index.sql("SELECT item FROM Item WHERE thing = :thing AND list = :list AND place > :from"
                        + " AND place <= :size"
                        + " AND position = (SELECT max(position) FROM Item AS other WHERE other.thing = Item.thing"
                        + " AND other.list = Item.list AND other.place = Item.place AND other.position <= :position)"
                        + " ORDER BY place")
                .param("thing", thing.number())
                .param("list", list)
                .param("from", Math.max(0, size - most))
                .param("size", size)
                .param("position", position)
                .query(String.class)
                .list();
    }
}
