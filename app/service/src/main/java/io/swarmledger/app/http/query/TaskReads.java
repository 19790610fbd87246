package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.suspect.FindSuspects;
import io.swarmledger.query.suspect.Suspects;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.task.TaskStatistics;
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

/** What can be asked about tasks. */
@Tag(name = "tasks")
@RestController
@RequestMapping(path = "/api/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
class TaskReads {

    private final Gateways gateways;

    TaskReads(Gateways gateways) {
        this.gateways = gateways;
    }

    @Operation(summary = "The tasks, by id")
    @GetMapping
    Page<TaskState> findTasks(@ModelAttribute TaskFilter filter, @RequestParam(required = false) Long minPosition) {
        return gateways.page(filter.query(), TaskState.class, minPosition);
    }

    @Operation(summary = "One task")
    @GetMapping("/{id}")
    TaskState getTask(@PathVariable String id, @RequestParam(required = false) Long minPosition) {
        return gateways.get(new GetTask(id), TaskState.class, minPosition, "task " + id);
    }

    @AnyId
    @GetMapping(params = "id")
    TaskState getTaskOfAnyId(@RequestParam String id, @RequestParam(required = false) Long minPosition) {
        return getTask(id, minPosition);
    }

    @Operation(summary = "Who, and which step, most likely caused that a task failed, by named rules")
    @GetMapping("/{id}/suspects")
    Suspects findSuspectsOfTask(
            @PathVariable String id,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) Long minPosition) {
        return gateways.get(new FindSuspects(id, null, limit), Suspects.class, minPosition, "task " + id);
    }

    @AnyId
    @GetMapping(path = "/suspects", params = "id")
    Suspects findSuspectsOfTaskOfAnyId(
            @RequestParam String id,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) Long minPosition) {
        return findSuspectsOfTask(id, limit, minPosition);
    }

    @Operation(summary = "How the tasks have gone, all together")
    @GetMapping("/statistics")
    WithEvidence<TaskStatistics> getTaskStatistics(
            @ModelAttribute GetTaskStatistics query,
            @RequestParam(defaultValue = "false") boolean evidence,
            @RequestParam(required = false) Long minPosition) {
        TaskStatistics statistics = gateways.ask(query, TaskStatistics.class, minPosition);
        return WithEvidence.of(statistics, evidence, () -> {
            Map<String, String> links = new LinkedHashMap<>();
            links.put("total", link("createdAt", null, query, statistics));
            statistics
                    .byStatus()
                    .keySet()
                    .forEach(status -> links.put("byStatus." + status, link("status", status, query, statistics)));
            links.put("averageDuration", link("duration", "completed", query, statistics));
            return links;
        });
    }

    private static String link(String field, String status, GetTaskStatistics query, TaskStatistics statistics) {
        return WithEvidence.link(FindEvidence.of("task", field)
                .with(of -> of.status(status).swarmId(query.swarmId()).position(statistics.position())));
    }
}
