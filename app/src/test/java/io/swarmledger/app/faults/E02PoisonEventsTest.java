package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.view.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of one letter and those behind it is in {@code DeadLettersTest} and {@code OperationsOverHttpTest}. */
@DisplayName("E2 poison events, more letters and sequences than Axon's queues take")
class E02PoisonEventsTest {

    private static final String LETTERS = "/api/projections/agent-state/dead-letters";

    /** Axon's queues are full at 1,024: then every batch would be refused and come again for ever. */
    private static final int MANY = 1_050;

    @Test
    void theyArePutAsideInOrderTheRestGoesOnAndEachIsRetriedOrDiscarded() throws Exception {
        Rows rows = new Rows();
        List<EventRow> events = new ArrayList<>();
        events.add(rows.next("many", "agent:spawned", "{}"));
        events.add(poison(rows, "many"));
        for (int i = 0; i < MANY; i++) {
            events.add(rows.next("many", "agent:task-completed", "{\"taskId\":\"task-" + i + "\"}"));
        }
        for (int i = 0; i < MANY; i++) {
            events.add(poison(rows, "one-of-many-" + i));
        }
        events.add(rows.next("last", "agent:spawned", "{}"));
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            ledger.bean(LogFile.class).writer().append(events);

            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            ledger.get("/api/agents/last").status())
                    .isEqualTo(200));
            JsonNode letters = ledger.get(LETTERS + "?limit=1000").json();
            assertThat(letters.path("total").asLong()).isEqualTo(1 + MANY + MANY);
            assertThat(letters.path("items").findValuesAsString("position").subList(0, 3))
                    .as("those of an aggregate in order")
                    .containsExactly("2", "3", "4");
            assertThat(ledger.get("/actuator/health").text()).contains("DEGRADED", "agent-state");

            JsonNode cause = letters.at("/items/0");
            String path = LETTERS + "/" + cause.path("id").asString();
            assertThat(ledger.post(path + "/retry", "").json().path("applied").asLong())
                    .as("it still cannot be applied")
                    .isZero();
            assertThat(ledger.send(ledger.request(path).DELETE()).status()).isEqualTo(204);
            String next = letters.at("/items/1/id").asString();
            assertThat(ledger.post(LETTERS + "/" + next + "/retry", "")
                            .json()
                            .path("applied")
                            .asLong())
                    .as("all that waited behind it")
                    .isEqualTo(MANY);
            assertThat(ledger.get("/api/agents/many").json().path("taskCount").asLong())
                    .isEqualTo(MANY);
            assertThat(ledger.get(LETTERS).json().path("total").asLong()).isEqualTo(MANY);
        }
    }

    private static EventRow poison(Rows rows, String agent) {
        return rows.next(agent, "agent:started", "{\"startedAt\":\"soon\"}");
    }
}
