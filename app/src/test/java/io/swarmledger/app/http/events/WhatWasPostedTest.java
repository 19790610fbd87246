package io.swarmledger.app.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.Json;
import io.swarmledger.events.StoredTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was posted is what is stored and shown: digits, and the order of names. */
class WhatWasPostedTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void start() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static void created(String task) {
        assertThat(ledger.post("/api/tasks", "{\"taskId\":\"" + task + "\",\"title\":\"Numbers\"}")
                        .status())
                .isEqualTo(201);
        assertThat(ledger.post("/api/tasks/" + task + "/start", "{\"agentId\":\"a\"}")
                        .status())
                .isEqualTo(200);
    }

    private static long position(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer.json().isArray()
                ? answer.json().path(0).path("position").asLong()
                : answer.json().path("position").asLong();
    }

    /** Everywhere where a task, or the event that completed it, is shown. */
    private static void assertShown(String task, String id, long position, String result) {
        assertThat(ledger.get("/api/events/" + id).text()).contains("\"result\":" + result);
        assertThat(ledger.get("/api/events?aggregateId=" + task).text()).contains("\"result\":" + result);
        for (String path : new String[] {
            "/api/tasks/" + task,
            "/api/tasks?limit=1000",
            "/api/aggregates/" + task + "/state",
            "/api/state?limit=1000&position=" + position,
            "/api/state/diff?from=" + (position - 1) + "&to=" + position,
        }) {
            assertThat(ledger.get(path + (path.contains("?") ? "&" : "?") + "minPosition=" + position)
                            .text())
                    .as(path)
                    .contains(result);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":1234567890123456.78,\"fine\":0.12345678901234567890,\"version\":1.0,\"price\":19.10}",
                "{\"z\":1e5,\"y\":1E300,\"x\":-0.0,\"w\":-0,\"v\":1e-400,\"u\":123456789012345678901234567890}",
                "[0.10,[2.50,{\"b\":1.00,\"a\":1E+2}],-1.5e-10]",
                "19.10",
                "100.0"
            })
    void theDigitsOfAResultStayThroughEveryDoor(String result) {
        String name = "r" + Integer.toHexString(result.hashCode());
        for (String way : new String[] {"one", "array", "lines", "typed"}) {
            String task = name + "-" + way;
            created(task);
            String event = "{\"id\":\"e-" + task + "\",\"type\":\"task:completed\",\"aggregateId\":\"" + task
                    + "\",\"payload\":{\"result\":" + result + "}}";
            Answer answer =
                    switch (way) {
                        case "one" -> ledger.post("/api/events", event);
                        case "array" -> ledger.post("/api/events", "[" + event + "]");
                        case "lines" -> ledger.send(ledger.request("/api/events")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(event + "\n")));
                        default -> ledger.post(
                                "/api/tasks/" + task + "/complete",
                                "{\"result\":" + result + "}",
                                "Idempotency-Key",
                                "e-" + task);
                    };
            assertShown(task, "e-" + task, position(answer), result);
        }
    }

    @Test
    void namesAndDigitsOfMetadataAndOfPayloadsStayInTheirOrder() {
        String metadata = "{\"seq\":1,\"rate\":0.12345678901234567890,\"ver\":1.0,\"a\":{\"z\":1.50,\"b\":2e3}}";
        String payload = "{\"duration\":19.10,\"completedAt\":1767517200030.0,\"result\":null}";
        created("m1");
        position(ledger.post(
                "/api/events",
                "{\"id\":\"m1-done\",\"type\":\"task:completed\",\"aggregateId\":\"m1\",\"payload\":" + payload
                        + ",\"metadata\":" + metadata + "}"));

        String event = ledger.get("/api/events/m1-done").text();
        assertThat(event).contains("\"metadata\":" + metadata);
        assertThat(event)
                .contains("\"payload\":{\"duration\":19.10,\"completedAt\":1767517200030.0,\"result\":null,"
                        + "\"taskId\":\"m1\"}");
        assertThat(ledger.get("/api/aggregates/m1/state")
                        .json()
                        .path("state")
                        .path("duration")
                        .asDouble())
                .isEqualTo(19.1);
    }

    @Test
    void typedCommandsKeepConfigMetricsAndContext() {
        position(
                ledger.post(
                        "/api/swarms",
                        "{\"swarmId\":\"s\",\"topology\":\"mesh\",\"config\":{\"z\":1.0,\"a\":0.10},\"metadata\":{\"y\":1.0,\"x\":2.0}}"));
        position(ledger.post("/api/swarms/s/error", "{\"error\":\"E\",\"context\":{\"z\":1e5,\"a\":-0.0}}"));
        position(ledger.post("/api/swarms/s/terminate", "{\"reason\":\"R\",\"metrics\":{\"rate\":99.90}}"));

        assertThat(ledger.get("/api/aggregates/s/events").text())
                .contains("\"config\":{\"z\":1.0,\"a\":0.10}", "\"metadata\":{\"y\":1.0,\"x\":2.0}")
                .contains("\"context\":{\"z\":1e5,\"a\":-0.0}", "\"metrics\":{\"rate\":99.90}");
    }

    @Test
    void anObservedEventOfAnUnknownTypeIsStoredAsItWasWritten() {
        position(ledger.post(
                "/api/events?mode=observe",
                "{\"id\":\"u1\",\"type\":\"agent:cloned\",\"aggregateId\":\"u\",\"aggregateType\":\"agent\","
                        + "\"payload\":{\"b\":1.0,\"a\":[1e5,-0]},\"metadata\":{\"d\":1.50,\"c\":2}}"));

        assertThat(ledger.get("/api/events/u1").text())
                .contains("\"payload\":{\"b\":1.0,\"a\":[1e5,-0]},\"metadata\":{\"d\":1.50,\"c\":2}");
    }

    @Test
    void whatBreaksARuleIsNotedBehindTheCallersOwnMetadata() {
        position(ledger.post(
                "/api/events?mode=observe",
                "{\"id\":\"v1\",\"type\":\"task:completed\",\"aggregateId\":\"v\",\"payload\":{\"result\":1.0},"
                        + "\"metadata\":{\"z\":1.0,\"b\":2.50,\"y\":3}}"));

        assertThat(ledger.get("/api/events/v1").text())
                .contains("\"metadata\":{\"z\":1.0,\"b\":2.50,\"y\":3,\"violations\":[{");
    }

    @Test
    void aRetryIsComparedByItsContentAndNotByItsDigits() {
        created("c1");
        String event = "{\"id\":\"c1-done\",\"type\":\"task:completed\",\"aggregateId\":\"c1\",\"payload\":%s}";
        position(ledger.post(
                "/api/events",
                event.formatted("{\"result\":{\"a\":1.0,\"b\":0.12345678901234567890},\"duration\":1.50}")));

        assertThat(ledger.post(
                                "/api/events",
                                event.formatted("{\"duration\":1.5,\"result\":{\"b\":0.1234567890123456789,\"a\":1}}"))
                        .status())
                .isEqualTo(201);
        Answer other =
                ledger.post("/api/events", event.formatted("{\"result\":{\"a\":1.0,\"b\":0.12345678901234567891}}"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text()).contains("result is another there");
    }

    @Test
    void commandsInJavaKeepTheirNumbersAndTheOrderOfTheirMetadata() {
        LedgerCommandGateway commands = ledger.bean(LedgerCommandGateway.class);
        commands.sendAndWait(new CreateTask("j1", "x", "Java"));
        commands.sendAndWait(new StartTask("j1", "a"));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("zeta", 1.0);
        metadata.put("alpha", Json.mapper().readTree("{\"b\":1,\"a\":2}"));
        metadata.put("middle", new java.math.BigDecimal("2.50"));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("z", 1.0);
        result.put("y", new java.math.BigDecimal("19.10"));
        result.put("a", Json.mapper().readTree("[1.5]"));

        commands.sendAndWait(
                new CompleteTask("j1", result),
                MetaData.from(new Envelope("j1-done", null, null, null, null, metadata, null).toMetaData()));

        assertThat(ledger.get("/api/events/j1-done").text())
                .contains("\"result\":{\"z\":1.0,\"y\":19.10,\"a\":[1.5]}")
                .contains("\"metadata\":{\"zeta\":1.0,\"alpha\":{\"b\":1,\"a\":2},\"middle\":2.50}");
    }

    /** As claude-flow writes a title that it cut in the middle of an emoji. */
    @Test
    void whatAnImportKeepsAsItsEscapeIsShownAlikeNowAndThen(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("cut.ndjson"),
                "{\"id\":\"cut-1\",\"type\":\"task:created\",\"aggregateId\":\"cut\",\"aggregateType\":\"task\",\"version\":1,"
                        + "\"timestamp\":1767517200002,\"source\":\"swarm\",\"payload\":{\"title\":\"cut \\ud83d...\"},"
                        + "\"metadata\":{}}\n"
                        + "{\"id\":\"cut-2\",\"type\":\"task:completed\",\"aggregateId\":\"cut\",\"aggregateType\":\"task\","
                        + "\"version\":2,\"timestamp\":1767517200003,\"source\":\"swarm\",\"payload\":{\"result\":"
                        + "{\"\\ud83e\":[\"\\ude00\"],\"n\":1e99999999999}},\"metadata\":{}}\n");
        new Import(ledger.bean(LogFile.class), ledger.bean(StoredTypes.class))
                .from(file, Optional.empty(), Progress.SILENT);
        long head = ledger.get("/api/events/cut-2").json().path("position").asLong();

        for (String path : new String[] {
            "/api/tasks/cut?minPosition=" + head,
            "/api/aggregates/cut/state",
            "/api/state?limit=1000&position=" + head + "&minPosition=" + head
        }) {
            String answer = ledger.get(path).text().toLowerCase(Locale.ROOT);
            assertThat(answer)
                    .as(path)
                    .contains("\"title\":\"cut \\ud83d...\"")
                    .contains("{\"\\ud83e\":[\"\\ude00\"],\"n\":1e99999999999}");
        }
    }

    @Test
    void thePageOfTheLogShowsTheTextThatIsStored() {
        created("p1");
        position(ledger.post(
                "/api/events",
                "{\"id\":\"p1-done\",\"type\":\"task:completed\",\"aggregateId\":\"p1\",\"payload\":{\"result\":"
                        + "{\"amount\":1234567890123456.78,\"price\":19.10,\"big\":1e5}}}"));

        assertThat(ledger.get("/events?event=p1-done").text())
                .contains("1234567890123456.78", "19.10", "1e5")
                .doesNotContain("1234567890123456.8&", "1E+5");
    }
}
