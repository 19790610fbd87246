package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class EventLogTest {

    private HttpLedger ledger;
    private Browser browser;

    @BeforeEach
    void open() {
        ledger = HttpLedger.inMemory();
        browser = Browser.at(ledger);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        ledger.close();
    }

    private void spawn(String agent) {
        assertThat(ledger.post("/api/agents", "{\"agentId\":\"" + agent + "\",\"role\":\"coder\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theTailIsFollowedHeldStillAndGoneOnWith() {
        spawn("one");
        browser.go("/events").awaitLive();
        spawn("two");
        browser.find("#events tr[data-row]", "two");

        browser.find("#pause").click();
        spawn("three");
        spawn("four");
        browser.awaitText("#new", "2 new");
        assertThat(browser.text("#events")).doesNotContain("three");

        browser.find("#new").click();
        browser.find("#events tr[data-row]", "four");
        assertThat(browser.find("#new").isDisplayed()).isFalse();
    }

    @Test
    void aTimeIsTakenAsPeopleTypeItAndWhatIsNoneIsSaidAtTheField() {
        spawn("one");
        browser.go("/events?type=agent:spawned").awaitLive();
        browser.find("[name=after]").sendKeys("soon", Keys.ENTER);
        browser.awaitText("#after-refused", "yesterday 14:00");
        assertThat(browser.find("[name=after]").getDomAttribute("value")).isEqualTo("soon");
        assertThat(browser.address()).contains("type=agent");

        browser.find("[name=after]").clear();
        browser.find("[name=after]").sendKeys("10m", Keys.ENTER);
        browser.until("the filter", () -> browser.address().contains("after=10m"));
        browser.find("#events tr[data-row]", "one");
        browser.find("[name=after]").clear();
        browser.find("[name=before]").sendKeys("2026-01-04 10:00", Keys.ENTER);
        browser.until("the filter", () -> browser.address().contains("before=2026-01-04T10%3A00"));
        assertThat(browser.text("#events")).contains("No such event");
    }

    @Test
    void anEventIsOpenedWithItsLinksAndTheAddressSaysWhich() {
        Demo.play(ledger);
        browser.go("/events?type=task:completed");
        browser.find("#events tr[data-row] td.payload").click();
        browser.find("#json");
        assertThat(browser.address()).contains("type=task:completed".replace(":", "%3A"), "event=");
        assertThat(browser.text("#json")).contains("\"type\" : \"task:completed\"", "\"causationId\"");
        browser.checkAccessible().picture("events");

        browser.find(".opened a", "Causes and effects").click();
        browser.until("the trace", () -> browser.address().startsWith("/trace/"));
    }

    @Test
    void whatIsWrittenInTheSearchIsFoundByIdTypeOrPosition() {
        spawn("one");
        browser.go("/").press("/");
        browser.press("one", Keys.ENTER);
        browser.until("the aggregate", () -> browser.address().equals("/events?aggregateId=one"));

        browser.press("/");
        browser.press("agent:spawned", Keys.ENTER);
        browser.until("the type", () -> browser.address().startsWith("/events?type="));

        browser.press("/");
        browser.press("#1", Keys.ENTER);
        browser.until("the position", () -> browser.address().contains("afterPosition=0"));

        browser.press("/");
        browser.press("nobody", Keys.ENTER);
        browser.awaitText("#events", "No such event");
        assertThat(browser.text(".found")).contains("nobody");
        assertThat(browser.script("return document.querySelector('.filters [name=q]').value"))
                .isEqualTo("nobody");
    }

    @Test
    void whatIsWrittenInTheSearchIsFoundByItsWordsAndLit() {
        spawn("one");
        assertThat(ledger.post(
                                "/api/tasks",
                                "{\"taskId\":\"t-1\",\"taskType\":\"fix\",\"title\":\"Fix the <b>rate</b> limiter\"}")
                        .status())
                .isEqualTo(201);
        assertThat(ledger.post("/api/tasks/t-1/fail", "{\"error\":\"429 Rate Limit exceeded\"}")
                        .status())
                .isEqualTo(200);
        ledger.get("/api/search?q=rate&minPosition=3");

        browser.go("/").press("/");
        browser.press("rate limit", Keys.ENTER);
        browser.find("#events mark", "Limit");
        assertThat(browser.all("#events tr[data-row]")).hasSize(2);
        assertThat(browser.text("#events")).contains("title", "Fix the <b>rate</b> limiter", "error");
        browser.checkAccessible().picture("search");

        browser.find("[name=failures]").click();
        browser.find(".filters button", "Show").click();
        browser.until(
                "failures alone", () -> browser.all("#events tr[data-row]").size() == 1);
        assertThat(browser.address()).contains("q=rate", "failures=true");
        assertThat(browser.text(".found")).contains("up to #3");

        browser.go("/events?q=-rate");
        assertThat(browser.text("#q-refused")).contains("only what is not to be there");
        assertThat(browser.script("return document.querySelector('.filters [name=q]').value"))
                .isEqualTo("-rate");
    }

    @Test
    void aPageOfTheListStaysWhatItIsWhileEventsCome() {
        for (int number = 1; number <= 60; number++) {
            spawn("agent-" + number);
        }
        browser.go("/events").awaitLive();
        browser.find("a[rel=next]").click();
        browser.until("the second page", () -> browser.address().contains("cursor="));
        String before = browser.text("#events tbody");
        spawn("late");
        browser.go(browser.address()).awaitLive();
        assertThat(browser.text("#events tbody").replaceAll("\\S+ (ms|s|min)( \\d+ s)? ago", ""))
                .isEqualTo(before.replaceAll("\\S+ (ms|s|min)( \\d+ s)? ago", ""))
                .contains("agent-10")
                .doesNotContain("late");
    }
}
