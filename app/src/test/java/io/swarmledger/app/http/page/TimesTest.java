package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** One zone on a screen: that of the tables is that of the charts, and of what is typed. */
class TimesTest {

    private static HttpLedger ledger;
    private static Browser browser;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
        observe("task:created", 1_767_517_200_250L, "{\"title\":\"Long since\"}");
        observe("task:started", 1_767_517_230_000L, "{\"agentId\":\"a\"}");
        observe("task:completed", 1_767_517_800_000L, "{}");
        browser = Browser.at(ledger);
    }

    private static void observe(String type, long at, String payload) {
        assertThat(ledger.post(
                                "/api/events?mode=observe",
                                "{\"type\":\"" + type + "\",\"aggregateId\":\"t-1\",\"timestamp\":" + at
                                        + ",\"payload\":" + payload + "}")
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        ledger.close();
    }

    @BeforeEach
    void forget() {
        browser.go("/events");
        shownIn("UTC");
    }

    private static void shownIn(String times) {
        browser.script("document.cookie = 'swarm-ledger-times=' + arguments[0] + '; path=/'", times);
    }

    private static String firstTime() {
        return browser.go("/events?order=asc").find("#events tbody time").getText();
    }

    @Test
    void ofWhatIsListedTheTimeIsShownAndItsAgeBeside() {
        assertThat(firstTime()).isEqualTo("2026-01-04 09:00:00");
        assertThat(browser.find("#events tbody time").getDomAttribute("title"))
                .startsWith("2026-01-04 09:00:00.250 UTC, ")
                .endsWith(" ago");
        assertThat(browser.text("#times")).isEqualTo("UTC");
    }

    @Test
    void allOfAPageIsInTheZoneThatWasChosen() {
        shownIn("Europe.Berlin");
        assertThat(firstTime()).isEqualTo("2026-01-04 10:00:00");
        assertThat(browser.find("#events tbody time").getDomAttribute("title")).contains("2026-01-04 10:00:00.250 CET");
        assertThat(browser.text("#times")).isEqualTo("Berlin");
        assertThat(browser.script("return document.body.dataset.zone")).isEqualTo("Europe/Berlin");

        browser.find("[name=before]").sendKeys("2026-01-04 10:05", Keys.ENTER);
        browser.until("the filter", () -> browser.address().contains("before=2026-01-04T09%3A05"));
        assertThat(browser.all("#events tr[data-row]")).hasSize(2);
    }

    @Test
    void aDrawingHasTheTimesOfTheTableBeneathIt() {
        for (String[] zone : new String[][] {{"UTC", "09:00:00"}, {"America.New_York", "04:00:00"}}) {
            shownIn(zone[0]);
            browser.go("/tasks").awaitLive();
            assertThat(browser.text("#table")).contains("2026-01-04 " + zone[1]);
            assertThat((String) browser.script(
                            "return import('/assets/zone.js').then(zone => zone.written(Date.UTC(2026, 0, 4, 9)))"))
                    .isEqualTo("2026-01-04T" + zone[1] + ".000");
        }
    }

    @Test
    void theButtonLeadsFromOneToTheNextAndBack() {
        browser.go("/events?order=asc").awaitLive().find("#times").click();
        browser.until("ages", () -> browser.text("#events tbody").contains(" ago"));
        assertThat(browser.text("#times")).isEqualTo("ago");
        browser.awaitLive().find("#times").click();
        browser.until("times", () -> !browser.text("#events tbody").contains(" ago"));
        assertThat(browser.text("#times")).isEqualTo("UTC");
    }

    @Test
    void whatIsNoZoneIsTakenForNone() {
        shownIn("Nowhere.At_All");
        assertThat(firstTime()).isEqualTo("2026-01-04 09:00:00");
    }
}
