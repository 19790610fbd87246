package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.view.Rows;
import io.swarmledger.app.wiring.TestLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** In all more than the memory that the service has, of one aggregate and of many. */
@DisplayName("R2 dead letters that are large")
@TestMethodOrder(OrderAnnotation.class)
class R02LargeDeadLettersTest {

    private static final String LETTERS = "/api/projections/agent-state/dead-letters";
    private static final int OF_ONE = 200;
    private static final int OF_OTHERS = 100;
    private static final String TEXT = "y".repeat(900_000);

    @TempDir
    static Path directory;

    private static ServiceProcess service;
    private static PatientClient client;

    @BeforeAll
    static void serve() throws Exception {
        try (TestLedger ledger = TestLedger.in(directory)) {
            Rows rows = new Rows();
            append(ledger, List.of(rows.next("sick", "agent:spawned", "{}")));
            for (int from = 0; from < OF_ONE; from += 20) {
                append(ledger, poison(rows, IntStream.range(0, 20).mapToObj(i -> "sick")));
            }
            for (int from = 0; from < OF_OTHERS; from += 20) {
                append(ledger, poison(rows, IntStream.range(from, from + 20).mapToObj(i -> "other-" + i)));
            }
        }
        service = ServiceProcess.on(directory, "-Xmx256m");
        client = new PatientClient(service);
    }

    @AfterAll
    static void end() {
        service.close();
    }

    private static List<EventRow> poison(Rows rows, Stream<String> agents) {
        return agents.map(agent ->
                        rows.next(agent, "agent:started", "{\"startedAt\":\"soon\",\"note\":\"" + TEXT + "\"}"))
                .toList();
    }

    private static void append(TestLedger ledger, List<EventRow> events) throws Exception {
        ledger.log().writer().append(events);
        ledger.caughtUp();
    }

    @Test
    @Order(1)
    void eachIsOnSomePage() {
        List<JsonNode> letters = client.walk(LETTERS + "?limit=1000", page -> page);

        assertThat(letters)
                .hasSize(OF_ONE + OF_OTHERS)
                .extracting(letter -> letter.get("id").stringValue())
                .doesNotHaveDuplicates();
        assertThat(letters.get(0).at("/event/payload/note").stringValue()).hasSize(TEXT.length());
        assertThat(client.json(LETTERS + "?limit=1000").get("total").asInt()).isEqualTo(letters.size());
        client.assertAlive();
    }

    @Test
    @Order(2)
    void manyWhoAskAtOnceAreAnsweredOrToldToComeAgain() {
        client.askAtOnce(LETTERS + "?limit=1000", 16);
        client.askAtOnce("/operations?letters=agent-state", 16);
        client.assertAlive();
    }

    @Test
    @Order(3)
    void theyAreTriedAgainAndDiscarded() {
        List<String> ids = new ArrayList<>();
        client.walk(LETTERS + "?limit=1000", page -> page)
                .forEach(letter -> ids.add(letter.get("id").stringValue()));
        String lastOfOne = LETTERS + "/" + ids.get(OF_ONE - 1);
        String last = LETTERS + "/" + ids.get(ids.size() - 1);

        assertThat(client.send("DELETE", lastOfOne).statusCode()).isEqualTo(204);
        assertThat(client.send("DELETE", lastOfOne).statusCode()).isEqualTo(404);
        assertThat(client.send("POST", last + "/retry").body()).contains("\"applied\":0", "\"remaining\":1");
        String followed = client.send("POST", LETTERS + "/retry")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        Awaitility.await().atMost(90, TimeUnit.SECONDS).untilAsserted(() -> assertThat(
                        client.json(followed).get("state").stringValue())
                .isEqualTo("done"));

        assertThat(client.json(LETTERS + "?limit=1").get("total").asInt()).isEqualTo(OF_ONE + OF_OTHERS - 1);
        client.assertAlive();
    }
}
