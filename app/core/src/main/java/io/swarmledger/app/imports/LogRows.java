package io.swarmledger.app.imports;

import io.swarmledger.app.log.Conflict;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogTransaction;
import io.swarmledger.app.log.LogTransaction.Stream;
import io.swarmledger.events.Envelope;
import io.swarmledger.query.log.LogRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Puts events into the log that are not in it yet. */
final class LogRows {

    private static final String SWARM = "swarm";

    private final LogTransaction log;
    private final EventSource source;
    private final BadRows bad;
    private final boolean inVersionOrder;
    private boolean mayBeThere;
    private long added;
    private long alreadyThere;

    /**
     * For a log in a transaction.
     *
     * @param inVersionOrder whether the file's versions of each aggregate rise: one that does not is the log's fault then
     */
    LogRows(LogTransaction log, EventSource source, BadRows bad, boolean inVersionOrder) {
        this.log = log;
        this.source = source;
        this.bad = bad;
        this.inVersionOrder = inVersionOrder;
        // Into an empty log every event goes without a look; an id that a file has twice is found by its index.
        mayBeThere = !log.isEmpty();
    }

    /**
     * Adds an event, passes over it if it is there with the same content, or notes why it can be neither.
     *
     * @throws OutOfOrder if the file may have to be put in order first
     */
    void add(Checked checked) {
        checked.bad().forEach(bad::add);
        if (checked.event() == null || mayBeThere && isThere(checked)) {
            return;
        }
        Stream stream = log.stream(checked.event().aggregateId()).orElse(null);
        if (stream != null && checked.event().sequenceNumber() + 1 < stream.lastVersion()) {
            comeTooLate(checked, stream);
            return;
        }
        EventRow event = checked.event().inSwarm(swarmOf(checked, stream));
        try {
            log.append(event);
            added++;
        } catch (Conflict taken) {
            mayBeThere = true;
            if (!isThere(checked)) {
                bad.add(new BadRow(
                        checked.row(),
                        source.nameOf(Column.VERSION),
                        "is " + (event.sequenceNumber() + 1) + ", "
                                + held(event, holderOf(event).orElse("another event"))));
            }
        }
    }

    private void comeTooLate(Checked checked, Stream stream) {
        if (!inVersionOrder) {
            throw new OutOfOrder();
        }
        EventRow event = checked.event();
        String version = "is " + (event.sequenceNumber() + 1) + ", ";
        bad.add(new BadRow(
                checked.row(),
                source.nameOf(Column.VERSION),
                holderOf(event)
                        .map(holder -> version + held(event, holder))
                        .orElseGet(() -> version + "and the ledger has version " + stream.lastVersion()
                                + " of the aggregate " + BadRow.shown(event.aggregateId())
                                + " already: nothing can come before that")));
    }

    /** The one that the event names, or else that of the aggregate's first event, or else a swarm's own. */
    private String swarmOf(Checked checked, Stream stream) {
        EventRow event = checked.event();
        if (event.swarmId() != null) {
            return event.swarmId();
        }
        String belongsTo = stream != null ? stream.swarmId() : swarmOfItsOwn(event);
        if (checked.toldSwarm() != null && !checked.toldSwarm().equals(belongsTo)) {
            bad.add(new BadRow(
                    checked.row(),
                    source.nameOf(Column.SWARM_ID),
                    "is " + BadRow.shown(checked.toldSwarm())
                            + ", but the metadata names none and the event belongs to " + BadRow.shown(belongsTo)));
        }
        return belongsTo;
    }

    /** Of an event that begins a stream and names none. */
    static String swarmOfItsOwn(EventRow event) {
        return SWARM.equals(event.aggregateType()) || event.eventType().startsWith(SWARM + ":")
                ? event.aggregateId()
                : Envelope.DEFAULT_SWARM_ID;
    }

    long added() {
        return added;
    }

    long alreadyThere() {
        return alreadyThere;
    }

    private boolean isThere(Checked checked) {
        EventRow event = checked.event();
        Optional<LogRow> there = log.byId(event.eventId());
        if (there.isEmpty()) {
            return false;
        }
        List<String> different = differences(event, there.get());
        if (different.isEmpty()) {
            alreadyThere++;
        } else {
            bad.add(new BadRow(
                    checked.row(),
                    source.nameOf(Column.ID),
                    "is " + BadRow.shown(event.eventId()) + ", an event that the ledger has with another "
                            + String.join(", ", different)));
        }
        return true;
    }

    private List<String> differences(EventRow event, LogRow row) {
        List<String> result = new ArrayList<>();
        compare(result, Column.AGGREGATE_ID, event.aggregateId(), row.aggregateId());
        compare(result, Column.VERSION, event.sequenceNumber() + 1, row.version());
        compare(result, Column.AGGREGATE_TYPE, event.aggregateType(), row.aggregateType());
        compare(result, Column.TIMESTAMP, normal(event.timestamp()), normal(row.timestamp()));
        compare(result, Column.TYPE, event.eventType(), row.type());
        compare(result, Column.PAYLOAD, event.payload(), row.payload());
        compare(result, Column.METADATA, event.metadata(), row.metadata());
        compare(result, Column.SOURCE, event.source(), row.source());
        compare(result, Column.CAUSATION_ID, event.causationId(), row.causationId());
        compare(result, Column.CORRELATION_ID, event.correlationId(), row.correlationId());
        return result;
    }

    private void compare(List<String> result, Column column, Object given, Object stored) {
        if (!Objects.equals(given, stored)) {
            result.add(source.nameOf(column));
        }
    }

    /** The column stores a real number that is whole as an integer. */
    private static Number normal(Number number) {
        if (number instanceof Double real) {
            return real == real.longValue() ? (Number) real.longValue() : real;
        }
        return number.longValue();
    }

    private static String held(EventRow event, String holder) {
        return "which " + holder + " has in the aggregate " + BadRow.shown(event.aggregateId());
    }

    /** The event that has its version. */
    private Optional<String> holderOf(EventRow event) {
        return log.byVersion(event.aggregateId(), event.sequenceNumber() + 1)
                .map(holder -> "the event " + BadRow.shown(holder.id()));
    }
}
