package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.Chain;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * An event at the end of the log, and its link in the chain.
 *
 * @param position 0 for the beginning of an empty log
 */
record Head(long position, byte[] link) {

    /** The last event that the log holds. */
    static Head of(Connection log) throws SQLException {
        try (Statement statement = log.createStatement();
                ResultSet last = statement.executeQuery(
                        "SELECT globalIndex, chain FROM DomainEventEntry ORDER BY globalIndex DESC LIMIT 1")) {
            return last.next() ? new Head(last.getLong(1), last.getBytes(2)) : new Head(0, Chain.BEGINNING);
        }
    }

    /** The link of the event at that position, if the log holds one. */
    static Optional<byte[]> linkAt(Connection log, long position) throws SQLException {
        try (PreparedStatement select =
                log.prepareStatement("SELECT chain FROM DomainEventEntry WHERE globalIndex = ?")) {
            select.setLong(1, position);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }
}
