package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.memory.FindColdMemories;
import io.swarmledger.query.memory.FindHotMemories;
import io.swarmledger.query.memory.GetMemory;
import io.swarmledger.query.memory.GetNamespaces;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.memory.Namespace;
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

/** What can be asked about memories. */
@Tag(name = "memories")
@RestController
@RequestMapping(path = "/api/memories", produces = MediaType.APPLICATION_JSON_VALUE)
class MemoryReads {

    private final Gateways gateways;

    MemoryReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "The memories, by id")
    @GetMapping
    Page<MemoryState> findMemories(
            @ModelAttribute MemoryFilter filter, @RequestParam(required = false) Long minPosition) {
        return gateways.page(filter.query(), MemoryState.class, minPosition);
    }

    @Operation(summary = "One memory, stored or not any more")
    @GetMapping("/{id}")
    MemoryState getMemory(@PathVariable String id, @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetMemory(id), MemoryState.class, minPosition, "memory " + id);
    }

    @AnyId
    @GetMapping(params = "id")
    MemoryState getMemoryOfAnyId(@RequestParam String id, @RequestParam(required = false) Long minPosition) {
        return getMemory(id, minPosition);
    }

    @Operation(summary = "The stored memories, those read most often first")
    @GetMapping("/hot")
    Page<MemoryState> findHotMemories(
            @ModelAttribute FindHotMemories query, @RequestParam(required = false) Long minPosition) {
        return gateways.page(query, MemoryState.class, minPosition);
    }

    @Operation(summary = "The stored memories, those not read for the longest time first")
    @GetMapping("/cold")
    Page<MemoryState> findColdMemories(
            @ModelAttribute FindColdMemories query, @RequestParam(required = false) Long minPosition) {
        return gateways.page(query, MemoryState.class, minPosition);
    }

    @Operation(summary = "What is stored in each namespace, the largest first")
    @GetMapping("/namespaces")
    WithEvidence<Page<Namespace>> getNamespaces(
            @ModelAttribute GetNamespaces query,
            @RequestParam(defaultValue = "false") boolean evidence,
            @RequestParam(required = false) Long minPosition) {
        Page<Namespace> namespaces = gateways.page(query, Namespace.class, minPosition);
        return WithEvidence.of(namespaces, evidence, () -> {
            Map<String, String> links = new LinkedHashMap<>();
            for (Namespace one : namespaces.items()) {
                if (one.namespace() != null) {
                    links.put(
                            one.namespace(),
                            WithEvidence.link(FindEvidence.of("memory", "size").with(of -> of.namespace(one.namespace())
                                    .swarmId(query.swarmId())
                                    .position(namespaces.position()))));
                }
            }
            return links;
        });
    }
}
