package io.swarmledger.query.incident;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Whom a cause hits, gathered while it is looked for. */
final class Hit {

    final Set<String> agents = new LinkedHashSet<>();
    final Set<String> tasks = new LinkedHashSet<>();
    final Set<String> swarms = new LinkedHashSet<>();

    void agent(String id) {
        addTo(agents, id);
    }

    void task(String id) {
        addTo(tasks, id);
    }

    void swarm(String id) {
        addTo(swarms, id);
    }

    private static void addTo(Set<String> all, String id) {
        if (id != null) {
            all.add(id);
        }
    }

    /** Tells whom it hits. */
    IncidentBuilder told(IncidentBuilder incident) {
        return incident.agents(listed(agents))
                .agentCount(agents.size())
                .tasks(listed(tasks))
                .taskCount(tasks.size())
                .swarms(listed(swarms))
                .swarmCount(swarms.size());
    }

    static List<String> listed(Collection<String> all) {
        return all.stream().limit(Incident.LISTED).toList();
    }

    /** The id of the cause that these texts name: the same wherever it occurs. */
    static String idOf(IncidentRule rule, String... names) {
        String cause = rule.label() + "\n" + String.join("\n", names);
        return rule.label() + ":" + UUID.nameUUIDFromBytes(cause.getBytes(StandardCharsets.UTF_8));
    }
}
