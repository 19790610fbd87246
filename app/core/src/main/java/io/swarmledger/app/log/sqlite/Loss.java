package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.Chain;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Events that were acknowledged and that the log does not hold any more: its write-ahead log was cut or damaged, or its
 * file replaced by an older one. Or that may be missing: the anchor, which would tell, says nothing.
 *
 * @param after the last position that the log holds
 * @param acknowledged the last position that is known to have been given; {@code after} if nothing tells of more
 * @param doubt why the anchor says nothing; {@code null} if it does
 * @param isAnother whether the log has another event where the last acknowledged one was: it may be another ledger's
 */
record Loss(long after, long acknowledged, String doubt, boolean isAnother) {

    Loss(long after, long acknowledged, String doubt) {
        this(after, acknowledged, doubt, false);
    }

    private static final String WAY_OUT =
            ". Nothing is written until somebody says --accept-loss; restore a backup if" + " there is a better one";

    /**
     * What the log of that connection lacks, or may lack; empty if it lacks nothing.
     *
     * @param seen the last position that something beside the log was made from
     */
    static Optional<Loss> of(Connection log, HeadAnchor.Word anchor, long seen) throws SQLException {
        Head head = Head.of(log);
        long given = Math.max(seen, given(log));
        // What is accepted already is no news.
        long known = given > accepted(log) ? Math.max(given, head.position()) : head.position();
        if (!anchor.isSound()) {
            boolean isNew = anchor.isOfABeginning() && known == 0;
            return isNew ? Optional.empty() : Optional.of(new Loss(head.position(), known, anchor.defect()));
        }
        Optional<Loss> loss = byAnchor(log, head, anchor);
        if (loss.isPresent() && loss.get().acknowledged > known) {
            return loss;
        }
        return known > head.position() ? Optional.of(new Loss(head.position(), known, null)) : loss;
    }

    private static Optional<Loss> byAnchor(Connection log, Head head, HeadAnchor.Word anchor) throws SQLException {
        Head last = anchor.heads().get(0);
        for (Head acknowledged : anchor.heads()) {
            if (isIn(log, acknowledged)) {
                return Optional.empty();
            }
            last = acknowledged.position() > last.position() ? acknowledged : last;
        }
        boolean isAnother = head.position() >= last.position();
        long after = isAnother ? last.position() - 1 : head.position();
        return Optional.of(new Loss(after, last.position(), null, isAnother));
    }

    private static boolean isIn(Connection log, Head acknowledged) throws SQLException {
        return acknowledged.position() == 0
                || Head.linkAt(log, acknowledged.position())
                        .filter(link -> Chain.same(link, acknowledged.link()))
                        .isPresent();
    }

    /** The last position that the log gave, as SQLite counts them: an event that is deleted takes nothing from it. */
    private static long given(Connection log) throws SQLException {
        return single(log, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'DomainEventEntry'");
    }

    private static long accepted(Connection log) throws SQLException {
        return single(log, "SELECT coalesce(max(acknowledged), 0) FROM AcceptedLoss");
    }

    private static long single(Connection log, String sql) throws SQLException {
        try (Statement statement = log.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whatever becomes of it, and of what tells of it: the positions that were given are never given again. */
    void keepPositions(Connection log) throws SQLException {
        try (Statement sequence = log.createStatement()) {
            sequence.executeUpdate("INSERT INTO sqlite_sequence (name, seq) SELECT 'DomainEventEntry', 0"
                    + " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'DomainEventEntry')");
            sequence.executeUpdate(
                    "UPDATE sqlite_sequence SET seq = max(seq, " + acknowledged + ") WHERE name = 'DomainEventEntry'");
        }
    }

    /** From now on the log may be without them. */
    void accept(Connection log, long now) throws SQLException {
        keepPositions(log);
        try (PreparedStatement note =
                log.prepareStatement("INSERT INTO AcceptedLoss (after, acknowledged, acceptedAt) VALUES (?, ?, ?)")) {
            note.setLong(1, after);
            note.setLong(2, acknowledged);
            note.setLong(3, now);
            note.executeUpdate();
        }
    }

    /** In words, with the way out. */
    String describe(Object file) {
        return missing(file) + WAY_OUT;
    }

    /** In words. */
    String missing(Object file) {
        long events = acknowledged - after;
        if (isAnother) {
            return file + " is not the log that was written here: at position " + acknowledged
                    + " it has another event than was acknowledged. It is another ledger's, or was written anew";
        }
        if (events == 0) {
            return "The head.anchor of " + file + " " + doubt
                    + ", so that nobody can tell whether acknowledged events are missing after position " + after;
        }
        return events + " acknowledged " + (events == 1 ? "event is" : "events are") + " missing in " + file
                + " after position " + after
                + (doubt == null ? "" : ", and more may be: the head.anchor " + doubt);
    }
}
