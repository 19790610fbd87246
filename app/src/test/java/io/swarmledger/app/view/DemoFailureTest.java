package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.http.HttpLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What somebody does whose swarm has failed: from a task that was given up to what began it and what it blocked. */
class DemoFailureTest {

    @TempDir
    private static Path directory;

    @BeforeAll
    static void play() {
        Terminal.run("demo", "--data", directory).succeeded();
    }

    @Test
    void onTheCommandLineItsTraceLeadsToItsAssignmentAndToWhatItBlocked() {
        JsonNode blocked =
                blockedForEver(Terminal.run("query", "tasks", "--status", "blocked", "--json", "--data", directory)
                        .succeeded()
                        .json());
        String task = blocked.at("/blockedBy/0").asString();
        String failed = lastFailure(Terminal.run(
                        "query",
                        "events",
                        "--type",
                        "task:failed",
                        "--aggregate-id",
                        task,
                        "--json",
                        "--data",
                        directory)
                .succeeded()
                .json());

        Terminal.Result trace =
                Terminal.run("trace", failed, "--json", "--data", directory).succeeded();
        requireWhole(trace.json(), task, blocked.path("id").asString());
        assertThat(Terminal.run("trace", failed, "--data", directory)
                        .succeeded()
                        .out())
                .containsSubsequence("agent:task-assigned", "task:started", "task:failed", "task:blocked");
    }

    @Test
    void overHttpLikewise() {
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            JsonNode blocked =
                    blockedForEver(ledger.get("/api/tasks?status=blocked").json());
            String task = blocked.at("/blockedBy/0").asString();
            String failed = lastFailure(ledger.get("/api/events?type=task:failed&aggregateId=" + task)
                    .json());

            requireWhole(
                    ledger.get("/api/events/" + failed + "/trace").json(),
                    task,
                    blocked.path("id").asString());
        }
    }

    private static JsonNode blockedForEver(JsonNode tasks) {
        assertThat(tasks.path("items"))
                .as("tasks that wait for one that was given up")
                .isNotEmpty();
        return tasks.at("/items/0");
    }

    private static String lastFailure(JsonNode events) {
        int last = events.path("items").size() - 1;
        return events.path("items").get(last).path("id").asString();
    }

    private static void requireWhole(JsonNode trace, String task, String blocked) {
        assertThat(links(trace.path("causes")))
                .contains("agent:task-assigned of " + task)
                .last()
                .asString()
                .as("the root")
                .startsWith("swarm:initialized");
        assertThat(links(trace.path("effects"))).contains("task:blocked of " + blocked);
    }

    private static List<String> links(JsonNode links) {
        return StreamSupport.stream(links.spliterator(), false)
                .map(link -> link.path("event"))
                .map(event -> event.path("type").asString() + " of "
                        + event.at("/payload/taskId")
                                .asString(event.path("aggregateId").asString()))
                .toList();
    }
}
