package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import tools.jackson.databind.JsonNode;

/** From the front page to the cause, to the moment before it, and to somebody who knows of it. */
class IncidentsTest {

    private static final double MINUTE = 60_000;

    private final List<String> events = new ArrayList<>();
    private final double now = System.currentTimeMillis();

    private void happened(double minutesAgo, String id, String type, String payload) {
        events.add(
                "{\"type\":\"%s\",\"aggregateId\":\"%s\",\"timestamp\":%.0f,\"payload\":{%s},\"metadata\":{\"swarmId\":\"nightly\"}}"
                        .formatted(type, id, now - minutesAgo * MINUTE, payload));
    }

    private void append(HttpLedger ledger) {
        Answer answer = ledger.post("/api/events?mode=observe", "[" + String.join(",", events) + "]");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        events.clear();
        Demo.awaitViews(ledger);
    }

    /** An agent has been silent for 55 minutes over its task, while others speak; one cause failed eight times. */
    @Test
    void theFrontPageNamesTheCauseAndLeadsToTheMomentBefore() {
        happened(90, "nightly", "swarm:initialized", "\"topology\":\"mesh\",\"maxAgents\":5");
        happened(60, "silent", "agent:spawned", "\"role\":\"coder\"");
        happened(60, "held", "task:created", "\"title\":\"Held\"");
        happened(55, "silent", "agent:task-assigned", "\"taskId\":\"held\"");
        happened(55, "held", "task:started", "\"agentId\":\"silent\"");
        for (int i = 0; i < 8; i++) {
            happened(9, "r" + i, "task:created", "\"title\":\"R\"");
            happened(8, "r" + i, "task:failed", "\"error\":\"Rate limited (429), request req_220e4" + i + "\"");
        }
        happened(7, "waits", "task:created", "\"title\":\"W\",\"dependencies\":[\"r7\"]");
        happened(1, "speaks", "agent:spawned", "\"role\":\"tester\"");
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            append(ledger);
            browser.go("/").awaitLive();
            browser.find("#incidents li", "Nothing is heard of silent, which works on held");
            browser.find("#incidents li", "8 × Rate limited (429), request <id>");
            assertThat(browser.all("#incidents li")).hasSize(2);
            assertThat(browser.text("main")).doesNotContain("Nothing does");
            browser.checkAccessible();

            browser.find("#incidents li", "8 × Rate limited")
                    .findElement(By.cssSelector("a"))
                    .click();
            browser.awaitText("#incident", "Blocked by it now");
            assertThat(browser.text("#incident")).contains("waits", "8, 0 recovered");
            browser.checkAccessible().picture("incident");
            String before = browser.find("#incident a", "The moment before").getAttribute("href");
            JsonNode incident = ledger.get("/api/incidents?rule=failure").json().at("/items/0");
            assertThat(before)
                    .endsWith("/time?position=" + (incident.at("/last/position").longValue() - 1));

            browser.find("#note").sendKeys("asked for a higher limit");
            browser.find("#incident form button").click();
            browser.awaitText("#incident", "asked for a higher limit");
            assertThat(browser.text("#incident")).contains("acknowledged");
            browser.go("/").awaitLive();
            browser.find("#incidents li", "Nothing is heard of silent");
            assertThat(browser.all("#incidents li")).hasSize(1);

            happened(0, "r8", "task:created", "\"title\":\"R\"");
            happened(0, "r8", "task:failed", "\"error\":\"Rate limited (429), request req_330e49\"");
            append(ledger);
            browser.find("#incidents li", "9 × Rate limited");
        }
    }

    @Test
    void aHealthySwarmIsGreenAndNothingElse() {
        happened(9, "nightly", "swarm:initialized", "\"topology\":\"mesh\",\"maxAgents\":5");
        happened(8, "a", "agent:spawned", "\"role\":\"coder\"");
        happened(8, "t", "task:created", "\"title\":\"T\"");
        happened(7, "a", "agent:task-assigned", "\"taskId\":\"t\"");
        happened(7, "t", "task:started", "\"agentId\":\"a\"");
        happened(6, "a", "agent:tool-called", "\"tool\":\"Bash\",\"error\":\"exit code 1\",\"taskId\":\"t\"");
        happened(5, "a", "agent:tool-called", "\"tool\":\"Bash\",\"taskId\":\"t\"");
        happened(4, "u", "task:created", "\"title\":\"U\",\"dependencies\":[\"t\"]");
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            append(ledger);
            browser.go("/").awaitLive();
            browser.awaitText("#attention-swarms", "Nothing does");
            assertThat(browser.all("#attention li, #incidents li, #attention-swarms li"))
                    .isEmpty();
            assertThat(browser.text("#attention-swarms")).contains("1 incident is over");
            browser.go("/incidents?show=open");
            assertThat(browser.text("#incidents")).contains("No incident");
            assertThat(ledger.get("/api/incidents/nope").status()).isEqualTo(404);
            assertThat(ledger.post("/api/incidents/nope/acknowledge", "{}").status())
                    .isEqualTo(404);
            assertThat(ledger.get("/api/incidents?rule=bad").status()).isEqualTo(422);
        }
    }
}
