package io.swarmledger.app.log.sqlite;

import io.swarmledger.query.log.LogRow;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table that the events lie in. Its columns are listed here and, with what they mean, in its migration. */
final class LogTable {

    static final String EVENTS = "DomainEventEntry";

    /** What {@link #row} expects, in this order. */
    static final String COLUMNS = "globalIndex, eventIdentifier, aggregateIdentifier, sequenceNumber, type, timeStamp,"
            + " payloadType, payloadRevision, payload, metaData, source, causationId, correlationId, swarmId,"
            + " recordedAt, recordedBy, believedAt";

    static final String INSERT =
            "INSERT INTO " + EVENTS + " (" + COLUMNS + ", asOf, chain) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    private LogTable() {}

    /** The same, of each payload so many characters alone. */
    static String columns(Long payloadCharacters) {
        return payloadCharacters == null
                ? COLUMNS
                : COLUMNS.replace(" payload,", " substr(payload, 1, " + payloadCharacters + "),");
    }

    /** The event in a row of {@link #COLUMNS}, behind which there may be more. */
    static LogRow row(ResultSet row) throws SQLException {
        return new LogRow(
                row.getLong(1),
                row.getString(2),
                row.getString(7),
                row.getString(8),
                row.getString(3),
                row.getString(5),
                row.getLong(4) + 1,
                number(row, 6),
                row.getString(11),
                row.getString(9),
                row.getString(10),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getLong(15),
                row.getString(16),
                row.getObject(17) == null ? null : row.getDouble(17));
    }

    /** A file that was damaged may have text where a number was. */
    static Number number(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof Double || !(value instanceof Number whole)) {
            return row.getDouble(column);
        }
        return whole.longValue();
    }
}
