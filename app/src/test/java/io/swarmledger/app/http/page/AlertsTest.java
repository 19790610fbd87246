package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.alert.Alerts;
import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules have raised, on the pages and in a terminal, and that nobody could be told of it. */
class AlertsTest {

    private static final String RULES = "swarm-ledger.alerts.rules";

    @TempDir
    private Path directory;

    private static void post(HttpLedger ledger, String path, String body) {
        Answer answer = ledger.post(path, body);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
    }

    @Test
    void areSeenWithTheirRuleAndSinceWhen() {
        try (HttpLedger ledger = HttpLedger.in(
                        directory,
                        RULES + "[0].name=nobody-mends-it",
                        RULES + "[0].on=failures",
                        RULES + "[1].name=too-dear",
                        RULES + "[1].on=cost",
                        RULES + "[1].threshold=25",
                        RULES + "[2].name=patient",
                        RULES + "[2].on=incident",
                        RULES + "[2].for=2h",
                        "swarm-ledger.alerts.webhook.url=http://127.0.0.1:1/T0KEN",
                        "swarm-ledger.alerts.webhook.secret=a secret that nobody guesses");
                Browser browser = Browser.at(ledger)) {
            post(ledger, "/api/swarms", "{\"swarmId\":\"swarm\",\"topology\":\"mesh\",\"maxAgents\":5}");
            post(ledger, "/api/agents", "{\"agentId\":\"a\",\"role\":\"coder\"}");
            post(ledger, "/api/tasks", "{\"taskId\":\"t\",\"title\":\"T\"}");
            post(ledger, "/api/tasks/t/start", "{\"agentId\":\"a\"}");
            post(ledger, "/api/tasks/t/fail", "{\"error\":\"disk full\"}");
            Alerts alerts = ledger.bean(Alerts.class);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> alerts.delivery().orElseThrow().fault() != null);

            Result told = Terminal.run("incidents", "--data", directory);
            assertThat(told.exitCode()).isEqualTo(1);
            assertThat(told.out()).contains("RAISED BY", "nobody-mends-it");
            assertThat(Terminal.run("incidents", "--rule", "circle", "--data", directory)
                            .exitCode())
                    .as("none of that kind is open or raised")
                    .isZero();

            browser.go("/").awaitLive();
            browser.find("#incidents li", "raised by nobody-mends-it");
            assertThat(browser.all("#alerts li")).as("told once").isEmpty();
            browser.checkAccessible().picture("alerts");
            browser.find("#incidents a", "Look into it").click();
            browser.awaitText("#incident", "nobody-mends-it");
            browser.checkAccessible();

            browser.go("/operations").awaitLive();
            assertThat(browser.text("#rules")).contains("too-dear", "patient", "2 h", "raised", "holds", "25");
            browser.awaitText("#rules", "it cannot be reached");
            assertThat(browser.text("#rules")).contains("http://127.0.0.1:1").doesNotContain("T0KEN");
            browser.checkAccessible().picture("rules");

            post(ledger, "/api/tasks/t/start", "{\"agentId\":\"a\"}");
            post(ledger, "/api/tasks/t/complete", "{}");
            browser.go("/").awaitLive();
            browser.awaitText("#attention-swarms", "Nothing does");
            assertThat(browser.all("#alerts li")).isEmpty();
        }
    }
}
