package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.SwarmLedger;
import io.swarmledger.app.cli.Terminal.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BenchTest {

    @TempDir
    Path directory;

    @Test
    void everyFigureOfTheContractIsMeasuredAndNothingIsLeft() {
        Result result = Terminal.run("bench", "--events", 2_000, "--rounds", 1, "--dir", directory, "--json")
                .succeeded();

        JsonNode report = result.json();
        for (String figure : List.of(
                "/raw/autocommit",
                "/raw/batch64",
                "/raw/batch1000",
                "/raw/scan",
                "/stockAxon",
                "/commandsWithViews/perSecond",
                "/commandsOnLog/perSecond",
                "/commandsWithViews/perSecondToViews",
                "/bulkAppend",
                "/catchUp",
                "/rebuild/agent-state",
                "/rebuild/task-history",
                "/rebuild/memory-index",
                "/rebuild/swarm-overview",
                "/rebuild/all",
                "/aggregateLoadMs/withSnapshot",
                "/aggregateLoadMs/withoutSnapshot",
                "/queryMs/p50",
                "/queryMs/p99",
                "/bytesPerEvent",
                "/heapMb",
                "/ratios/commands64ToBatch64",
                "/ratios/commands64ToStockAxon",
                "/ratios/withViewsToBatch64",
                "/ratios/commands1ToAutocommit",
                "/ratios/commandsOnLogToCommands64",
                "/ratios/bulkAppendToBatch1000")) {
            assertPositive(report, figure);
        }
        assertThat(report.get("commands").propertyNames()).containsExactly("1", "8", "64", "256");
        for (String clients : report.get("commands").propertyNames()) {
            for (String figure : List.of("perSecond", "p50Ms", "p99Ms", "p999Ms")) {
                assertPositive(report, "/commands/" + clients + "/" + figure);
            }
        }
        assertThat(report.get("events").asLong()).isEqualTo(2_000);
        assertThat(report.at("/machine/directory").asString()).startsWith(directory.toString());
        assertThat(result.err()).contains("round 1 of 1: raw scan");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void questionsAboutThePastAreMeasuredInTwoLogs() {
        Result result = Terminal.run(
                        "bench", "--time-travel", "--events", 4_000, "--rounds", 1, "--dir", directory, "--json")
                .succeeded();

        JsonNode report = result.json();
        for (String measured : List.of("state", "stateOfTenth", "diff", "search")) {
            for (String figure : List.of("p50Ms", "p99Ms", "maxMs")) {
                assertPositive(report, "/" + measured + "/" + figure);
            }
        }
        for (String figure : List.of(
                "/scanMs",
                "/indexPerSecond",
                "/indexBytesPerEvent",
                "/wordsPerSecond",
                "/wordBytesPerEvent",
                "/ratios/stateToScan",
                "/ratios/stateToStateOfTenth",
                "/ratios/indexToScan")) {
            assertPositive(report, figure);
        }
        assertThat(result.err()).contains("round 1 of 1: import of 400 events");
        assertThat(directory).isEmptyDirectory();
        assertThat(Terminal.run("bench", "--time-travel", "--http").exitCode()).isEqualTo(2);
    }

    @Test
    void theServiceIsMeasuredInAProcessOfItsOwnAndNothingIsLeft() {
        Set<ProcessHandle> before = children();
        Result result = Terminal.run("bench", "--http", "--events", 2_000, "--rounds", 1, "--dir", directory, "--json")
                .succeeded();

        JsonNode report = result.json();
        for (String measured : List.of("commands64", "commands64WithViews", "appends64", "appends64BesideConsumers")) {
            for (String figure : List.of("perSecond", "p50Ms", "p99Ms", "p999Ms")) {
                assertPositive(report, "/" + measured + "/" + figure);
            }
        }
        for (String figure : List.of(
                "/bulkAppend",
                "/ndjson",
                "/ratios/appends64ToCommands64",
                "/ratios/appends64ToCommands64WithViews",
                "/ratios/besideConsumersToAppends64",
                "/ratios/ndjsonToBulkAppend")) {
            assertPositive(report, figure);
        }
        assertThat(report.get("ndjsonEvents").asLong()).isEqualTo(2_000);
        assertThat(result.err()).contains("round 1 of 1: bodies of 2000 events over HTTP");
        assertThat(directory).isEmptyDirectory();
        assertThat(before).as("processes that are left").containsAll(children());
    }

    /** A browser of other tests may be among them. */
    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).collect(Collectors.toSet());
    }

    @Test
    void interruptedItLeavesNothingEither() throws Exception {
        Path err = directory.resolve("err");
        Path measured = Files.createDirectory(directory.resolve("measured"));
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SwarmLedger.class.getName(),
                        "bench",
                        "--dir",
                        measured.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        try {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Files.readString(err)
                    .contains("warm-up: commands, 1 at once"));
            bench.destroy();

            assertThat(bench.waitFor(1, TimeUnit.MINUTES))
                    .as(Files.readString(err))
                    .isTrue();
            assertThat(measured).as(Files.readString(err)).isEmptyDirectory();
        } finally {
            bench.destroyForcibly();
        }
    }

    private static void assertPositive(JsonNode report, String figure) {
        assertThat(report.at(figure).isNumber()).as("%s of %s", figure, report).isTrue();
        assertThat(report.at(figure).asDouble()).as(figure).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--events 1999", "--rounds 0", "--events many", "--dir no-such-directory"})
    void wrongUsageIsNamedAndMeasuresNothing(String words) {
        Result result = Terminal.run((Object[]) ("bench " + words).split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(words.split(" ")[0]);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void itExplainsItself() {
        assertThat(Terminal.run("bench", "--help").succeeded().out()).contains("Usage: swarm-ledger bench");
    }
}
