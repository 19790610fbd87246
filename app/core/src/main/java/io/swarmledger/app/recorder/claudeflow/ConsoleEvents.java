package io.swarmledger.app.recorder.claudeflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What claude-flow's console saw: kept as {@code claude-flow:<kind>} of the agent or task that it is about, or else of the
 * swarm. It is capped, so that only the newest of it is there.
 */
final class ConsoleEvents {

    private static final Map<String, String> TYPES = Map.of("agent", "agent", "task", "task");

    private final Telling telling;

    ConsoleEvents(Telling telling) {
        this.telling = telling;
    }

    void read(Path file) throws IOException {
        double fileTime = Telling.timeOf(file);
        LogLines.each(telling, file, (number, key, event) -> {
            String kind = event.text("kind");
            Double at = event.time("t");
            if (kind == null || at == null) {
                telling.report().passOver("console line of another kind");
                return;
            }
            ObjectNode payload = Story.object()
                    .put("level", event.text("level"))
                    .put("text", telling.shown().title(event.text("text")));
            AgentStore.putIfGiven(payload, "agentId", event.text("agent"));
            AgentStore.putIfGiven(payload, "ref", event.text("ref"));
            AgentStore.putIfGiven(payload, "src", event.text("src"));
            About about = about(event);
            telling.story(about.id, fileTime)
                    .keep(key, "claude-flow:" + kind, about.type, about.id, source(event), at, payload);
        });
    }

    private record About(String type, String id) {}

    private About about(Entry event) {
        String ref = event.text("ref");
        int colon = ref == null ? -1 : ref.indexOf(':');
        if (colon > 0 && colon < ref.length() - 1 && TYPES.containsKey(ref.substring(0, colon))) {
            return new About(TYPES.get(ref.substring(0, colon)), ref.substring(colon + 1));
        }
        if (event.text("agent") != null) {
            return new About("agent", event.text("agent"));
        }
        String swarm = telling.swarmOf("");
        return new About(Story.SWARM, swarm == null ? Story.SWARM : swarm);
    }

    private static String source(Entry event) {
        return event.text("agent") == null ? Story.SWARM : event.text("agent");
    }
}
