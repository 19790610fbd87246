package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** From a failure to its cause, in one click. */
class FailuresTest {

    @Test
    void alikeFailuresAreOneRowThatLeadsToTheTraceOfTheLast() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            Demo.play(ledger);
            browser.go("/failures").awaitLive();
            assertThat(browser.text("#failures")).contains("task:failed", "Context window exceeded");
            assertThat(browser.all("#failures tbody tr").size()).isLessThan(20);
            browser.awaitText("#differences", "attempts at tasks that ended");
            browser.checkAccessible().picture("failures");

            browser.find("#failures tr", "task:failed")
                    .findElement(By.linkText("Trace"))
                    .click();
            browser.until("the trace", () -> browser.address().startsWith("/trace/"));
            assertThat(browser.all(".before .step.recorded")).isNotEmpty();
            assertThat(browser.text("#as-text")).contains("STEP", "task:failed", "recorded");
            assertThat((String) browser.script("return document.title")).startsWith("task:failed of ");
            assertThat(browser.all(".before .step-card .line.said")).isNotEmpty();
            browser.checkAccessible().picture("trace");

            browser.awaitText("#suspects", "All suspects");
            browser.checkAccessible();
            browser.find("#suspects a", "All suspects").click();
            browser.until("the suspects", () -> browser.address().startsWith("/suspects?taskId="));
            assertThat(browser.text("#steps")).contains("task:failed", "at-work");
            browser.checkAccessible();
            browser.go("/attempts?outcome=failed").checkAccessible();
            browser.find("#attempts a", "failed").click();
            browser.until("the trace", () -> browser.address().startsWith("/trace/"));

            browser.find(".before .step-card a").click();
            browser.until("another trace", () -> !browser.all(".after .step").isEmpty());
        }
    }

    @Test
    void aStackKeepsItsLines() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            ledger.post("/api/agents", "{\"agentId\":\"a\",\"role\":\"coder\"}");
            ledger.post("/api/agents/a/fail", "{\"error\":\"one\\ntwo\",\"stack\":\"at here\\nat there\"}");
            browser.go("/trace/" + idOf(ledger, "agent:failed"));
            assertThat(browser.text(".focus .strong")).isEqualTo("one\ntwo");
            browser.find(".focus summary", "Stack").click();
            assertThat(browser.text(".focus pre")).isEqualTo("at here\nat there");
        }
    }

    @Test
    void whereNothingFailedThePageSaysSo() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            browser.go("/failures");
            assertThat(browser.text("#failures")).contains("Nothing failed");
        }
    }

    @Test
    void aLinkThatIsInferredNamesItsRuleAndOneThatIsNotKnownIsAGap() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            ledger.post("/api/tasks", "{\"taskId\":\"t\",\"title\":\"Build it\"}");
            ledger.post("/api/tasks/t/queue", "{}");
            browser.go("/trace?id=" + idOf(ledger, "task:queued"));
            assertThat(browser.text(".before .step.inferred")).contains("inferred: same task");

            ledger.post("/api/agents", "{\"agentId\":\"a\",\"role\":\"coder\"}");
            ledger.post("/api/agents/a/fail", "{\"error\":\"no memory\"}");
            browser.go("/trace/" + idOf(ledger, "agent:failed"));
            assertThat(browser.text(".before .step.unknown")).contains("Not known: it names no cause");
        }
    }

    private static String idOf(HttpLedger ledger, String type) {
        return ledger.get("/api/events?type=" + type)
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
    }
}
