package io.swarmledger.query.timetravel;

import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.timetravel.Presences.Presence;
import io.swarmledger.query.view.ReadModel;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks for the things that were as somebody asks at a position. No index has what each was like then, so one after the
 * other is looked at, in the order in which they came to be there, until enough are found or enough are looked at.
 */
final class Search {

    private static final int AT_ONCE = 200;

    /** Things that are looked at for one page; behind them a cursor leads on. */
    private static final int LOOKED_AT = 5_000;

    private final JdbcClient index;
    private final Past past;
    private final long position;

    Search(JdbcClient index, Past past, long position) {
        this.index = index;
        this.past = past;
        this.position = position;
    }

    /**
     * A thing and what it was like, of its lists the sizes.
     *
     * @param since the position from which on it was there
     */
    record Found<S>(Thing<S> thing, S state, long since) {}

    /**
     * Some of the things.
     *
     * @param next the cursor of the rest, {@code null} if there is none
     */
    record Part<S>(List<Found<S>> things, String next) {}

    /**
     * The first of those that are as asked.
     *
     * @param shelf where they are looked for
     * @param list the name of the list, which tells its cursors from those of others
     * @param cursor where the part before ended, {@code null} for the first
     */
    <S> Part<S> find(
            ReadModel<S> model,
            int shelf,
            String swarmId,
            Predicate<S> isAsked,
            String list,
            int limit,
            String cursor) {
        Presences presences = new Presences(index);
        Cut<Found<S>> page = new Cut<>(limit);
        long behind = cursor == null
                ? 0
                : ((Number) Cursor.read(list, cursor, Number.class).get(0)).longValue();
        int looked = 0;
        List<Presence> some;
        do {
            some = presences.at(position, List.of(shelf), swarmId, behind, AT_ONCE);
            for (Presence one : some) {
                Thing<S> thing = new Thing<>(one.thing(), model, one.id());
                S state = past.at(thing, position);
                if (state != null && isAsked.test(state)) {
                    if (!page.fits(Past.bytesOf(model, state))) {
                        return new Part<>(page.items(), page.next(last -> Cursor.after(list, last.since())));
                    }
                    page.add(new Found<>(thing, state, one.since()));
                }
                behind = one.since();
            }
            looked += some.size();
        } while (some.size() == AT_ONCE && looked < LOOKED_AT);
        return new Part<>(page.items(), some.size() == AT_ONCE ? Cursor.after(list, behind) : null);
    }
}
