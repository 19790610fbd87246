package io.swarmledger.query.log;

/**
 * A row of the log as it lies there, nothing of it parsed.
 *
 * @param position its place in the one global order, from 1
 * @param version its place within its aggregate, from 1
 * @param aggregateType {@code null} for an event outside every aggregate
 * @param timestamp epoch milliseconds, a {@code Long} or, with a fraction, a {@code Double}
 * @param revision of the payload; {@code null} if it has none
 * @param payload JSON, to the character as given
 * @param metadata likewise; {@code null} if there is none
 * @param recordedAt epoch milliseconds, the ledger's clock
 */
public record LogRow(
        long position,
        String id,
        String type,
        String revision,
        String aggregateId,
        String aggregateType,
        long version,
        Number timestamp,
        String source,
        String payload,
        String metadata,
        String causationId,
        String correlationId,
        String swarmId,
        long recordedAt,
        String recordedBy) {

    private static final int BYTES_A_CHARACTER = 2;
    private static final int BYTES_BESIDE_TEXT = 512;

    /** How much memory it holds, bytes; at most so much, since what is no more than Latin takes half of it. */
    public long bytes() {
        long characters = 0;
        for (String text : new String[] {
            id, type, aggregateId, source, payload, metadata, causationId, correlationId, swarmId, recordedBy
        }) {
            characters += text == null ? 0 : text.length();
        }
        return characters * BYTES_A_CHARACTER + BYTES_BESIDE_TEXT;
    }
}
