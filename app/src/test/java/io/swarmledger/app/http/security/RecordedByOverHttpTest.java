package io.swarmledger.app.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caller says who caused an event; under which token it came the ledger says itself. */
class RecordedByOverHttpTest {

    @TempDir
    Path directory;

    private static String spawned(String agent) {
        return "{\"type\":\"agent:spawned\",\"aggregateId\":\"" + agent
                + "\",\"source\":\"somebody\",\"payload\":{\"role\":\"coder\"}}";
    }

    @Test
    void everyEventBearsTheNameOfTheTokenUnderWhichItCame() {
        TokenFile tokens = new TokenFile(new LedgerFiles(directory));
        String writer = "Bearer " + tokens.create("walter", Role.writer, Clock.systemUTC());
        String other = "Bearer " + tokens.create("wilma", Role.writer, Clock.systemUTC());
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            Answer one = ledger.post("/api/events", spawned("one"), "Authorization", writer);
            assertThat(one.status()).as(one.text()).isEqualTo(201);
            assertThat(ledger.post("/api/events", spawned("two"), "Authorization", other)
                            .status())
                    .isEqualTo(201);
            String lines =
                    IntStream.range(0, 300).mapToObj(i -> spawned("line-" + i)).collect(Collectors.joining("\n"));
            Answer many = ledger.send(
                    ledger.request("/api/events", "Authorization", writer, "Content-Type", "application/x-ndjson")
                            .POST(BodyPublishers.ofString(lines)));
            assertThat(many.text().lines()).hasSize(300);

            assertThat(ledger.get("/api/events?limit=1000", "Authorization", writer)
                            .json()
                            .get("items"))
                    .hasSize(302)
                    .allSatisfy(event -> {
                        assertThat(event.get("source").asString()).isEqualTo("somebody");
                        assertThat(event.get("recordedBy").asString())
                                .isEqualTo(event.get("aggregateId").asString().equals("two") ? "wilma" : "walter");
                    });
        }
    }

    @Test
    void nobodyRecordsUnderAnothersName() {
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            String forged = "{\"type\":\"agent:spawned\",\"aggregateId\":\"a\",\"payload\":{\"role\":\"coder\"},"
                    + "\"metadata\":{\"ledger.recordedBy\":\"olga\"}}";
            assertThat(ledger.post("/api/events", forged).status()).isEqualTo(400);
            ledger.post("/api/events", spawned("b"));
            assertThat(ledger.get("/api/events").json().get("items")).hasSize(1).allSatisfy(event -> assertThat(
                            event.get("recordedBy").isNull())
                    .isTrue());
        }
    }
}
