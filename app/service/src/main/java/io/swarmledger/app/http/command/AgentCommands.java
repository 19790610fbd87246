package io.swarmledger.app.http.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Wish;
import io.swarmledger.commands.Appended;
import io.swarmledger.events.agent.AgentFailed;
import io.swarmledger.events.agent.AgentMessageSent;
import io.swarmledger.events.agent.AgentModelCalled;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.agent.AgentStarted;
import io.swarmledger.events.agent.AgentStatusChanged;
import io.swarmledger.events.agent.AgentStopped;
import io.swarmledger.events.agent.AgentTaskAssigned;
import io.swarmledger.events.agent.AgentTaskCompleted;
import io.swarmledger.events.agent.AgentToolCalled;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of an agent. */
@Tag(name = "agents")
@RestController
@RequestMapping(path = "/api/agents", produces = MediaType.APPLICATION_JSON_VALUE)
class AgentCommands {

    private final Decisions decisions;

    AgentCommands(Decisions decisions) {
        this.decisions = decisions;
    }

    @Operation(summary = "Brings an agent into being, once")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Appended> spawnAgent(Wish<AgentSpawned> wish) {
        return decisions.create(wish, "/api/agents");
    }

    @Operation(summary = "Starts an agent")
    @PostMapping("/{id}/start")
    Appended startAgent(Wish<AgentStarted> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Stops an agent, once")
    @PostMapping("/{id}/stop")
    Appended stopAgent(Wish<AgentStopped> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says that an agent met an error")
    @PostMapping("/{id}/fail")
    Appended failAgent(Wish<AgentFailed> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Gives an agent another status")
    @PostMapping("/{id}/status")
    Appended changeAgentStatus(Wish<AgentStatusChanged> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Assigns a task to an agent")
    @PostMapping("/{id}/assign")
    Appended assignTask(Wish<AgentTaskAssigned> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says that an agent finished a task that was assigned to it")
    @PostMapping("/{id}/complete")
    Appended completeAssignedTask(Wish<AgentTaskCompleted> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says that an agent called a tool")
    @PostMapping("/{id}/tool-call")
    Appended callTool(Wish<AgentToolCalled> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says that an agent called a model")
    @PostMapping("/{id}/model-call")
    Appended callModel(Wish<AgentModelCalled> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says that an agent sent a message")
    @PostMapping("/{id}/message")
    Appended sendMessage(Wish<AgentMessageSent> wish) {
        return decisions.decide(wish);
    }
}
