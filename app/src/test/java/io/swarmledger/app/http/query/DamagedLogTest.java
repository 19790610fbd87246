package io.swarmledger.app.http.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.log.sqlite.LogFile;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a damaged log cannot answer is an error that says where; the rest is answered. */
class DamagedLogTest {

    @Test
    void anEventThatCannotBeReadIsNamed() throws Exception {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            ledger.post("/api/agents", "{\"agentId\":\"whole\"}");
            Answer broken = ledger.post("/api/agents", "{\"agentId\":\"broken\",\"role\":\"coder\"}");
            String id = broken.json().get("id").stringValue();
            tamper(
                    ledger,
                    "UPDATE DomainEventEntry SET payload = '{\"agentId\":' WHERE eventIdentifier = '" + id + "'");

            Answer state = ledger.get("/api/aggregates/broken/state");

            assertThat(state.status()).isEqualTo(500);
            assertThat(state.json().get("type").stringValue()).isEqualTo("urn:swarm-ledger:problem:unreadable-event");
            assertThat(state.json().get("detail").stringValue()).contains("agent:spawned", id);
            assertThat(ledger.get("/api/aggregates/whole/state").status()).isEqualTo(200);
            Answer event = ledger.get("/api/events/" + id);
            assertThat(event.status()).isEqualTo(200);
            assertThat(event.json().get("payload").stringValue())
                    .as("the text that is there")
                    .isEqualTo("{\"agentId\":");
        }
    }

    private static void tamper(HttpLedger ledger, String sql) throws Exception {
        ledger.bean(LogFile.class).writer().transact((connection, next) -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }
}
