package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Known;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the log says, and what a source has told that is not in there yet. Of a swarm that the log had nothing of when it was
 * first asked for, and that nobody else has written to since, only what the source has told is looked for.
 */
final class WaitingFacts implements Known {

    /** Whatever is told leaves a mark of its id: where there is none, it was not told. */
    private static final int MARK_BITS = 24;

    private final Known log;
    private final OwnAppends own;
    private final BitSet marks = new BitSet(1 << MARK_BITS);
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    WaitingFacts(Known log, OwnAppends own) {
        this.log = log;
        this.own = own;
    }

    OwnAppends ownAppends() {
        return own;
    }

    private record Waiting(long number, Fact fact) {}

    /** The source has told its fact of that number. */
    synchronized void told(long number, Fact fact) {
        marks.set(markOf(fact.id()));
        waiting.putIfAbsent(fact.id(), new Waiting(number, fact));
    }

    /** The log has all up to that number. */
    synchronized void appended(long number) {
        Iterator<Waiting> first = waiting.values().iterator();
        while (first.hasNext() && first.next().number() <= number) {
            first.remove();
        }
    }

    private synchronized Optional<Event> waiting(String id) {
        return Optional.ofNullable(waiting.get(id)).map(one -> event(one.fact()));
    }

    private synchronized List<Event> waiting(String aggregateId, Set<String> types) {
        return waiting.values().stream()
                .map(Waiting::fact)
                .filter(fact -> aggregateId.equals(fact.aggregateId()) && types.contains(fact.type()))
                .map(WaitingFacts::event)
                .toList();
    }

    /** What waits is looked for first: what waits no longer by then is in the log. */
    @Override
    public boolean has(String eventId) {
        return waiting(eventId).isPresent() || log.has(eventId);
    }

    @Override
    public Optional<Event> event(String eventId) {
        return waiting(eventId).or(() -> log.event(eventId));
    }

    @Override
    public List<Event> last(String aggregateId, int most, String... types) {
        List<Event> told = waiting(aggregateId, Set.of(types));
        List<Event> all = new ArrayList<>(log.last(aggregateId, most, types));
        told.stream()
                .filter(event -> all.stream().noneMatch(one -> one.id().equals(event.id())))
                .forEach(all::add);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    @Override
    public Known ofSwarm(String swarmId) {
        OptionalLong since = own.mark();
        if (since.isEmpty() || !own.areAllUpTo(since.getAsLong()) && log.mayHaveSwarm(swarmId)) {
            return this;
        }
        return new OfNewSwarm(since.getAsLong());
    }

    private final class OfNewSwarm implements Known {

        private final long since;

        OfNewSwarm(long since) {
            this.since = since;
        }

        private boolean mayHave(String eventId) {
            return isMarked(eventId) || !own.areAllSince(since);
        }

        @Override
        public boolean has(String eventId) {
            return mayHave(eventId) && WaitingFacts.this.has(eventId);
        }

        @Override
        public Optional<Event> event(String eventId) {
            return mayHave(eventId) ? WaitingFacts.this.event(eventId) : Optional.empty();
        }

        @Override
        public List<Event> last(String aggregateId, int most, String... types) {
            return WaitingFacts.this.last(aggregateId, most, types);
        }
    }

    private synchronized boolean isMarked(String eventId) {
        return marks.get(markOf(eventId));
    }

    private static int markOf(String eventId) {
        return eventId.hashCode() * 0x9E3779B9 >>> Integer.SIZE - MARK_BITS;
    }

    private static Event event(Fact fact) {
        double time = fact.timestamp() == null ? 0 : fact.timestamp();
        return new Event(fact.id(), fact.type(), time, fact.payload(), fact.metadata());
    }
}
