package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.page.StatusCounts.Count;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.swarm.SwarmState;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How a swarm stands at a glance, on every page in the same words. */
@Component
final class SwarmGlance {

    /** So many of a swarm's last events may be about its incidents, which are not heard of the swarm itself. */
    private static final int LAST_EVENTS = 20;

    private static final String INCIDENT = "incident";

    private final Gateways gateways;

    SwarmGlance(Gateways gateways) {
        this.gateways = gateways;
    }

    /** The last event that was heard of it; empty if there was none. */
    Optional<RecordedEvent> lastEvent(String swarmId) {
        return lastOf(swarmId, 1).or(() -> lastOf(swarmId, LAST_EVENTS));
    }

    private Optional<RecordedEvent> lastOf(String swarmId, int most) {
        FindEvents last = FindEvents.all()
                .with(events -> events.swarmId(swarmId).descending(true).limit(most));
        return gateways.page(last, RecordedEvent.class, null).items().stream()
                .filter(event -> !INCIDENT.equals(event.aggregateType()))
                .findFirst();
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
