package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.ChildJvm;
import io.swarmledger.app.SwarmLedger;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Lists of more than the heap holds, asked for with the highest limit there is: each page ends before the heap does, the
 * pages together have everything, and nobody's question ends the service.
 */
class R02LargeListsTest {

    private static final int TASKS = 1_500;
    private static final String TEXT = "y".repeat(100_000);

    @TempDir
    static Path directory;

    private static ServiceProcess service;
    private static PatientClient client;

    @BeforeAll
    static void serve() throws Exception {
        try (TestLedger ledger = TestLedger.in(directory)) {
            for (int from = 0; from < TASKS; from += 100) {
                int first = from;
                ledger.log().writer().bulk((inserter, connection) -> {
                    for (int i = first; i < first + 100; i++) {
                        inserter.insert(task(i));
                    }
                    return null;
                });
                ledger.caughtUp();
            }
        }
        service = ServiceProcess.on(directory, "-Xmx256m");
        client = new PatientClient(service);
    }

    @AfterAll
    static void end() {
        service.close();
    }

    private static EventRow task(int i) {
        return new EventRow(
                "e-" + i,
                id(i),
                0,
                "task",
                1_767_517_200_000L + i,
                "task:created",
                "1",
                "{\"taskId\":\"" + id(i) + "\",\"taskType\":\"x\",\"title\":\"t\",\"description\":\"" + TEXT
                        + "\",\"priority\":\"high\",\"dependencies\":[],\"createdAt\":1767517200000}",
                "{}",
                "swarm",
                i == 0 ? null : "e-0",
                null,
                "swarm",
                null);
    }

    private static String id(int i) {
        return String.format("t-%05d", i);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tasks?limit=100000, /, id",
        "/api/events?limit=10000, /, aggregateId",
        "/api/events?limit=10000&order=desc, /, aggregateId",
        "/api/state?limit=100000, /tasks, id",
        "/api/state/diff?from=0&limit=10000, /changes, id",
        "/api/evidence?type=task&field=description&limit=100, /, id",
    })
    void everythingIsOnSomePage(String path, String list, String idField) {
        assertThat(client.walk(path, answer -> list.equals("/") ? answer : answer.at(list)))
                .extracting(item -> item.get(idField).stringValue())
                .doesNotHaveDuplicates()
                .hasSize(TASKS)
                .contains(id(0), id(TASKS - 1));
        assertAlive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tasks?limit=100000", "/api/events?limit=10000", "/api/state?limit=100000"})
    void manyWhoAskAtOnceAreAnsweredOrToldToComeAgain(String path) {
        client.askAtOnce(path, 16);
        assertAlive();
    }

    /** Each names the first as its cause: the trace says that there are more effects than it shows. */
    @Test
    void aTraceSaysWhatItLeavesOut() {
        JsonNode trace = client.json("/api/events/e-0/trace?limit=1000");
        assertThat(trace.get("isWhole").booleanValue()).isFalse();
        assertThat(trace.get("effects").size()).isBetween(1, TASKS - 2);
        assertAlive();
    }

    private static void assertAlive() {
        assertThat(client.json("/api/tasks/" + id(7)).get("id").stringValue()).isEqualTo(id(7));
        client.assertAlive();
    }

    @Test
    void theCommandLineAnswersBesideIt() throws Exception {
        assertThat(run("query", "tasks", "--limit", "3")).isZero();
        assertThat(run("state", "--all", "--limit", "3")).isZero();
        assertThat(run("state", "--all", "--limit", "100000", "--json")).isZero();
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = ChildJvm.command(SwarmLedger.class, "-XX:TieredStopAtLevel=1", "-Xmx128m");
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
