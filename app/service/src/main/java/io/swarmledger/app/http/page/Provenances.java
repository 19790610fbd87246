package io.swarmledger.app.http.page;

import io.swarmledger.app.door.NotThere;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.memory.GetMemory;
import io.swarmledger.query.memory.MemoryState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Tells of a memory who wrote it and who read it, from its events. */
@Component
final class Provenances {

    /** So many of its events are looked at, the newest, to say who. */
    private static final int LOOKED_AT = 1_000;

    private static final int SHOWN = 50;

    private final Gateways gateways;

    Provenances(Gateways gateways) {
        this.gateways = gateways;
    }

    /** Someone who did something with it, and the events that say so: the last one in full. */
    record Who(String source, long times, RecordedEvent last) {}

    /**
     * Of one memory.
     *
     * @param memory what is known of it, {@code null} if no more is than its events
     * @param isWhole whether all of its events were looked at to say who wrote and read
     * @param events its history, the newest first
     */
    record Provenance(
            String id,
            MemoryState memory,
            List<Who> writers,
            List<Who> readers,
            boolean isWhole,
            Page<RecordedEvent> events) {}

    /**
     * Of the memory of that id.
     *
     * @throws NotThere if there is none, and no event of it
     */
    Provenance of(String id, String cursor) {
        Page<RecordedEvent> newest = events(id, LOOKED_AT, null);
        MemoryState memory = gateways.ask(new GetMemory(id), MemoryState.class, null);
        if (memory == null && newest.items().isEmpty()) {
            throw new NotThere("memory " + id);
        }
        return new Provenance(
                id,
                memory,
                who(newest, "memory:stored"),
                who(newest, "memory:retrieved"),
                newest.next() == null,
                events(id, SHOWN, cursor));
    }

    private Page<RecordedEvent> events(String id, int limit, String cursor) {
        return gateways.page(
                FindEvents.of(id)
                        .with(query -> query.descending(true).limit(limit).cursor(cursor)),
                RecordedEvent.class,
                null);
    }

    private static List<Who> who(Page<RecordedEvent> events, String type) {
        Map<String, Who> who = new LinkedHashMap<>();
        events.items().stream()
                .filter(event -> event.type().equals(type))
                .forEach(event -> who.merge(
                        event.source(),
                        new Who(event.source(), 1, event),
                        (newer, older) -> new Who(newer.source(), newer.times() + 1, newer.last())));
        return new ArrayList<>(who.values());
    }
}
