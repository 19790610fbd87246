package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogTransaction.Stream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far the streams of the log are, inside a transaction of its writer. Those that were used last are remembered. */
final class Streams implements AutoCloseable {

    private static final int REMEMBERED = 20_000;

    /** Characters of an id; a longer one is looked up each time. */
    private static final int LONGEST_REMEMBERED = 200;

    private final PreparedStatement select;
    /** Whether every stream that there is, is remembered: then nobody has to look for one that is not. */
    private boolean areAll;

    private final Map<String, Stream> streams = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stream> eldest) {
            boolean isTooMany = size() > REMEMBERED;
            areAll &= !isTooMany;
            return isTooMany;
        }
    };

    /**
     * Those of the log of which {@code connection} is in a transaction.
     *
     * @param isEmpty whether there are none yet
     */
    Streams(Connection connection, boolean isEmpty) throws SQLException {
        areAll = isEmpty;
        select = connection.prepareStatement("SELECT max(sequenceNumber), (SELECT swarmId FROM DomainEventEntry"
                + " WHERE aggregateIdentifier = ?1 ORDER BY sequenceNumber LIMIT 1)"
                + " FROM DomainEventEntry WHERE aggregateIdentifier = ?1");
    }

    /** The stream of that aggregate; empty if it has not begun. */
    Optional<Stream> of(String aggregateId) throws SQLException {
        Stream known = streams.get(aggregateId);
        if (known != null) {
            return Optional.of(known);
        }
        if (areAll) {
            return Optional.empty();
        }
        select.setString(1, aggregateId);
        try (ResultSet row = select.executeQuery()) {
            long last = row.next() ? row.getLong(1) : 0;
            return row.wasNull() ? Optional.empty() : Optional.of(new Stream(last + 1, row.getString(2)));
        }
    }

    /** Takes note of an event that is in the log now. */
    void appended(EventRow event) throws SQLException {
        String swarmId = of(event.aggregateId()).map(Stream::swarmId).orElse(event.swarmId());
        if (event.aggregateId().length() <= LONGEST_REMEMBERED && swarmId.length() <= LONGEST_REMEMBERED) {
            streams.put(event.aggregateId(), new Stream(event.sequenceNumber() + 1, swarmId));
        } else {
            areAll = false;
        }
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
