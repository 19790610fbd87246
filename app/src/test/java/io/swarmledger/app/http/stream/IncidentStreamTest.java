package io.swarmledger.app.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.stream.EventSource.Message;
import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is open, live: {@code GET /api/incidents/stream}. */
class IncidentStreamTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void start() {
        ledger = HttpLedger.inMemory(
                "swarm-ledger.http.stream-consumers=6",
                "swarm-ledger.http.stream-heartbeat=500ms",
                "swarm-ledger.alerts.rules[0].name=broken",
                "swarm-ledger.alerts.rules[0].on=failures");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static void fails(String task, String error) {
        ledger.post("/api/tasks", "{\"taskId\":\"" + task + "\",\"title\":\"T\"}");
        again(task, error);
    }

    private static void again(String task, String error) {
        ledger.post("/api/tasks/" + task + "/start", "{\"agentId\":\"a\"}");
        assertThat(ledger.post("/api/tasks/" + task + "/fail", "{\"error\":\"" + error + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode json(Message message) {
        return Json.mapper().readTree(message.data());
    }

    /** What was said, in its order: of alerts it may be said before or after it is said of incidents. */
    private static Message said(EventSource source, List<Message> said, String name, String about) {
        Message found = in(said, name, about);
        while (found == null) {
            Message next = source.next();
            assertThat(next).as("%s %s after %s", name, about, said).isNotNull();
            said.add(next);
            found = in(said, name, about);
        }
        return found;
    }

    private static Message in(List<Message> said, String name, String about) {
        return said.stream()
                .filter(message -> name.equals(message.name()) && message.data().contains(about))
                .findFirst()
                .orElse(null);
    }

    @Test
    void allThatIsOpenComesFirstAndThenWhatBecomesOfIt() {
        fails("t", "disk full");
        try (EventSource source = EventSource.open(ledger.port(), "/api/incidents/stream")) {
            assertThat(source.status()).contains("200");
            Message first = source.next();
            assertThat(first.name()).isEqualTo("incidents");
            assertThat(withoutTrend(json(first).at("/items/0")))
                    .as("the incident's JSON is the same everywhere")
                    .isEqualTo(withoutTrend(
                            ledger.get("/api/incidents?open=true").json().at("/items/0")));
            assertThat(json(first).path("open").asLong()).isEqualTo(1);

            List<Message> said = new ArrayList<>();
            fails("u", "another cause");
            Message opened = said(source, said, "opened", "another cause");
            assertThat(json(opened).path("cause").asString()).isEqualTo("another cause");
            assertThat(json(opened).path("status").asString()).isEqualTo("new");
            assertThat(json(said(source, said, "raised", "another cause"))
                            .path("rule")
                            .asString())
                    .isEqualTo("broken");

            again("u", "another cause");
            said(source, said, "changed", "\"count\":2");

            ledger.post("/api/tasks/u/start", "{\"agentId\":\"a\"}");
            ledger.post("/api/tasks/u/complete", "{}");
            Message closed = said(source, said, "closed", "another cause");
            assertThat(json(closed).path("id")).isEqualTo(json(opened).path("id"));
            assertThat(json(closed).path("status").asString()).isEqualTo("recovered");
            assertThat(Long.parseLong(closed.id())).isGreaterThan(Long.parseLong(opened.id()));
            said(source, said, "cleared", "another cause");

            try (EventSource later =
                    EventSource.open(ledger.port(), "/api/incidents/stream", "Last-Event-ID", closed.id())) {
                Message whole = later.next();
                assertThat(whole.name())
                        .as("whoever comes again begins with all")
                        .isEqualTo("incidents");
                assertThat(json(whole).path("items")).hasSize(1);
            }
        }
    }

    private static JsonNode withoutTrend(JsonNode incident) {
        return ((ObjectNode) incident).without("trend");
    }

    @Test
    void aHeartbeatSaysThatBothSidesAreThereAndPlacesAreLimited() throws Exception {
        List<EventSource> sources = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                sources.add(EventSource.open(ledger.port(), i < 3 ? "/api/incidents/stream" : ""));
            }
            EventSource one = sources.get(0);
            assertThat(one.next().name()).isEqualTo("incidents");
            assertThat(one.line()).isEqualTo(":");
            assertThat(ledger.get("/api/incidents/stream").status())
                    .as("places are those of all streams")
                    .isEqualTo(503);
        } finally {
            sources.forEach(EventSource::close);
        }
        assertThat(ledger.get("/api/incidents/stream?swarmId=x").status()).isEqualTo(400);
    }
}
