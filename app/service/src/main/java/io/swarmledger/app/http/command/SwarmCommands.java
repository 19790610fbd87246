package io.swarmledger.app.http.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Wish;
import io.swarmledger.commands.Appended;
import io.swarmledger.events.swarm.SwarmFailed;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.swarm.SwarmMilestoneReached;
import io.swarmledger.events.swarm.SwarmPhaseChanged;
import io.swarmledger.events.swarm.SwarmScaled;
import io.swarmledger.events.swarm.SwarmTerminated;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of a swarm. */
@Tag(name = "swarms")
@RestController
@RequestMapping(path = "/api/swarms", produces = MediaType.APPLICATION_JSON_VALUE)
class SwarmCommands {

    private final Decisions decisions;

    SwarmCommands(Decisions decisions) {
        this.decisions = decisions;
    }

    @Operation(summary = "Initializes a swarm, once; the one called swarm unless swarmId says otherwise")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Appended> initializeSwarm(Wish<SwarmInitialized> wish) {
        return decisions.create(wish, "/api/swarms");
    }

    @Operation(summary = "Gives a swarm another number of agents")
    @PostMapping("/{id}/scale")
    Appended scaleSwarm(Wish<SwarmScaled> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Takes a swarm into another phase")
    @PostMapping("/{id}/phase")
    Appended changePhase(Wish<SwarmPhaseChanged> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says that a swarm reached a milestone")
    @PostMapping("/{id}/milestone")
    Appended reachMilestone(Wish<SwarmMilestoneReached> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says that a swarm met an error")
    @PostMapping("/{id}/error")
    Appended reportSwarmError(Wish<SwarmFailed> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Ends a swarm")
    @PostMapping("/{id}/terminate")
    Appended terminateSwarm(Wish<SwarmTerminated> wish) {
        return decisions.decide(wish);
    }
}
