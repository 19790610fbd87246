package io.swarmledger.query.log;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An event as the log has it; its components are the names of the contract's JSON, in order. {@code timestamp} and
 * {@code source} are the caller's word, {@code recordedAt} and {@code recordedBy} the ledger's; times in epoch
 * milliseconds.
 *
 * @param position its place in the one global order, from 1
 * @param version its place within its aggregate, from 1
 * @param metadata {@code {}} if there is none
 */
public record RecordedEvent(
        long position,
        String id,
        String type,
        String aggregateId,
        String aggregateType,
        long version,
        Double timestamp,
        String source,
        RawJson payload,
        RawJson metadata,
        String causationId,
        String correlationId,
        String swarmId,
        long recordedAt,
        String recordedBy) {

    /** What {@link #read} expects, in this order. */
    public static final String COLUMNS = "globalIndex, eventIdentifier, payloadType, aggregateIdentifier, type,"
            + " sequenceNumber, timeStamp, source, payload, metaData, causationId, correlationId, swarmId, recordedAt,"
            + " recordedBy";

    /** The same, of each payload so many characters alone. */
    static String columns(long payloadCharacters) {
        return COLUMNS.replace(" payload,", " substr(payload, 1, " + payloadCharacters + "),");
    }

    private static final RawJson NONE = new RawJson("{}");

    /** The event in a row of {@link #COLUMNS}. */
    public static RecordedEvent read(ResultSet row, int number) throws SQLException {
        String metadata = row.getString(10);
        return new RecordedEvent(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6) + 1,
                row.getDouble(7),
                row.getString(8),
                new RawJson(row.getString(9)),
                metadata == null ? NONE : new RawJson(metadata),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getLong(14),
                row.getString(15));
    }
}
