package io.swarmledger.query.timetravel;

import io.swarmledger.query.Cursor;
import io.swarmledger.query.Paging;
import io.swarmledger.query.timetravel.Presences.Presence;
import io.swarmledger.query.view.ReadModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which things were counted at a position. No index has who had which status then: each is looked at. */
final class CountedThen {

    private static final String LIST = "counted-then";
    private static final int AT_ONCE = 200;

    /** Things that are looked at for one page; behind them a cursor leads on. */
    private static final int LOOKED_AT = 5_000;

    private final JdbcClient index;
    private final FindEvidence query;
    private final long position;

    CountedThen(JdbcClient index, FindEvidence query, long position) {
        this.index = index;
        this.query = query;
        this.position = position;
    }

    /** A thing and what it was like. */
    record Counted<S>(Thing<S> thing, S state, long since) {}

    /**
     * Some of the things.
     *
     * @param total of all of them; of the part alone, and no exact one, where only looking at each would tell
     * @param next the cursor of the rest, {@code null} if there is none
     */
    record Part<S>(List<Counted<S>> things, long total, boolean isExact, String next) {}

    <S> Part<S> part(ReadModel<S> model, Function<Thing<S>, S> stateOf) {
        int limit = Paging.limit(query.limit(), FindEvidence.MAX_LIMIT);
        int shelf = isOfWhatIsGone(model) ? Shelf.gone(model) : Shelf.there(model);
        Presences presences = new Presences(index);
        List<Counted<S>> found = new ArrayList<>();
        long since = query.cursor() == null
                ? 0
                : ((Number) Cursor.read(LIST, query.cursor(), Number.class).get(0)).longValue();
        long looked = 0;
        List<Presence> some;
        do {
            some = presences.at(position, List.of(shelf), query.swarmId(), since, AT_ONCE);
            for (Presence one : some) {
                Thing<S> thing = new Thing<>(one.thing(), model, one.id());
                S state = stateOf.apply(thing);
                if (isAsked(model, state)) {
                    found.add(new Counted<>(thing, state, one.since()));
                }
                since = one.since();
            }
            looked += some.size();
        } while (some.size() == AT_ONCE && found.size() <= limit && looked < LOOKED_AT);
        boolean isMore = found.size() > limit;
        List<Counted<S>> things = isMore ? found.subList(0, limit) : found;
        String next = isMore
                ? Cursor.after(LIST, things.get(limit - 1).since())
                : some.size() == AT_ONCE ? Cursor.after(LIST, since) : null;
        boolean isCounted = query.namespace() == null;
        return new Part<>(
                things,
                isCounted ? total(model) : things.size(),
                isCounted || query.cursor() == null && next == null,
                next);
    }

    private boolean isOfWhatIsGone(ReadModel<?> model) {
        return query.status() != null && model.gone().contains(query.status());
    }

    private <S> boolean isAsked(ReadModel<S> model, S state) {
        return state != null
                && (query.status() == null
                        || query.status().equals(model.status().apply(state)))
                && (query.namespace() == null || query.namespace().equals(Components.value(state, "namespace")));
    }

    private long total(ReadModel<?> model) {
        Map<String, Long> counts = Counts.at(index, model, query.swarmId(), position);
        return counts.entrySet().stream()
                .filter(count -> query.status() == null
                        ? !model.gone().contains(count.getKey())
                        : query.status().equals(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
