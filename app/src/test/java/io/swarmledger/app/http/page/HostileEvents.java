package io.swarmledger.app.http.page;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events, as an import may bring them, whose every text would like to be markup, a script, or another text than it is. */
final class HostileEvents {

    static final String SCRIPT =
            "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
    static final String TURNED = "abc\u202Egnp.exe\u0007\u001B[2J";
    static final String AGENT = "agent<b>\"'&/\u202E1";
    static final String TASK = "task'\"><script>";
    static final String SWARM = "<i>swarm";
    static final String LONG = "x".repeat(1 << 20);

    private final List<EventRow> rows = new ArrayList<>();
    private final Map<String, Integer> versions = new HashMap<>();

    private HostileEvents() {}

    static void append(HttpLedger ledger) throws Exception {
        HostileEvents events = new HostileEvents();
        events.add("swarm:initialized", SWARM, Map.of("topology", SCRIPT, "maxAgents", 3));
        events.add("swarm:phase-changed", SWARM, Map.of("phase", SCRIPT + TURNED));
        events.add("agent:spawned", AGENT, Map.of("role", SCRIPT, "domain", TURNED, "capabilities", List.of(SCRIPT)));
        events.add("agent:started", AGENT, Map.of());
        events.add("task:created", TASK, Map.of("taskType", SCRIPT, "title", SCRIPT + TURNED, "priority", "high"));
        events.add("agent:task-assigned", AGENT, Map.of("taskId", TASK));
        events.add("agent:failed", AGENT, Map.of("error", SCRIPT + TURNED));
        events.add("agent:failed", AGENT, Map.of("error", LONG));
        events.add("swarm:error", SWARM, Map.of("error", TURNED + LONG));
        events.add(
                "memory:stored",
                "<memory>",
                Map.of("namespace", SCRIPT, "key", TURNED, "memoryType", SCRIPT, "size", 1));
        ledger.bean(LogFile.class).writer().append(events.rows);
        Demo.awaitViews(ledger);
    }

    private void add(String type, String aggregate, Map<String, ?> payload) {
        int version = versions.merge(aggregate, 1, Integer::sum);
        rows.add(new EventRow(
                SCRIPT + rows.size(),
                aggregate,
                version - 1,
                type.substring(0, type.indexOf(':')),
                1_000L + rows.size(),
                type,
                "1",
                Json.mapper().writeValueAsString(payload),
                "{}",
                SCRIPT,
                null,
                TURNED,
                SWARM,
                null));
    }
}
