package io.swarmledger.app.http.page;

import io.swarmledger.app.door.NotThere;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.page.StatusCounts.Count;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.swarm.SwarmState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How a swarm stands at a glance, on every page in the same words. */
@Component
final class SwarmGlance {

    /**
     * So many of a swarm's last events may be about its incidents, which are not heard of the swarm itself, or told late of
     * what was before.
     */
    private static final int LAST_EVENTS = 20;

    private static final String INCIDENT = "incident";

    private final Gateways gateways;
    private final Show show;

    SwarmGlance(Gateways gateways, Show show) {
        this.gateways = gateways;
        this.show = show;
    }

    /**
     * Sees to it that a page is of a swarm that there is.
     *
     * @throws NotThere if no event is in a swarm of that name
     */
    void requireThere(String swarmId) {
        if (gateways.page(
                        FindEvents.all().with(events -> events.swarmId(swarmId).limit(1)), RecordedEvent.class, null)
                .items()
                .isEmpty()) {
            throw new NotThere("swarm " + swarmId);
        }
    }

    /** The last event that was heard of it, whatever was told later of before; empty if there was none. */
    Optional<RecordedEvent> lastEvent(String swarmId) {
        FindEvents last = FindEvents.all().with(events -> events.swarmId(swarmId)
                .descending(true)
                .limit(LAST_EVENTS)
                .payloadCharacters(1L));
        List<RecordedEvent> heard = gateways.page(last, RecordedEvent.class, null).items().stream()
                .filter(event -> !INCIDENT.equals(event.aggregateType()))
                .toList();
        return heard.stream()
                .filter(event -> show.isBelieved(event.timestamp()))
                .max(Comparator.comparingDouble(RecordedEvent::timestamp))
                .or(() -> heard.stream().findFirst());
    }

    /** One of which nothing is heard is silent: nobody knows whether it is well. */
    static Look of(SwarmState swarm, List<Count> agents, AttentionDesk.Looked looked) {
        if (swarm.status().equals("terminated")) {
            return Look.of("terminated");
        }
        if (looked.silent().contains(swarm.id())) {
            return Look.of("silent");
        }
        boolean isFailing = agents.stream().anyMatch(count -> count.status().equals("error"));
        return Look.of(isFailing ? "failing" : "active");
    }
}
