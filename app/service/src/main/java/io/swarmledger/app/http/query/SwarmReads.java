package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.suspect.FindSuspects;
import io.swarmledger.query.suspect.Suspects;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmView;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked about swarms. */
@Tag(name = "swarms")
@RestController
@RequestMapping(path = "/api/swarms", produces = MediaType.APPLICATION_JSON_VALUE)
class SwarmReads {

    private final Gateways gateways;

    SwarmReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "The swarms, by id")
    @GetMapping
    Page<SwarmView> findSwarms(@ModelAttribute FindSwarms query, @RequestParam(required = false) Long minPosition) {
        return gateways.page(query, SwarmView.class, minPosition);
    }

    @Operation(summary = "One swarm")
    @GetMapping("/{id}")
    SwarmView getSwarm(@PathVariable String id, @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetSwarm(id), SwarmView.class, minPosition, "swarm " + id);
    }

    @AnyId
    @GetMapping(params = "id")
    SwarmView getSwarmOfAnyId(@RequestParam String id, @RequestParam(required = false) Long minPosition) {
        return getSwarm(id, minPosition);
    }

    @Operation(
            summary = "Who, and which step, most likely caused what failed in a swarm and was left so, by named rules")
    @GetMapping("/{id}/suspects")
    Suspects findSuspectsInSwarm(
            @PathVariable String id,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) Long minPosition) {
        return gateways.get(new FindSuspects(null, id, limit), Suspects.class, minPosition, "swarm " + id);
    }

    @AnyId
    @GetMapping(path = "/suspects", params = "id")
    Suspects findSuspectsInSwarmOfAnyId(
            @RequestParam String id,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) Long minPosition) {
        return findSuspectsInSwarm(id, limit, minPosition);
    }
}
