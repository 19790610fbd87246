package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events whose every text would like to be markup, a script, or another text than it is. */
final class HostileEvents {

    static final String SCRIPT =
            "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
    static final String TURNED = "abc\u202Egnp.exe\u0007\u001B[2J";
    static final String AGENT = "agent<b>\"'&\u202E1";
    static final String LONG = "x".repeat(900_000);

    private HostileEvents() {}

    static void append(HttpLedger ledger) {
        post(ledger, "swarm:initialized", "<i>swarm", Map.of("topology", SCRIPT, "maxAgents", 3));
        post(ledger, "agent:spawned", AGENT, Map.of("role", SCRIPT, "domain", TURNED, "capabilities", List.of(SCRIPT)));
        post(ledger, "agent:started", AGENT, Map.of());
        post(
                ledger,
                "task:created",
                "task'\"><script>",
                Map.of("taskType", SCRIPT, "title", SCRIPT + TURNED, "priority", "high"));
        post(ledger, "agent:task-assigned", AGENT, Map.of("taskId", "task'\"><script>"));
        post(ledger, "agent:failed", AGENT, Map.of("error", SCRIPT + TURNED));
        post(ledger, "agent:failed", AGENT, Map.of("error", LONG));
        post(
                ledger,
                "memory:stored",
                "<memory>",
                Map.of("namespace", SCRIPT, "key", TURNED, "memoryType", SCRIPT, "size", 1));
        Demo.awaitViews(ledger);
    }

    private static void post(HttpLedger ledger, String type, String aggregate, Map<String, ?> payload) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", type);
        event.put("aggregateId", aggregate);
        event.put("payload", payload);
        event.put("source", SCRIPT);
        event.put("metadata", Map.of("swarmId", "<i>swarm"));
        Answer answer = ledger.post("/api/events?mode=observe", Json.mapper().writeValueAsString(event));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }
}
