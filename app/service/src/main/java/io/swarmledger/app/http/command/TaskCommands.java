package io.swarmledger.app.http.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Wish;
import io.swarmledger.commands.Appended;
import io.swarmledger.events.task.TaskBlocked;
import io.swarmledger.events.task.TaskCancelled;
import io.swarmledger.events.task.TaskCompleted;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.events.task.TaskFailed;
import io.swarmledger.events.task.TaskQueued;
import io.swarmledger.events.task.TaskStarted;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of a task. */
@Tag(name = "tasks")
@RestController
@RequestMapping(path = "/api/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
class TaskCommands {

    private final Decisions decisions;

    TaskCommands(Decisions decisions) {
        this.decisions = decisions;
    }

    @Operation(summary = "Creates a task, once")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Appended> createTask(Wish<TaskCreated> wish) {
        return decisions.create(wish, "/api/tasks");
    }

    @Operation(summary = "Queues a task")
    @PostMapping("/{id}/queue")
    Appended queueTask(Wish<TaskQueued> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Starts a task, or tries it again")
    @PostMapping("/{id}/start")
    Appended startTask(Wish<TaskStarted> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Completes a task")
    @PostMapping("/{id}/complete")
    Appended completeTask(Wish<TaskCompleted> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says that an attempt at a task failed")
    @PostMapping("/{id}/fail")
    Appended failTask(Wish<TaskFailed> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Says what blocks a task")
    @PostMapping("/{id}/block")
    Appended blockTask(Wish<TaskBlocked> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Cancels a task, finally")
    @PostMapping("/{id}/cancel")
    Appended cancelTask(Wish<TaskCancelled> wish) {
        return decisions.decide(wish);
    }
}
