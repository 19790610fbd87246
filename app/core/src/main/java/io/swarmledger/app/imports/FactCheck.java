package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.HalfSurrogates;
import io.swarmledger.events.Json;
import io.swarmledger.events.StoredTypes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes rows of the log of facts, as far as there are any, or notes what is wrong with one. JSON that was just written is not
 * read again.
 */
final class FactCheck implements Batches.Checks {

    private static final long NO_SEQUENCE = 0;

    private final FactSource source;
    private final StoredTypes types;
    private final Prefix prefix;
    private final WaitingFacts waiting;
    private final Clock clock;
    private final String recordedBy;
    private long count;

    /**
     * Of the facts of a source.
     *
     * @param waiting hears of each
     * @param clock tells the time of one that has none
     */
    FactCheck(
            FactSource source, StoredTypes types, Prefix prefix, WaitingFacts waiting, Clock clock, String recordedBy) {
        this.source = source;
        this.types = types;
        this.prefix = prefix;
        this.waiting = waiting;
        this.clock = clock;
        this.recordedBy = recordedBy;
    }

    /** The next, whose row is its number; {@code null} behind the last. */
    @Override
    public Checked next() {
        Optional<Fact> fact = source.facts().next();
        if (fact.isEmpty()) {
            return null;
        }
        count++;
        waiting.told(count, fact.get());
        Values values = new Values(count);
        EventRow row = rowOf(fact.get(), values);
        return values.bad().isEmpty() ? new Checked(count, row, null, List.of()) : Checked.bad(count, values.bad());
    }

    @Override
    public long done() {
        return source.done();
    }

    private EventRow rowOf(Fact fact, Values values) {
        String type = name(values, Column.TYPE, fact.type());
        if (type != null && EventCheck.isReserved(types, type)) {
            values.fault(
                    Column.TYPE.inJson(),
                    "is " + BadRow.shown(type) + ", a name that the ledger keeps for what it stores itself");
        }
        String payload = HalfSurrogates.escapedIn(fact.payloadText());
        if (type != null && Names.mayBeCut(payload)) {
            Names.cutIn(type, payload)
                    .ifPresent(name -> values.fault(
                            Column.PAYLOAD.inJson(),
                            "has half a surrogate pair in " + name + ": it is no name that could be told from others"));
        }
        String metadata = HalfSurrogates.escapedIn(Json.mapper().writeValueAsString(fact.metadata()));
        return new EventRow(
                prefix.id(name(values, Column.ID, fact.id())),
                prefix.id(name(values, Column.AGGREGATE_ID, fact.aggregateId())),
                NO_SEQUENCE,
                name(values, Column.AGGREGATE_TYPE, fact.aggregateType()),
                timestamp(values, fact.timestamp()),
                type,
                Ndjson.usualRevision(type),
                prefix.payload(type, payload),
                prefix.metadata(metadata),
                prefix.source(name(values, Column.SOURCE, fact.source())),
                prefix.id(optional(values, Column.CAUSATION_ID, fact.causationId())),
                prefix.id(optional(values, Column.CORRELATION_ID, fact.correlationId())),
                prefix.id(wellFormed(values, Column.SWARM_ID, Envelope.swarmNamedIn(fact.metadata()))),
                recordedBy);
    }

    private Number timestamp(Values values, Double told) {
        if (told == null) {
            return clock.millis();
        }
        return values.number(Column.TIMESTAMP.inJson(), told == told.longValue() ? (Object) told.longValue() : told);
    }

    private static String name(Values values, Column column, String text) {
        return wellFormed(values, column, values.text(column.inJson(), text));
    }

    private static String optional(Values values, Column column, String text) {
        return text == null ? null : wellFormed(values, column, text);
    }

    /** The driver would store '?' for half a surrogate pair, and two different names would become one. */
    private static String wellFormed(Values values, Column column, String text) {
        if (text != null && HalfSurrogates.indexIn(text, 0) >= 0) {
            values.fault(column.inJson(), "has half a surrogate pair: it is not well-formed text");
        }
        return text;
    }
}
