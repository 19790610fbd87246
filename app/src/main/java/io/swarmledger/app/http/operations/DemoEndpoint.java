package io.swarmledger.app.http.operations;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.door.OperationRefused;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.Positions;
import java.time.Clock;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.ResponseEntity;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plays the demo's swarm in a ledger that is served, for whoever looks at an empty one: no event of a real swarm is near. */
@Hidden
@RestController
class DemoEndpoint {

    private final Operations operations;
    private final CommandGateway commands;
    private final Positions positions;
    private final Clock clock;

    DemoEndpoint(Operations operations, CommandGateway commands, Positions positions, Clock clock) {
        this.operations = operations;
        this.commands = commands;
        this.positions = positions;
        this.clock = clock;
    }

    @PostMapping("/api/operations/demo")
    ResponseEntity<Operation.Status> play() {
        requireEmpty();
        SecurityContext caller = SecurityContextHolder.getContext();
        return OperationEndpoints.followed(operations.begin("demo", DemoSwarm.TASKS, progress -> {
            // Looked at again: there may be a first event since this was asked for.
            requireEmpty();
            DemoSwarm swarm = new DemoSwarm(
                    commands,
                    "",
                    DemoSwarm.TASKS,
                    DemoSwarm.SEED,
                    DemoSwarm.startFor(DemoSwarm.TASKS, clock.millis()),
                    (done, all) -> progress.accept(done));
            // Its events are recorded by whoever asked for them.
            new DelegatingSecurityContextRunnable(swarm::play, caller).run();
            return Map.of("swarmId", swarm.swarmId());
        }));
    }

    private void requireEmpty() {
        long head = positions.of(LedgerQuery.LOG);
        if (head > 0) {
            throw new OperationRefused(
                    "The demo is played in a ledger without events alone, and this one is at position " + head);
        }
    }
}
