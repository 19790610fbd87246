package io.swarmledger.query.timetravel;

import io.swarmledger.query.view.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which things were there at a position, in the order in which they came to be there. */
final class Presences {

    private final JdbcClient index;

    Presences(JdbcClient index) {
        this.index = index;
    }

    /**
     * Something that was there.
     *
     * @param since the position from which on it was there: no two have the same
     */
    record Presence(long thing, String id, long since) {}

    /**
     * The first of those that were on these shelves at a position.
     *
     * @param swarmId of that swarm alone; {@code null} for all
     * @param after those that came there behind that position
     */
    List<Presence> at(long position, List<Integer> shelves, String swarmId, long after, int most) {
        List<Presence> found = new ArrayList<>();
        long head = index.sql("SELECT position FROM Progress").query(Long.class).single();
        for (int shelf : shelves) {
            for (int span = Span.LASTING; span == Span.LASTING || Span.limit(span - 1) <= head; span++) {
                found.addAll(ofSpan(span, position, shelf, swarmId, after, most));
            }
        }
        found.sort(Comparator.comparingLong(Presence::since));
        return found.size() > most ? found.subList(0, most) : found;
    }

    private List<Presence> ofSpan(int span, long position, int shelf, String swarmId, long after, int most) {
        boolean lasting = span == Span.LASTING;
        Where where = new Where()
                .is("shelf", shelf)
                .given("swarm = (SELECT swarm FROM Swarm WHERE id = :swarmId)", "swarmId", swarmId)
                .is("span", span)
                .given("since <= :position", "position", position)
                .given("since > :after", "after", lasting ? after : Math.max(after, position - Span.limit(span)));
        if (!lasting) {
            where.always("until > :position");
        }
        return index.sql("SELECT thing, (SELECT id FROM Thing WHERE Thing.thing = Presence.thing), since FROM Presence"
                        + where.sql() + " ORDER BY since LIMIT :most")
                .params(where.values())
                .param("most", most)
                .query((row, number) -> new Presence(row.getLong(1), row.getString(2), row.getLong(3)))
                .list();
    }
}
