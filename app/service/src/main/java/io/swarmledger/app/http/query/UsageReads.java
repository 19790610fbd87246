package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Moment;
import io.swarmledger.app.http.DoorPath;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.usage.GetUsage;
import io.swarmledger.query.usage.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** What agents called, and what it took. */
@Tag(name = "stats")
@RestController
class UsageReads {

    private static final List<String> ALL_CALLS = List.of("agent:tool-called", "agent:model-called");

    private static final Map<String, List<String>> OF_CALLS =
            Map.of("tool", List.of("agent:tool-called"), "model", List.of("agent:model-called"));

    /** By which filter of events those of a key are told apart. */
    private static final Map<String, String> FILTERS =
            Map.of("tool", "tool", "model", "model", "task", "taskId", "agent", "aggregateId", "swarm", "swarmId");

    private final Gateways gateways;

    UsageReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(
            summary = "Calls of tools and models: how many, how many failed, tokens, cost, durations; most calls first")
    @GetMapping(path = "/api/usage", produces = MediaType.APPLICATION_JSON_VALUE)
    WithEvidence<Page<Usage>> getUsage(
            @Parameter(schema = @Schema(allowableValues = {"agent", "task", "model", "tool", "swarm"}))
                    @RequestParam(required = false)
                    String by,
            @RequestParam(required = false) String swarmId,
            @RequestParam(required = false) String agentId,
            @RequestParam(required = false) Moment after,
            @RequestParam(required = false) Moment before,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            @RequestParam(defaultValue = "false") boolean evidence,
            @RequestParam(required = false) Long minPosition) {
        GetUsage query =
                new GetUsage(by, swarmId, agentId, Moment.millisOf(after), Moment.millisOf(before), limit, cursor);
        Page<Usage> usage = gateways.page(query, Usage.class, minPosition);
        return WithEvidence.of(usage, evidence, () -> {
            Map<String, String> links = new LinkedHashMap<>();
            usage.items().stream()
                    .filter(one -> one.key() != null && !one.key().isBlank())
                    .forEach(one -> links.put(one.key(), callsOf(one, query)));
            return links;
        });
    }

    /** The calls that are counted, and those that have come since. */
    private static String callsOf(Usage usage, GetUsage query) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("swarmId", query.swarmId());
        filter.put("aggregateId", query.agentId());
        filter.put("after", query.after());
        filter.put("before", query.before());
        filter.put(FILTERS.get(usage.by()), usage.key());
        UriComponentsBuilder link = UriComponentsBuilder.fromPath(DoorPath.outside("/api/events"))
                .queryParam("type", OF_CALLS.getOrDefault(usage.by(), ALL_CALLS).toArray());
        filter.values().removeIf(Objects::isNull);
        filter.keySet().forEach(name -> link.queryParam(name, "{" + name + "}"));
        return link.encode().buildAndExpand(filter).toUriString();
    }
}
