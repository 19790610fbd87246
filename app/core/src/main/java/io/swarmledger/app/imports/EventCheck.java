package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.HalfSurrogates;
import io.swarmledger.events.StoredTypes;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.SerializedType;

/** Makes a row of the log of what a file says of an event, or notes what is wrong with it. Text is never changed. */
final class EventCheck {

    /** JavaScript tells whole numbers apart up to there, and so many may follow. */
    private static final long HIGHEST_VERSION = (1L << 53) - 1;

    private final StoredTypes types;
    private final Prefix prefix;
    private final String recordedBy;

    EventCheck(StoredTypes types, Prefix prefix, String recordedBy) {
        this.types = types;
        this.prefix = prefix;
        this.recordedBy = recordedBy;
    }

    /** The events of a source, one after the other. */
    Batches.Checks of(EventSource source) {
        return new Batches.Checks() {

            @Override
            public Checked next() {
                return source.next() ? check(source) : null;
            }

            @Override
            public long done() {
                return source.done();
            }
        };
    }

    /** The event at which {@code source} is. */
    private Checked check(EventSource source) {
        if (source.defect() != null) {
            return Checked.bad(source.row(), List.of(source.defect()));
        }
        Values values = new Values(source.row());
        EventRow event = rowOf(source, values);
        return values.bad().isEmpty()
                ? new Checked(source.row(), event, toldSwarm(source, event), List.of())
                : Checked.bad(source.row(), values.bad());
    }

    /** Where no metadata names a swarm, ledgers of before have put everything into the default one. */
    private String toldSwarm(EventSource source, EventRow event) {
        Object told = source.value(Column.SWARM_ID);
        return told == null || event.swarmId() != null || Envelope.DEFAULT_SWARM_ID.equals(told)
                ? null
                : prefix.id((String) told);
    }

    private EventRow rowOf(EventSource source, Values values) {
        String id = text(source, values, Column.ID);
        String type = text(source, values, Column.TYPE);
        String aggregateId = text(source, values, Column.AGGREGATE_ID);
        String aggregateType = text(source, values, Column.AGGREGATE_TYPE);
        long version = values.whole(source.nameOf(Column.VERSION), source.value(Column.VERSION), 1, HIGHEST_VERSION);
        Number timestamp = values.number(source.nameOf(Column.TIMESTAMP), source.value(Column.TIMESTAMP));
        String by = text(source, values, Column.SOURCE);
        String payload = values.json(source.nameOf(Column.PAYLOAD), source.value(Column.PAYLOAD));
        String metadata = text(source, values, Column.METADATA);
        Map<String, Object> entries = values.object(source.nameOf(Column.METADATA), metadata);
        String named = text(source, values, Column.SWARM_ID);
        String swarmId = Envelope.swarmNamedIn(entries);
        if (named != null && swarmId != null && !named.equals(swarmId)) {
            values.fault(source.nameOf(Column.SWARM_ID), "is not the swarm that the metadata names");
        }
        String causationId = text(source, values, Column.CAUSATION_ID);
        String correlationId = text(source, values, Column.CORRELATION_ID);
        if (type != null && isReserved(types, type)) {
            values.fault(
                    source.nameOf(Column.TYPE),
                    "is " + BadRow.shown(type) + ", a name that the ledger keeps for what it stores itself");
        }
        if (!values.bad().isEmpty()) {
            return null;
        }
        if (Names.mayBeCut(payload)) {
            Names.cutIn(type, payload)
                    .ifPresent(name -> values.fault(
                            source.nameOf(Column.PAYLOAD),
                            "has half a surrogate pair in " + name + ": it is no name that could be told from others"));
        }
        if (swarmId != null && HalfSurrogates.indexIn(swarmId, 0) >= 0) {
            values.fault(
                    source.nameOf(Column.METADATA),
                    "has half a surrogate pair in swarmId: it is no name that could be told from others");
        }
        return new EventRow(
                prefix.id(id),
                prefix.id(aggregateId),
                version - 1,
                aggregateType,
                timestamp,
                type,
                source.revisionOf(type),
                prefix.payload(type, payload),
                prefix.metadata(metadata),
                prefix.source(by),
                prefix.id(causationId),
                prefix.id(correlationId),
                prefix.id(swarmId),
                recordedBy);
    }

    private String text(EventSource source, Values values, Column column) {
        Object value = source.value(column);
        return source.mayLack(column)
                ? values.textOrNull(source.nameOf(column), value)
                : values.text(source.nameOf(column), value);
    }

    /** An event of such a type would be read back as a token or a snapshot instead of as an event. */
    static boolean isReserved(StoredTypes types, String type) {
        return types.eventOf(type).isEmpty()
                && (types.classOf(type).isPresent()
                        || SerializedType.emptyType().getName().equals(type));
    }
}
