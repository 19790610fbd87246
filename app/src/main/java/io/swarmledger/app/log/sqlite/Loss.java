package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.Chain;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Events that were acknowledged and that the log does not hold any more: its write-ahead log was cut or damaged, or its
 * file replaced by an older one.
 *
 * @param after the last position that the log holds
 * @param acknowledged the last position that somebody was told of
 */
public record Loss(long after, long acknowledged) {

    /** What the log of that connection lacks of what {@code anchor} knows; empty if it lacks nothing. */
    static Optional<Loss> of(Connection log, Head anchor) throws SQLException {
        Head head = Head.of(log);
        if (anchor.position() > head.position()) {
            return Optional.of(new Loss(head.position(), anchor.position()));
        }
        if (anchor.position() == 0) {
            return Optional.empty();
        }
        boolean same = Head.linkAt(log, anchor.position())
                .filter(link -> Chain.same(link, anchor.link()))
                .isPresent();
        return same ? Optional.empty() : Optional.of(new Loss(anchor.position() - 1, anchor.position()));
    }

    /** From now on the log may be without them; their positions are never given again. */
    void accept(Connection log, long now) throws SQLException {
        try (PreparedStatement note = log.prepareStatement(
                        "INSERT INTO AcceptedLoss (after, acknowledged, acceptedAt) VALUES (?, ?, ?)");
                Statement sequence = log.createStatement()) {
            note.setLong(1, after);
            note.setLong(2, acknowledged);
            note.setLong(3, now);
            note.executeUpdate();
            sequence.executeUpdate("INSERT INTO sqlite_sequence (name, seq) SELECT 'DomainEventEntry', 0"
                    + " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'DomainEventEntry')");
            sequence.executeUpdate(
                    "UPDATE sqlite_sequence SET seq = max(seq, " + acknowledged + ") WHERE name = 'DomainEventEntry'");
        }
    }

    /** In words, with the way out. */
    String describe(Object file) {
        return (acknowledged - after) + " acknowledged " + (acknowledged - after == 1 ? "event is" : "events are")
                + " missing in " + file + " after position " + after
                + ". Nothing is written until somebody says --accept-loss; restore a backup if there is a better one";
    }
}
