package io.swarmledger.query.log;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.view.UnreadableEvent;

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
 * @param believedAt {@code null} where the timestamp is believed; otherwise the last that was before it, which it counts
 *     as: {@link io.swarmledger.query.Recorded#NEVER} if there is none
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
        String recordedBy,
        Double believedAt) {

    private static final int BYTES_A_CHARACTER = 2;
    private static final int BYTES_BESIDE_TEXT = 512;

    /** What a fold may know of it. */
    public Recorded recorded() {
        return new Recorded(aggregateId, timestamp.doubleValue(), swarmId, time());
    }

    /** The time that it counts as where times are compared, epoch milliseconds. */
    public double time() {
        return believedAt != null ? believedAt : timestamp.doubleValue();
    }

    /**
     * The state after one of the events that it is read as.
     *
     * @param model the type of the read model whose fold it is
     * @throws UnreadableEvent if the fold throws
     */
    public <S> S foldedBy(Fold<S> fold, String model, S state, LedgerEvent event) {
        try {
            return fold.evolve(state, event, recorded());
        } catch (UnreadableEvent unreadable) {
            throw unreadable;
        } catch (RuntimeException unfoldable) {
            throw UnreadableEvent.unfoldable(model, position, type + " " + id, unfoldable);
        }
    }

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
