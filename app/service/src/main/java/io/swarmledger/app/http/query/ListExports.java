package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.door.EventPage;
import io.swarmledger.app.door.Order;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.Without;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.Room;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.task.TaskState;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists as files, with the filters and in the order of the list, all of it. Each item is as it was when it was read. */
@ApiResponse(
        responseCode = "200",
        description = "The file",
        content = {
            @Content(mediaType = ListExports.LINES, schema = @Schema(type = "string")),
            @Content(mediaType = ListExports.CSV, schema = @Schema(type = "string"))
        })
@RestController
class ListExports {

    private static final int AT_ONCE = 500;
    static final String CSV = "text/csv";
    static final String LINES = "application/x-ndjson";

    private final Gateways gateways;

    ListExports(Gateways gateways) {
        this.gateways = gateways;
    }

    /** What a list is written as: a table, or a line of JSON an item. */
    enum Format {
        csv,
        ndjson
    }

    @Operation(summary = "The agents, all of them, as a file", tags = "agents")
    @GetMapping(
            path = "/api/agents/export",
            produces = {LINES, CSV})
    void exportAgents(
            @ModelAttribute @Without({"limit", "cursor"}) AgentFilter filter,
            @RequestParam(defaultValue = "ndjson") Format format,
            HttpServletResponse response)
            throws IOException {
        send(
                "agents",
                AgentView.class,
                format,
                cursor -> filter.query().with(agents -> agents.limit(AT_ONCE).cursor(cursor)),
                response);
    }

    @Operation(summary = "The tasks, all of them, as a file", tags = "tasks")
    @GetMapping(
            path = "/api/tasks/export",
            produces = {LINES, CSV})
    void exportTasks(
            @ModelAttribute @Without({"limit", "cursor"}) TaskFilter filter,
            @RequestParam(defaultValue = "ndjson") Format format,
            HttpServletResponse response)
            throws IOException {
        send(
                "tasks",
                TaskState.class,
                format,
                cursor -> filter.query().with(tasks -> tasks.limit(AT_ONCE).cursor(cursor)),
                response);
    }

    @Operation(summary = "The memories, all of them, as a file", tags = "memories")
    @GetMapping(
            path = "/api/memories/export",
            produces = {LINES, CSV})
    void exportMemories(
            @ModelAttribute @Without({"limit", "cursor"}) MemoryFilter filter,
            @RequestParam(defaultValue = "ndjson") Format format,
            HttpServletResponse response)
            throws IOException {
        send(
                "memories",
                MemoryState.class,
                format,
                cursor ->
                        filter.query().with(memories -> memories.limit(AT_ONCE).cursor(cursor)),
                response);
    }

    @Operation(summary = "The events, all of them, as a file", tags = "events")
    @GetMapping(
            path = "/api/events/export",
            produces = {LINES, CSV})
    void exportEvents(
            @ModelAttribute EventFilter filter,
            @RequestParam(required = false) Order order,
            @RequestParam(defaultValue = "ndjson") Format format,
            HttpServletResponse response)
            throws IOException {
        send(
                "events",
                RecordedEvent.class,
                format,
                cursor -> filter.query(new EventPage(AT_ONCE, null, order, cursor)),
                response);
    }

    private <T extends Record> void send(
            String name,
            Class<T> item,
            Format format,
            Function<String, LedgerQuery> pageBehind,
            HttpServletResponse response)
            throws IOException {
        try (ListFile list = ListFile.of(item, format == Format.csv)) {
            String cursor = null;
            do {
                Page<T> page = gateways.page(pageBehind.apply(cursor), item, null);
                list.add(page.items());
                // It is on disk: the next page may take as much room again.
                Room.passedOn();
                cursor = page.next();
            } while (cursor != null);
            Path file = list.end();
            response.setContentType(format == Format.csv ? CSV + ";charset=UTF-8" : LINES);
            response.setContentLengthLong(Files.size(file));
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(name + "." + format)
                            .build()
                            .toString());
            Files.copy(file, response.getOutputStream());
        }
    }
}
