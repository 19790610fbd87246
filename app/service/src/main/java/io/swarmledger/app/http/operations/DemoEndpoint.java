package io.swarmledger.app.http.operations;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.door.Caller;
import io.swarmledger.app.door.OperationRefused;
import io.swarmledger.app.http.security.Callers;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.Positions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plays the demo's swarm in a ledger that is served, for whoever looks at an empty one: no event of a real swarm is near. */
@Hidden
@RestController
class DemoEndpoint {

    private final Operations operations;
    private final CommandBus bus;
    private final Positions positions;
    private final Clock clock;

    DemoEndpoint(Operations operations, CommandBus bus, Positions positions, Clock clock) {
        this.operations = operations;
        this.bus = bus;
        this.positions = positions;
        this.clock = clock;
    }

    @PostMapping("/api/operations/demo")
    ResponseEntity<Operation.Status> play(HttpServletRequest request) {
        requireEmpty();
        CommandGateway commands = gatewayOf(Callers.of(request));
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
            swarm.play();
            return Map.of("swarmId", swarm.swarmId());
        }));
    }

    /** Its events are recorded by whoever asked for them. */
    private CommandGateway gatewayOf(Caller caller) {
        MessageDispatchInterceptor<CommandMessage<?>> named =
                sent -> (index, command) -> command.andMetaData(caller.toMetaData());
        return DefaultCommandGateway.builder()
                .commandBus(bus)
                .dispatchInterceptors(named)
                .build();
    }

    private void requireEmpty() {
        long head = positions.of(LedgerQuery.LOG);
        if (head > 0) {
            throw new OperationRefused(
                    "The demo is played in a ledger without events alone, and this one is at position " + head);
        }
    }
}
