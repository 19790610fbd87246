package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A session goes on while the service is killed and started again: what was answered is there, once. */
class HooksAcrossAKillTest {

    private static final String SESSION = "1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aKillInTheMiddleChangesNothing() throws Exception {
        List<String> hooks = Files.readAllLines(Path.of("src/test/resources/claude-code/hooks.jsonl"));
        int middle = hooks.size() / 2;
        try (ServiceProcess service = ServiceProcess.on(directory)) {
            for (String hook : hooks.subList(0, middle)) {
                post(service.port(), hook);
            }
            service.kill();
        }
        try (ServiceProcess again = ServiceProcess.on(directory)) {
            // The last one's answer may have been lost: it comes again.
            for (String hook : hooks.subList(middle - 1, hooks.size())) {
                post(again.port(), hook);
            }
            Map<String, Long> killed = types(again.port(), SESSION);
            for (String hook : hooks) {
                post(again.port(), hook.replace(SESSION, "whole").replaceAll("(af6f3e5|a260b8b)", "whole-$1"));
            }

            assertThat(killed).isEqualTo(types(again.port(), "whole"));
            assertThat(killed).containsEntry("agent:tool-called", 11L).containsEntry("swarm:terminated", 1L);
        }
    }

    private void post(int port, String hook) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(port, "/api/hooks/claude-code"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(hook))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("{}");
    }

    private Map<String, Long> types(int port, String session) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(port, "/api/events?limit=1000&swarmId=" + session))
                .build();
        Map<String, Long> types = new TreeMap<>();
        for (JsonNode event : Json.mapper()
                .readTree(client.send(request, BodyHandlers.ofString()).body())
                .path("items")) {
            types.merge(event.path("type").asString(), 1L, Long::sum);
        }
        return types;
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
