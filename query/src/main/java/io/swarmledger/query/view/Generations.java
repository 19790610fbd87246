package io.swarmledger.query.view;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which generation of each view is read and which is written, and what they have seen of the log. Every method works
 * inside the caller's transaction.
 *
 * <p>Two ways lead to a new generation. A <em>reset</em> of a processor, as Axon does it, makes that processor fill the
 * next one from the beginning. A <em>rebuild</em> fills one beside the processor, which goes on. Either way queries read
 * the old generation until the new one has seen as much.
 */
public final class Generations {

    private final JdbcClient views;

    /**
     * On the connections of the views' writer.
     *
     * @param views a connection taken from it inside a transaction is that transaction's
     */
    public Generations(DataSource views) {
        this.views = JdbcClient.create(views);
    }

    /**
     * What is known of a projection.
     *
     * @param position what the live generation has seen of the log, 0 for nothing
     * @param rebuiltTo what a rebuild has seen, {@code null} if there is none
     */
    public record Standing(
            String name,
            long live,
            long position,
            long filling,
            Long rebuilding,
            Long rebuiltTo,
            long newest,
            long oldest) {

        private boolean uses(long generation) {
            return generation == live || generation == filling || rebuilding != null && generation == rebuilding;
        }
    }

    /** Makes projections known to a file; for those that it knows nothing changes. */
    public void initialize(List<String> names) {
        for (String name : names) {
            views.sql("INSERT INTO Projection (name, live, position, filling, newest, oldest)"
                            + " VALUES (?, 1, 0, 1, 1, 1) ON CONFLICT DO NOTHING")
                    .param(name)
                    .update();
        }
    }

    /** How a projection stands; empty if there is none of that name. */
    public Optional<Standing> of(String name) {
        return of(views, name);
    }

    /** The same, in a moment of the file. */
    public static Optional<Standing> of(JdbcClient views, String name) {
        return views.sql("SELECT * FROM Projection WHERE name = ?")
                .param(name)
                .query(Standing.class)
                .optional();
    }

    /**
     * The processor's token stands at {@code position} from now on. Once a processor that was reset has seen as much as
     * the live generation, the one that it filled becomes the live one.
     *
     * @return whether that is so now, and an old generation is to be swept away
     */
    public boolean advance(String name, long position) {
        boolean adopted = views.sql("UPDATE Projection SET live = filling"
                                + " WHERE name = ? AND live <> filling AND position <= ?")
                        .params(name, position)
                        .update()
                == 1;
        views.sql("UPDATE Projection SET position = ? WHERE name = ? AND live = filling")
                .params(position, name)
                .update();
        return adopted;
    }

    /** From now on the processor fills a generation of its own. */
    public void reset(String name) {
        views.sql("UPDATE Projection SET filling = newest + 1, newest = newest + 1 WHERE name = ?")
                .param(name)
                .update();
    }

    /** A rebuild begins. */
    public void rebuild(String name) {
        views.sql("UPDATE Projection SET rebuilding = newest + 1, newest = newest + 1, rebuiltTo = 0 WHERE name = ?")
                .param(name)
                .update();
    }

    /** The rebuild has seen {@code position}. */
    public void rebuiltTo(String name, long position) {
        views.sql("UPDATE Projection SET rebuiltTo = ? WHERE name = ?")
                .params(position, name)
                .update();
    }

    /** The rebuild is given up; what it wrote is swept away later. */
    public void abandon(String name) {
        views.sql("UPDATE Projection SET rebuilding = NULL, rebuiltTo = NULL WHERE name = ?")
                .param(name)
                .update();
    }

    /** What was rebuilt becomes the live generation, and the one that the processor goes on filling. */
    public void adopt(String name) {
        views.sql("UPDATE Projection SET live = rebuilding, filling = rebuilding, position = rebuiltTo,"
                        + " rebuilding = NULL, rebuiltTo = NULL WHERE name = ? AND rebuilding IS NOT NULL")
                .param(name)
                .update();
    }

    /**
     * Deletes rows of generations that nobody reads or writes any more, a bounded number at a time.
     *
     * @return whether there may be more
     */
    public boolean sweep(String name, int atMost) {
        Standing standing = of(name).orElseThrow();
        for (long generation = standing.oldest(); generation <= standing.newest(); generation++) {
            if (!standing.uses(generation) && delete(name, generation, atMost)) {
                return true;
            }
        }
        views.sql("UPDATE Projection SET oldest = min(live, filling, coalesce(rebuilding, newest)) WHERE name = ?")
                .param(name)
                .update();
        return false;
    }

    private boolean delete(String name, long generation, int atMost) {
        String table = name.replace('-', '_');
        int rows = views.sql("DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table
                        + " WHERE generation = ? LIMIT ?)")
                .params(generation, atMost)
                .update();
        int items = views.sql("DELETE FROM GrownItem WHERE (projection, generation, id, list, place) IN"
                        + " (SELECT projection, generation, id, list, place FROM GrownItem"
                        + " WHERE projection = ? AND generation = ? LIMIT ?)")
                .params(name, generation, atMost)
                .update();
        return rows + items > 0;
    }
}
