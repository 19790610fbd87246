package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.recorder.Secrets;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Swarms, as claude-flow keeps them: all of them in one file, or the one of a project in another. */
final class SwarmState {

    private static final Set<String> ENDED = Set.of("terminated", "stopped", "shutdown");

    /** What else the one of a project says about how it works. */
    private static final List<String> SETTINGS = List.of("strategy", "v3Mode");

    private final Telling telling;

    SwarmState(Telling telling) {
        this.telling = telling;
    }

    void readAll(Path file) throws IOException {
        Records.each(file, "swarms", telling.report(), (key, swarm) -> {
            String id = swarm.text("swarmId", "id");
            tell(file, id == null ? key : id, swarm, swarm.json().path("config"));
        });
    }

    void readOne(Path file) throws IOException {
        if (Files.size(file) > Telling.LONGEST_STATE) {
            telling.report().cannotRead(file.toString(), null, "is longer than is taken");
            return;
        }
        Entry swarm = new Entry(Json.mapper().readTree(Files.readAllBytes(file)));
        telling.report().read();
        ObjectNode config = Story.object();
        SETTINGS.stream()
                .filter(swarm.json()::has)
                .forEach(name -> config.set(name, swarm.json().path(name)));
        tell(file, swarm.text("id", "swarmId"), swarm, config);
    }

    private void tell(Path file, String id, Entry swarm, JsonNode config) throws IOException {
        if (id == null) {
            telling.report().cannotRead(file.toString(), null, "has a swarm without an id");
            return;
        }
        telling.member(
                id,
                Stream.of(List.of(id), swarm.texts("agents"), swarm.texts("tasks"))
                        .flatMap(List::stream)
                        .toList());
        Story story = telling.story(file, id);
        initialized(story, id, swarm, config);
        if (ENDED.contains(String.valueOf(swarm.text("status")))) {
            ObjectNode terminated = Story.object().put("reason", swarm.text("status"));
            terminated.putObject("metrics");
            story.infer(
                    id,
                    "swarm:terminated",
                    id,
                    Story.SWARM,
                    swarm.time("terminatedAt", "updatedAt"),
                    "terminatedAt",
                    terminated);
        }
    }

    private static void initialized(Story story, String id, Entry swarm, JsonNode config) {
        ObjectNode initialized = Story.object().put("topology", swarm.text("topology"));
        if (swarm.json().path("maxAgents").isNumber()) {
            initialized.set("maxAgents", swarm.json().path("maxAgents"));
        }
        initialized.set("config", config.isObject() ? Secrets.redact(config) : Story.object());
        Double at = swarm.time("createdAt", "initializedAt");
        if (at == null) {
            story.infer(id, "swarm:initialized", id, Story.SWARM, null, "initializedAt", initialized);
        } else {
            story.tell(id, "swarm:initialized", id, Story.SWARM, at, "initializedAt", initialized);
        }
    }
}
