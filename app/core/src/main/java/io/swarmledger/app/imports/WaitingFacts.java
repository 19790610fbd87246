package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Known;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the log says, and what a source has told that is not in there yet. */
final class WaitingFacts implements Known {

    private final Known log;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    WaitingFacts(Known log) {
        this.log = log;
    }

    private record Waiting(long number, Fact fact) {}

    /** The source has told its fact of that number. */
    synchronized void told(long number, Fact fact) {
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

    private static Event event(Fact fact) {
        double time = fact.timestamp() == null ? 0 : fact.timestamp();
        return new Event(fact.id(), fact.type(), time, fact.payload(), fact.metadata());
    }
}
