package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.events.HalfSurrogates;
import io.swarmledger.events.Json;
import java.time.Clock;
import java.util.Optional;

/** Facts as events whose versions say nothing. What is wrong with one is said with the names that it has in Java. */
final class FactEvents implements EventSource {

    private static final long NO_VERSION = 1;

    private final FactSource source;
    private final WaitingFacts waiting;
    private final Clock clock;
    private Fact fact;
    private long count;

    FactEvents(FactSource source, WaitingFacts waiting, Clock clock) {
        this.source = source;
        this.waiting = waiting;
        this.clock = clock;
    }

    @Override
    public boolean next() {
        Optional<Fact> next = source.facts().next();
        next.ifPresent(found -> {
            fact = found;
            count++;
            waiting.told(count, found);
        });
        return next.isPresent();
    }

    @Override
    public long row() {
        return count;
    }

    @Override
    public String nameOf(Column column) {
        return column.inJson();
    }

    @Override
    public Object value(Column column) {
        return switch (column) {
            case ID -> name(fact.id());
            case TYPE -> name(fact.type());
            case AGGREGATE_ID -> name(fact.aggregateId());
            case AGGREGATE_TYPE -> name(fact.aggregateType());
            case VERSION -> NO_VERSION;
            case TIMESTAMP -> timestamp();
            case SOURCE -> name(fact.source());
            case PAYLOAD -> HalfSurrogates.escapedIn(fact.payloadText());
            case METADATA -> HalfSurrogates.escapedIn(Json.mapper().writeValueAsString(fact.metadata()));
            case CAUSATION_ID -> name(fact.causationId());
            case CORRELATION_ID -> name(fact.correlationId());
            case SWARM_ID -> null;
        };
    }

    /** The driver would store '?' for half a surrogate pair, and two different names would become one. */
    private static Object name(String text) {
        return text != null && HalfSurrogates.indexIn(text, 0) >= 0
                ? new Unreadable("has half a surrogate pair: it is not well-formed text")
                : text;
    }

    private Number timestamp() {
        Double told = fact.timestamp();
        if (told == null) {
            return clock.millis();
        }
        return told == told.longValue() ? (Number) told.longValue() : told;
    }

    @Override
    public long done() {
        return source.done();
    }

    @Override
    public long total() {
        return source.total();
    }

    @Override
    public void requireUnchanged() {}

    @Override
    public void close() {
        source.close();
    }
}
