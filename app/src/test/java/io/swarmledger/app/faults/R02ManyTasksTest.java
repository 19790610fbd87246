package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small things, more of them than fit into memory eight times: who asks for all at once ends nothing. */
class R02ManyTasksTest {

    private static final int TASKS = Integer.getInteger("many.tasks", 100_000);
    private static final int AT_ONCE = 10_000;
    private static final String HEAP = System.getProperty("many.heap", "256m");

    @TempDir
    Path directory;

    @Test
    void statesOfEverythingAskedForAtOnceLeaveTheServiceAlive() {
        try (ServiceProcess service = ServiceProcess.on(directory, "-Xmx" + HEAP)) {
            PatientClient client = new PatientClient(service);
            for (int from = 1; from <= TASKS; from += AT_ONCE) {
                assertThat(client.post("/api/events", "application/x-ndjson", tasks(from))
                                .statusCode())
                        .isEqualTo(201);
            }
            assertThat(client.json("/api/tasks/t-1?minPosition=" + TASKS)
                            .get("title")
                            .stringValue())
                    .isEqualTo("One of many");

            client.askAtOnce("/api/state?limit=100000", 8);

            assertThat(client.create("afterwards").statusCode()).isEqualTo(201);
            assertThat(client.json("/api/tasks/afterwards?minPosition=" + (TASKS + 1))
                            .get("status")
                            .stringValue())
                    .as("who follows the log still does")
                    .isEqualTo("pending");
            client.assertAlive();
        }
    }

    private static String tasks(int from) {
        return IntStream.range(from, from + AT_ONCE)
                .mapToObj(
                        i -> "{\"type\":\"task:created\",\"aggregateId\":\"t-" + i
                                + "\",\"payload\":{\"taskType\":\"feature\",\"title\":\"One of many\",\"priority\":\"medium\"}}")
                .collect(Collectors.joining("\n"));
    }
}
