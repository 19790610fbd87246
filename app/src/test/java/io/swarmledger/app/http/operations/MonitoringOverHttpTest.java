package io.swarmledger.app.http.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.SpawnAgent;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What whoever watches the service is told. */
class MonitoringOverHttpTest {

    @TempDir
    Path directory;

    private static JsonNode component(HttpLedger ledger, String name) {
        return ledger.get("/actuator/health").json().get("components").get(name);
    }

    private static EventRow row(String agent, int version, String type, String payload) {
        return new EventRow(
                agent + "-" + version,
                agent,
                version - 1,
                "agent",
                1_000L + version,
                type,
                "1",
                payload,
                "{}",
                "swarm",
                null,
                null,
                "swarm",
                null);
    }

    @Test
    void theHealthOfWhatIsNotThereIsUnknown() {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            for (String path : List.of("x", "x/y", "x/y/z", "log/x", "readiness/x", "readiness/x/y")) {
                Answer answer = ledger.get("/actuator/health/" + path);
                assertThat(answer.status()).as(path).isEqualTo(404);
                assertThat(answer.header("Content-Type")).as(path).isEqualTo("application/problem+json");
                assertThat(answer.json().get("status").intValue()).as(path).isEqualTo(404);
            }
            assertThat(ledger.get("/actuator/health/readiness/log").status()).isEqualTo(200);
        }
    }

    @Test
    void aLogThatCannotBeWrittenIsDownWithItsReasonUntilItCan() throws Exception {
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            CommandGateway commands = ledger.bean(CommandGateway.class);
            commands.sendAndWait(new SpawnAgent("a", "coder"));
            Answer healthy = ledger.get("/actuator/health");
            assertThat(healthy.status()).isEqualTo(200);
            assertThat(healthy.json().get("status").asString()).isEqualTo("UP");
            assertThat(component(ledger, "log").get("details").get("waiting").asInt())
                    .isZero();
            assertThat(component(ledger, "diskSpace").get("details").get("path").asString())
                    .isEqualTo(directory.toString());

            ledger.bean(LogFile.class).writer().transact((connection, next) -> {
                try (var statement = connection.createStatement()) {
                    return statement.execute("PRAGMA max_page_count = 1");
                }
            });
            List<EventRow> many = LongStream.rangeClosed(1, 1_000)
                    .mapToObj(version -> TestLedger.memoryRow("many", version))
                    .toList();
            assertThatThrownBy(() -> ledger.bean(LogFile.class).writer().append(many))
                    .isInstanceOf(LogFault.class);

            Answer down = ledger.get("/actuator/health");
            assertThat(down.status()).isEqualTo(503);
            JsonNode log = component(ledger, "log");
            assertThat(log.get("status").asString()).isEqualTo("DOWN");
            assertThat(log.get("details").get("kind").asString()).isEqualTo("DISK_FULL");
            assertThat(log.get("details").get("reason").asString()).contains("full");
            assertThat(ledger.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(ledger.get("/actuator/health/liveness").status()).isEqualTo(200);

            commands.sendAndWait(new SpawnAgent("c", "coder"));
            assertThat(ledger.get("/actuator/health").status()).isEqualTo(200);
            assertThat(ledger.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(value(ledger, "ledger_faults_total\\{kind=\"disk_full\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void acknowledgedEventsThatAreMissingAreTheReason() throws Exception {
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.send(new SpawnAgent("a", "coder"));
            ledger.send(new SpawnAgent("b", "coder"));
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("events.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM DomainEventEntry WHERE globalIndex = 2");
        }
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            assertThat(ledger.get("/actuator/health").status()).isEqualTo(503);
            assertThat(component(ledger, "log").get("details").get("reason").asString())
                    .contains("1 acknowledged event is missing", "after position 1", "--accept-loss");
            assertThat(ledger.get("/api/projections").status())
                    .as("it can be read")
                    .isEqualTo(200);
            for (String page : List.of("/", "/failures", "/tasks", "/agents", "/memory", "/events", "/operations")) {
                assertThat(ledger.get(page).text())
                        .as(page)
                        .contains("<b>Nothing can be recorded.</b>", "1 acknowledged event is missing", "log down");
            }
            assertThat(ledger.get("/overview/later").text()).doesNotContain("Nothing does.");
        }
    }

    @Test
    void anEventThatCouldNotBeAppliedDegradesItsView() throws Exception {
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            ledger.bean(LogFile.class)
                    .writer()
                    .append(List.of(
                            row("a", 1, "agent:spawned", "{\"role\":\"coder\"}"),
                            row("a", 2, "agent:started", "{\"startedAt\":\"soon\"}")));

            JsonNode projections = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> component(ledger, "projections"),
                            one -> one.get("status").asString().equals("DEGRADED"));
            JsonNode agents = projections.get("details").get("agent-state");
            assertThat(agents.get("deadLetters").asLong()).isEqualTo(1);
            assertThat(agents.get("reason").asString()).contains("dead letters");
            assertThat(projections
                            .get("details")
                            .get("task-history")
                            .get("health")
                            .asString())
                    .isEqualTo("ok");
            Answer health = ledger.get("/actuator/health");
            assertThat(health.json().get("status").asString()).isEqualTo("DEGRADED");
            assertThat(health.status()).as("it still serves").isEqualTo(200);
            assertThat(value(ledger, "ledger_dead_letters\\{projection=\"agent-state\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void theLogTheViewsAndAxonAreMeasured() {
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            for (int i = 0; i < 10; i++) {
                ledger.bean(CommandGateway.class).sendAndWait(new SpawnAgent("agent-" + i, "coder"));
            }

            assertThat(value(ledger, "ledger_appends_total")).isEqualTo(10);
            assertThat(value(ledger, "ledger_events_total")).isEqualTo(10);
            assertThat(value(ledger, "ledger_group_size_sum")).isEqualTo(10);
            assertThat(value(ledger, "ledger_commit_seconds_count")).isBetween(1.0, 10.0);
            assertThat(value(ledger, "ledger_commit_seconds_sum")).isPositive();
            assertThat(value(ledger, "ledger_queue")).isZero();
            assertThat(value(ledger, "ledger_wal_size_bytes")).isPositive();
            assertThat(value(ledger, "ledger_replays")).isZero();
            for (String name : List.of("agent-state", "task-history", "memory-index", "swarm-overview")) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> value(ledger, "ledger_projection_lag\\{projection=\"" + name + "\"}") == 0);
            }
            String all = ledger.get("/actuator/prometheus").text();
            assertThat(all).contains("jvm_memory_used_bytes", "http_server_requests_seconds_count");
            assertThat(all)
                    .as("Axon's messages")
                    .containsPattern("(?m)^commandBus_\\w+\\{.*payloadType=\"SpawnAgent\"")
                    .containsPattern("(?m)^\\w+_latency\\w*\\{.*agent-state");
        }
    }

    private static double value(HttpLedger ledger, String meter) {
        Answer scrape = ledger.get("/actuator/prometheus");
        assertThat(scrape.status()).isEqualTo(200);
        Matcher matcher = Pattern.compile("(?m)^" + meter + " (\\S+)$").matcher(scrape.text());
        assertThat(matcher.find()).as(meter + " in " + scrape.text()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
