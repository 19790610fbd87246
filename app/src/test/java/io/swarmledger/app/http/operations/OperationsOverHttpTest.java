package io.swarmledger.app.http.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Positions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class OperationsOverHttpTest {

    @TempDir
    Path directory;

    private HttpLedger ledger;

    @BeforeEach
    void open() {
        ledger = HttpLedger.in(directory);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void append(EventRow... rows) throws Exception {
        ledger.bean(LogFile.class).writer().append(List.of(rows));
        Positions positions = ledger.bean(Positions.class);
        for (String name : ReadModels.ofLedger().projections()) {
            positions.await(name, positions.of(LedgerQuery.LOG), Duration.ofSeconds(30));
        }
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

    private static EventRow[] sick(String agent) {
        return new EventRow[] {
            row(agent, 1, "agent:spawned", "{\"role\":\"coder\"}"),
            row(agent, 2, "agent:started", "{\"startedAt\":\"soon\"}"),
            row(agent, 3, "agent:task-completed", "{\"taskId\":\"one\",\"duration\":5}")
        };
    }

    private JsonNode projection(String name) {
        for (JsonNode one : ledger.get("/api/projections").json().get("items")) {
            if (one.get("name").asString().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no " + name);
    }

    private JsonNode ended(Answer begun) {
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        String location = begun.header("Location");
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ledger.get(location).json(), operation -> !List.of("running", "waiting")
                        .contains(operation.get("state").asString()));
    }

    @Test
    void theProjectionsSayHowTheyStand() throws Exception {
        append(row("a", 1, "agent:spawned", "{\"role\":\"coder\"}"));

        JsonNode all = ledger.get("/api/projections").json();
        assertThat(all.get("total").asInt()).isEqualTo(4);
        assertThat(all.get("items").findValuesAsString("name"))
                .isEqualTo(ReadModels.ofLedger().projections());
        for (JsonNode one : all.get("items")) {
            assertThat(one.get("position").asLong()).isEqualTo(1);
            assertThat(one.get("head").asLong()).isEqualTo(1);
            assertThat(one.get("lag").asLong()).isZero();
            assertThat(one.get("health").asString()).isEqualTo("ok");
            assertThat(one.get("reason").isNull()).isTrue();
            assertThat(one.get("error").isNull()).isTrue();
            assertThat(one.get("deadLetters").asLong()).isZero();
            assertThat(one.get("generation").asLong()).isEqualTo(1);
        }
    }

    @Test
    void aViewThatCannotBeWrittenIsFailingWithItsReasonUntilItCan() throws Exception {
        var views = org.springframework.jdbc.core.simple.JdbcClient.create(
                ledger.bean(io.swarmledger.app.view.ViewsFile.class).writer());
        views.sql("CREATE TRIGGER fault BEFORE INSERT ON agent_state BEGIN SELECT RAISE(ABORT, 'no room'); END")
                .update();
        ledger.bean(LogFile.class).writer().append(List.of(row("a", 1, "agent:spawned", "{\"role\":\"coder\"}")));

        JsonNode failing = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> projection("agent-state"),
                        one -> one.get("health").asString().equals("failing"));
        assertThat(failing.get("error").asString()).contains("no room");
        assertThat(failing.get("lag").asLong()).isEqualTo(1);
        assertThat(projection("task-history").get("health").asString()).isEqualTo("ok");

        views.sql("DROP TRIGGER fault").update();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> projection("agent-state"), one -> one.get(
                        "health")
                .asString()
                .equals("ok"));
        assertThat(projection("agent-state").get("lag").asLong()).isZero();
    }

    @Test
    void aCheckIsBegunFollowedAndFindsWhatAViewSaysOtherwise() throws Exception {
        append(row("a", 1, "agent:spawned", "{\"role\":\"coder\"}"));
        assertThat(ledger.get("/api/agents/a?minPosition=1").status()).isEqualTo(200);
        JdbcClient.create(ledger.bean(ViewsFile.class).writer())
                .sql("UPDATE agent_state SET state = replace(state, 'coder', 'tester')")
                .update();
        assertThat(ledger.get("/api/projections/agent-state/check").status())
                .as("none was begun")
                .isEqualTo(404);
        for (String path : List.of("check", "replay", "dead-letters/retry")) {
            Answer unknown = ledger.post("/api/projections/agents/" + path, "");
            assertThat(unknown.status()).as(path).isEqualTo(404);
            assertThat(unknown.json().get("detail").asString()).as(path).startsWith("There is no projection agents");
        }

        Answer begun = ledger.post("/api/projections/agent-state/check", "");
        JsonNode ended = ended(begun);

        assertThat(ended.get("kind").asString()).isEqualTo("check");
        assertThat(ended.at("/progress/done").asLong()).isEqualTo(1);
        assertThat(ended.at("/progress/total").asLong()).isEqualTo(1);
        JsonNode found = ended.get("result");
        assertThat(found.get("ok").asBoolean()).isFalse();
        assertThat(found.get("position").asLong()).isEqualTo(1);
        assertThat(found.get("differing").asLong()).isEqualTo(1);
        assertThat(found.at("/differences/0").toString())
                .isEqualTo("{\"id\":\"a\",\"field\":\"role\",\"view\":\"tester\",\"log\":\"coder\"}");
        assertThat(ledger.get("/api/projections/agent-state/check").json()).isEqualTo(ended);
        assertThat(ledger.get("/api/projections/task-history/check").status()).isEqualTo(404);
    }

    @Test
    void aReplayIsBegunFollowedAndFillsANewGeneration() throws Exception {
        append(row("a", 1, "agent:spawned", "{\"role\":\"coder\"}"));

        Answer begun = ledger.post("/api/projections/agent-state/replay", "");
        assertThat(begun.header("Location")).isEqualTo("/api/projections/agent-state/replay");
        JsonNode done = ended(begun);

        assertThat(done.get("state").asString()).isEqualTo("done");
        assertThat(done.get("position").asLong()).isEqualTo(1);
        assertThat(done.get("target").asLong()).isEqualTo(1);
        assertThat(done.get("percent").asDouble()).isEqualTo(100);
        assertThat(done.get("timeLeft").isNull()).isTrue();
        assertThat(done.get("eventsPerSecond").isNumber()).isTrue();
        assertThat(projection("agent-state").get("generation").asLong()).isEqualTo(2);
        assertThat(projection("task-history").get("generation").asLong()).isEqualTo(1);

        JsonNode all = ended(ledger.post("/api/projections/all/replay", ""));
        assertThat(all.get("projections")).hasSize(4);
        assertThat(projection("task-history").get("generation").asLong()).isEqualTo(2);
        assertThat(ledger.get("/api/projections/task-history/replay")
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("done");
    }

    @Test
    void whileOneIsReplayedAnotherReplayIsRefusedAndTheFirstCanBeGivenUp() throws Exception {
        append(row("a", 1, "agent:spawned", "{\"role\":\"coder\"}"));
        // Whoever writes to the views holds the one connection: the replay waits for it.
        var writer = ledger.bean(io.swarmledger.app.view.ViewsFile.class).writer();
        Answer begun;
        try (var held = writer.getConnection()) {
            assertThat(held.isValid(1)).isTrue();
            begun = ledger.post("/api/projections/agent-state/replay", "");
            assertThat(begun.status()).isEqualTo(202);

            Answer second = ledger.post("/api/projections/all/replay", "");
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.header("Content-Type")).startsWith("application/problem+json");
            assertThat(second.json().get("detail").asString()).contains("agent-state is under way");

            Answer cancelled = ledger.send(
                    ledger.request("/api/projections/agent-state/replay").DELETE());
            assertThat(cancelled.status()).isEqualTo(202);
        }
        assertThat(ended(begun).get("state").asString()).isEqualTo("cancelled");
        assertThat(projection("agent-state").get("generation").asLong()).isEqualTo(1);
        assertThat(ledger.send(ledger.request("/api/projections/agent-state/replay")
                                .DELETE())
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String path : List.of(
                "/api/projections/nothing/replay",
                "/api/projections/agent-state/replay",
                "/api/projections/all/replay",
                "/api/projections/nothing/dead-letters",
                "/api/operations/nothing")) {
            Answer answer = ledger.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
        assertThat(ledger.post("/api/projections/nothing/replay", "").status()).isEqualTo(404);
        assertThat(ledger.post("/api/projections/agent-state/dead-letters/nothing/retry", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBackupIsMadeAndCheckedWhileTheLedgerIsServed() throws Exception {
        append(row("a", 1, "agent:spawned", "{\"role\":\"coder\"}"));

        JsonNode done = ended(ledger.post("/api/operations/backup", "{\"file\":\"monday.db\"}"));

        assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("done");
        assertThat(done.get("kind").asString()).isEqualTo("backup");
        assertThat(done.get("result").get("head").asLong()).isEqualTo(1);
        assertThat(done.get("progress").get("done").asLong()).isEqualTo(1);
        assertThat(done.get("startedAt").asLong())
                .isLessThanOrEqualTo(done.get("finishedAt").asLong());
        Path file = directory.resolve("backups").resolve("monday.db");
        assertThat(file).hasSize(done.get("result").get("size").asLong());
        assertThat(Verification.ofCopy(file, events -> {}).ok()).isTrue();
        assertThat(ledger.get("/api/operations").json().get("items").findValuesAsString("id"))
                .containsExactly(done.get("id").asString());
    }

    @Test
    void aLogThatIsNotAsItWasWrittenIsFoundOut() throws Exception {
        append(row("a", 1, "agent:spawned", "{\"role\":\"coder\"}"), row("a", 2, "agent:started", "{\"startedAt\":7}"));
        JsonNode fine = ended(ledger.post("/api/operations/verify", "")).get("result");
        assertThat(fine.get("ok").asBoolean()).isTrue();
        assertThat(fine.get("events").asLong()).isEqualTo(2);

        ledger.bean(LogFile.class).writer().transact((connection, next) -> {
            try (var update = connection.createStatement()) {
                return update.executeUpdate(
                        "UPDATE DomainEventEntry SET payload = '{\"startedAt\":8}' WHERE globalIndex = 2");
            }
        });
        JsonNode wrong = ended(ledger.post("/api/operations/verify", ""));
        assertThat(wrong.get("state").asString()).isEqualTo("done");
        assertThat(wrong.get("result").get("ok").asBoolean()).isFalse();
        assertThat(wrong.get("result").get("firstBadPosition").asLong()).isEqualTo(2);
        JsonNode backup = ended(ledger.post("/api/operations/backup", "{\"file\":\"damaged.db\"}"));
        assertThat(backup.get("state").asString()).isEqualTo("failed");
        assertThat(backup.get("problem").get("detail").asString()).contains("position 2");
        assertThat(directory.resolve("backups")).isEmptyDirectory();
    }

    @Test
    void deadLettersAreListedWithTheirEventsRetriedAndDiscarded() throws Exception {
        append(sick("one"));
        append(sick("two"));
        String path = "/api/projections/agent-state/dead-letters";

        JsonNode all = ledger.get(path).json();
        assertThat(all.get("total").asLong()).isEqualTo(4);
        JsonNode first = all.get("items").get(0);
        assertThat(first.get("sequence").asString()).isEqualTo("one");
        assertThat(first.get("first").asBoolean()).isTrue();
        assertThat(first.get("event").get("id").asString()).isEqualTo("one-2");
        assertThat(first.get("event").get("type").asString()).isEqualTo("agent:started");
        assertThat(first.get("event").get("payload").get("startedAt").asString())
                .isEqualTo("soon");
        assertThat(first.get("cause").get("type").asString()).isEqualTo("UnreadableEvent");
        assertThat(first.get("cause").get("message").asString()).contains("one-2");
        assertThat(first.get("enqueuedAt").asLong()).isPositive();
        JsonNode behind = all.get("items").get(1);
        assertThat(behind.get("first").asBoolean()).isFalse();
        assertThat(behind.get("cause").isNull()).isTrue();
        assertThat(projection("agent-state").get("health").asString()).isEqualTo("degraded");
        assertThat(projection("agent-state").get("deadLetters").asLong()).isEqualTo(4);

        JsonNode page = ledger.get(path + "?limit=3").json();
        assertThat(page.get("items")).hasSize(3);
        JsonNode rest = ledger.get(path + "?limit=3&cursor=" + page.get("next").asString())
                .json();
        assertThat(rest.get("items").findValuesAsString("sequence")).containsExactly("two");
        assertThat(rest.get("next").isNull()).isTrue();
        assertThat(ledger.get(path + "?limit=0").status()).isEqualTo(422);

        JsonNode again = ledger.post(path + "/" + first.get("id").asString() + "/retry", "")
                .json();
        assertThat(again.get("applied").asLong()).isZero();
        assertThat(again.get("remaining").asLong()).isEqualTo(2);
        assertThat(again.get("cause").asString()).contains("one-2");

        Answer discarded = ledger.send(
                ledger.request(path + "/" + first.get("id").asString()).DELETE());
        assertThat(discarded.status()).isEqualTo(204);
        JsonNode followed = ledger.post(path + "/" + behind.get("id").asString() + "/retry", "")
                .json();
        assertThat(followed.get("applied").asLong()).isEqualTo(1);
        assertThat(followed.get("remaining").asLong()).isZero();
        assertThat(ledger.get(path).json().get("total").asLong()).isEqualTo(2);
    }

    @Test
    void allSequencesAreRetriedOnceEach() throws Exception {
        for (int i = 0; i < 25; i++) {
            append(sick("agent-" + i));
        }
        String path = "/api/projections/agent-state/dead-letters";
        for (JsonNode letter : ledger.get(path).json().get("items")) {
            int agent = Integer.parseInt(letter.get("sequence").asString().substring("agent-".length()));
            if (letter.get("first").asBoolean() && agent % 2 == 0) {
                ledger.send(
                        ledger.request(path + "/" + letter.get("id").asString()).DELETE());
            }
        }

        JsonNode done = ended(ledger.post(path + "/retry", ""));

        assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("done");
        assertThat(done.get("result").get("applied").asLong()).isEqualTo(13);
        assertThat(done.get("result").get("remaining").asLong()).isEqualTo(24);
        assertThat(done.get("result").get("cause").asString()).contains("agent:started");
        assertThat(done.get("progress").get("done").asLong()).isEqualTo(25);
    }
}
