package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SwarmPageTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void tell() {
        ledger = HttpLedger.inMemory();
        String events = List.of(
                        event("ill", "swarm:initialized", "ill", "\"topology\":\"mesh\",\"maxAgents\":5"),
                        event("ill", "agent:spawned", "agent-1", "\"role\":\"coder\""),
                        event("ill", "task:created", "task-1", "\"title\":\"Write it\""),
                        event("ill", "task:created", "task-2", "\"title\":\"Leave it\""),
                        event("ill", "task:cancelled", "task-2", "\"reason\":\"not needed\""),
                        event("ill", "task:started", "task-1", "\"agentId\":\"agent-1\""),
                        event(
                                "ill",
                                "agent:model-called",
                                "agent-1",
                                "\"model\":\"sonnet\",\"callId\":\"m1\",\"inputTokens\":1200,\"outputTokens\":34,"
                                        + "\"costUsd\":0.5,\"duration\":900"),
                        event("ill", "task:failed", "task-1", "\"error\":\"invalid x-api-key\""),
                        event("well", "swarm:initialized", "well", "\"topology\":\"ring\""),
                        event("well", "agent:spawned", "agent-2", "\"role\":\"tester\""),
                        event("stray", "task:created", "task-3", "\"title\":\"Of no swarm that began\""))
                .stream()
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(ledger.post("/api/events?mode=observe", events).status()).isEqualTo(201);
    }

    private static String event(String swarm, String type, String id, String payload) {
        return "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"payload\":{" + payload
                + "},\"metadata\":{\"swarmId\":\"" + swarm + "\"}}";
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void aSwarmSaysHowItStandsWhatIsWrongAndWhatItCost() {
        try (Browser browser = Browser.at(ledger).go("/").awaitAll()) {
            browser.find("#swarms h3 a", "ill").click();
            browser.awaitText("h1", "Swarm ill");
            browser.awaitAll();
            assertThat(browser.address()).isEqualTo("/swarm?swarmId=ill");
            assertThat(browser.text("#swarm"))
                    .contains("mesh, at most 5 agents", "1\nfailed", "1\ncancelled", "1\nidle");
            assertThat(browser.text("#incidents")).contains("invalid x-api-key").doesNotContain("Nothing does.");
            assertThat(browser.text("#usage")).contains("agent-1", "sonnet", "$0.50", "900 ms");
            browser.checkAccessible().picture("swarm");

            browser.find("nav.doors a", "Tasks").click();
            browser.until("its tasks", () -> browser.all("#table tbody tr").size() == 2);
            browser.find(".scope a", "ill").click();
            browser.awaitText("h1", "Swarm ill");
        }
    }

    @Test
    void aHealthySwarmIsCalmWhateverIsWrongInAnother() {
        try (Browser browser = Browser.at(ledger).go("/swarm?swarmId=well").awaitAll()) {
            assertThat(browser.text("#incidents")).isEqualTo("Nothing does.");
        }
    }

    @Test
    void aSwarmThatNeverBeganSaysSo() {
        try (Browser browser = Browser.at(ledger).go("/swarm?swarmId=stray").awaitAll()) {
            assertThat(browser.text("#swarm")).contains("It was never initialized", "1\npending");
            browser.checkAccessible();
        }
        assertThat(ledger.get("/swarm").status()).isEqualTo(400);
    }
}
