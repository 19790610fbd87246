package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.agent.AgentMetrics;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.agent.GetAgentMetrics;
import io.swarmledger.query.timetravel.FindEvidence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked about agents. */
@Tag(name = "agents")
@RestController
@RequestMapping(path = "/api/agents", produces = MediaType.APPLICATION_JSON_VALUE)
class AgentReads {

    private final Gateways gateways;

    AgentReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "The agents, by id")
    @GetMapping
    Page<AgentView> findAgents(@ModelAttribute AgentFilter filter, @RequestParam(required = false) Long minPosition) {
        return gateways.page(filter.query(), AgentView.class, minPosition);
    }

    @Operation(summary = "One agent")
    @GetMapping("/{id}")
    AgentView getAgent(@PathVariable String id, @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetAgent(id), AgentView.class, minPosition, "agent " + id);
    }

    @AnyId
    @GetMapping(params = "id")
    AgentView getAgentOfAnyId(@RequestParam String id, @RequestParam(required = false) Long minPosition) {
        return getAgent(id, minPosition);
    }

    @Operation(summary = "What the agents have done, all together")
    @GetMapping("/metrics")
    WithEvidence<AgentMetrics> getAgentMetrics(
            @ModelAttribute GetAgentMetrics query,
            @RequestParam(defaultValue = "false") boolean evidence,
            @RequestParam(required = false) Long minPosition) {
        AgentMetrics metrics = gateways.ask(query, AgentMetrics.class, minPosition);
        return WithEvidence.of(metrics, evidence, () -> {
            Map<String, String> links = new LinkedHashMap<>();
            links.put("total", link("spawnedAt", query, metrics));
            metrics.byStatus()
                    .keySet()
                    .forEach(status -> links.put(
                            "byStatus." + status,
                            WithEvidence.link(FindEvidence.of("agent", "status").with(of -> of.status(status)
                                    .swarmId(query.swarmId())
                                    .position(metrics.position())))));
            links.put("completedTasks", link("taskCount", query, metrics));
            links.put("failedTasks", link("failedTasks", query, metrics));
            links.put("errors", link("errorCount", query, metrics));
            links.put("totalTaskDuration", link("totalTaskDuration", query, metrics));
            links.put("averageTaskDuration", link("totalTaskDuration", query, metrics));
            return links;
        });
    }

    private static String link(String field, GetAgentMetrics query, AgentMetrics metrics) {
        return WithEvidence.link(FindEvidence.of("agent", field)
                .with(of -> of.swarmId(query.swarmId()).position(metrics.position())));
    }
}
