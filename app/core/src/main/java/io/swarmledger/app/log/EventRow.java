package io.swarmledger.app.log;

/**
 * A row of the log before it has a position: everything serialised, so that the writer only binds and inserts.
 *
 * @param timestamp epoch milliseconds, a {@code Long} or, with a fraction, a {@code Double}
 * @param metadata JSON, {@code null} stays NULL
 * @param swarmId {@code null} only as long as it is not known
 */
public record EventRow(
        String eventId,
        String aggregateId,
        long sequenceNumber,
        String aggregateType,
        Number timestamp,
        String eventType,
        String revision,
        String payload,
        String metadata,
        String source,
        String causationId,
        String correlationId,
        String swarmId,
        String recordedBy) {

    /** The same in that swarm. */
    public EventRow inSwarm(String id) {
        return new EventRow(
                eventId,
                aggregateId,
                sequenceNumber,
                aggregateType,
                timestamp,
                eventType,
                revision,
                payload,
                metadata,
                source,
                causationId,
                correlationId,
                id,
                recordedBy);
    }

    /** The same at that place of its stream. */
    public EventRow at(long sequence) {
        return new EventRow(
                eventId,
                aggregateId,
                sequence,
                aggregateType,
                timestamp,
                eventType,
                revision,
                payload,
                metadata,
                source,
                causationId,
                correlationId,
                swarmId,
                recordedBy);
    }
}
