package io.swarmledger.query.log;

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

    private static final RawJson NONE = new RawJson("{}");

    /** The event in a row of the log. */
    public static RecordedEvent of(LogRow row) {
        return new RecordedEvent(
                row.position(),
                row.id(),
                row.type(),
                row.aggregateId(),
                row.aggregateType(),
                row.version(),
                row.timestamp().doubleValue(),
                row.source(),
                new RawJson(row.payload()),
                row.metadata() == null ? NONE : new RawJson(row.metadata()),
                row.causationId(),
                row.correlationId(),
                row.swarmId(),
                row.recordedAt(),
                row.recordedBy());
    }
}
