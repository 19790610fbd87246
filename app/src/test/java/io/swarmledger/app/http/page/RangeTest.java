package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WrapsDriver;
import org.openqa.selenium.interactions.Actions;

/** The time that is looked at: in the bar of every page, in the address, and said of each page what it limits. */
class RangeTest {

    /** 2026-01-04 09:00 UTC. */
    private static final long THEN = 1_767_517_200_000L;

    private static final long MINUTE = 60_000;

    private static HttpLedger ledger;
    private Browser browser;

    @BeforeAll
    static void tell() {
        ledger = HttpLedger.inMemory();
        observe("swarm:initialized", "old", "old", THEN, "\"topology\":\"mesh\"");
        observe("agent:spawned", "a-old", "old", THEN, "\"role\":\"coder\"");
        observe("agent:spawned", "a-gone", "old", THEN, "\"role\":\"coder\"");
        observe("agent:stopped", "a-gone", "old", THEN + MINUTE, "\"reason\":\"done\"");
        observe("task:created", "t-old", "old", THEN + MINUTE, "\"title\":\"Old work\"");
        observe("task:started", "t-old", "old", THEN + 2 * MINUTE, "\"agentId\":\"a-old\"");
        observe("task:failed", "t-old", "old", THEN + 5 * MINUTE, "\"error\":\"old trouble\"");
        observe("task:created", "t-mid", "old", THEN + 60 * MINUTE, "\"title\":\"Middle work\"");
        observe("task:failed", "t-mid", "old", THEN + 61 * MINUTE, "\"error\":\"middle trouble\"");
        long now = System.currentTimeMillis();
        observe("swarm:initialized", "new", "new", now - MINUTE, "\"topology\":\"mesh\"");
        observe("agent:spawned", "a-new", "new", now - MINUTE, "\"role\":\"coder\"");
        observe("task:created", "t-new", "new", now - MINUTE, "\"title\":\"New work\"");
        observe("task:failed", "t-new", "new", now - MINUTE / 2, "\"error\":\"new trouble\"");
        ledger.get("/api/tasks?minPosition=13");
    }

    private static void observe(String type, String id, String swarm, long at, String payload) {
        assertThat(ledger.post(
                                "/api/events?mode=observe",
                                "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"timestamp\":" + at
                                        + ",\"payload\":{" + payload + "},\"metadata\":{\"swarmId\":\"" + swarm
                                        + "\"}}")
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @BeforeEach
    void open() {
        browser = Browser.at(ledger);
    }

    @AfterEach
    void leave() {
        browser.close();
    }

    private void type(String after, String before) {
        browser.find("#range [name=after]").clear();
        browser.find("#range [name=after]").sendKeys(after);
        browser.find("#range [name=before]").clear();
        browser.find("#range [name=before]").sendKeys(before, Keys.ENTER);
    }

    private void goBefore(String path) {
        browser.go(path + (path.contains("?") ? "&" : "?") + "before=2026-01-04T09:30:00Z");
    }

    @Test
    void whatIsSetInTheBarStaysFromPageToPageUntilItIsTakenOff() {
        browser.go("/events?swarmId=old&q=trouble").awaitLive();
        type("2026-01-04 08:59", "2026-01-04 09:30");
        browser.until("the range", () -> browser.address().contains("before=2026-01-04T09%3A30"));
        for (String page : List.of(
                "Overview",
                "Incidents",
                "Failures",
                "Time machine",
                "Runs",
                "Tasks",
                "Agents",
                "Memory",
                "Operations",
                "Event log")) {
            browser.find(".doors a", page).click();
            browser.until(page, () -> page.equals(browser.text(".doors [aria-current]")));
            assertThat(browser.address())
                    .as(page)
                    .contains("after=2026-01-04T08%3A59", "before=2026-01-04T09%3A30", "swarmId=old", "q=trouble");
            assertThat(browser.find("#range [name=after]").getDomAttribute("value"))
                    .isEqualTo("2026-01-04 08:59");
            assertThat(browser.find("#search").getDomAttribute("value")).isEqualTo("trouble");
            assertThat(browser.text("#reach")).as(page).isNotBlank();
            assertThat(browser.text("#reach").contains("in the event log alone"))
                    .as(page)
                    .isEqualTo(!page.equals("Event log"));
            assertThat(browser.text(".scope").contains("but for this page"))
                    .as(page)
                    .isEqualTo(page.equals("Operations"));
            browser.awaitLive();
        }
        browser.find("#events tr[data-row]", "old trouble");
        assertThat(browser.text("#events")).doesNotContain("middle trouble");
        browser.find("#any-time").click();
        browser.find("#events tr[data-row]", "middle trouble");
        assertThat(browser.address()).doesNotContain("after", "before").contains("swarmId=old");
        assertThat(browser.all("#any-time")).isEmpty();
        assertThat(browser.text("#reach")).isEmpty();
    }

    @Test
    void whatIsSearchedForIsOfTheRange() {
        goBefore("/failures");
        browser.find("#search").sendKeys("trouble", Keys.ENTER);
        browser.find("#events tr[data-row]", "old");
        assertThat(browser.all("#events tr[data-row]")).hasSize(1);
    }

    @Test
    void whatCannotBeReadIsToldAtItsFieldOnWhateverPageItIs() {
        for (String page : List.of("/", "/incidents", "/failures?type=task:failed", "/tasks", "/operations")) {
            browser.go(page).awaitLive();
            type("soon", "10m");
            browser.until("told", () -> browser.address().contains("after=soon"));
            assertThat(browser.find("#range [name=after]").getDomAttribute("aria-invalid"))
                    .isEqualTo("true");
            assertThat(browser.find("#range [name=after]").getDomAttribute("value"))
                    .isEqualTo("soon");
            assertThat(browser.find("#range [name=before]").getDomAttribute("value"))
                    .isEqualTo("10m");
            assertThat(browser.text("#after-refused")).contains("yesterday 14:00", "UTC");
        }
        browser.go("/failures?type=task:failed&after=soon").checkAccessible();
        assertThat(browser.text("#failures")).contains("old trouble", "middle trouble", "new trouble");
        assertThat(browser.address()).contains("type=task");
        browser.go("/events?after=10m&before=1h");
        assertThat(browser.text("#before-refused")).contains("Not later than After");
        browser.find("#events tr[data-row]", "new trouble");
    }

    @Test
    void anAgeInAnAddressGoesOnWithTheTime() {
        browser.go("/events?after=10m").awaitLive();
        assertThat(browser.address()).endsWith("after=10m");
        browser.find("#events tr[data-row]", "new trouble");
        assertThat(browser.text("#events")).doesNotContain("old trouble");
        assertThat(browser.text("#reach")).contains("moves on", "Limits the events");
        assertThat(browser.find("#events .files a").getDomAttribute("href")).contains("after=20");
    }

    @Test
    void failuresAreOfTheRangeAndSoIsWhatDiffers() {
        goBefore("/failures");
        assertThat(browser.text("#failures")).contains("old trouble").doesNotContain("middle", "new trouble");
        browser.awaitText("#differences", "Of 1 attempts");
        browser.find("#differences a.number", "1").click();
        browser.find("#attempts tr[data-row]", "t-old");
        assertThat(browser.all("#attempts tr[data-row]")).hasSize(1);
        browser.go("/failures?before=2020-01-01");
        assertThat(browser.text("#failures")).contains("Nothing failed in this range");
        browser.find("#failures a", "Of any time").click();
        browser.awaitText("#failures", "new trouble");
    }

    @Test
    void incidentsAreOfTheRangeAndWhatElseIsOpenIsSaid() {
        goBefore("/incidents");
        assertThat(browser.text("#incidents .incidents"))
                .contains("old trouble")
                .doesNotContain("new trouble");
        assertThat(browser.text("#elsewhere")).contains("more are open now");
        browser.checkAccessible().find("#elsewhere a").click();
        browser.awaitText("#incidents", "new trouble");
        browser.go("/incidents?before=2020-01-01");
        assertThat(browser.text("#incidents")).contains("No incident in this range", "more are open now");
    }

    @Test
    void aRangeInThePastCalmsNobody() {
        for (String page : List.of("/", "/swarm?swarmId=new")) {
            browser.go(page + (page.contains("?") ? "&" : "?") + "before=2020-01-01")
                    .awaitLive()
                    .awaitAll();
            browser.awaitText("#incidents", "new trouble");
            assertThat(browser.all("[data-calm]")).isEmpty();
            assertThat(browser.text("#throughput")).contains("No event is of this range");
            assertThat(browser.text("#reach"))
                    .containsIgnoringCase("what needs attention")
                    .contains("of now");
        }
        goBefore("/");
        browser.awaitAll();
        assertThat(browser.text("#swarms")).containsPattern("2\\s+failed");
        assertThat(browser.script("return JSON.parse(document.getElementById('throughput').dataset.activity)"
                        + ".reduce((sum, bucket) => sum + bucket.failures, 0)"))
                .isEqualTo(1L);
        browser.checkAccessible();
    }

    @Test
    void aStoryIsOfTheRangeAndLinksToThingsKeepIt() {
        goBefore("/story?swarmId=old");
        assertThat(browser.text("main")).contains("old trouble").doesNotContain("middle trouble");
        browser.go("/failures?before=2026-01-04T09:30:00Z")
                .find("#failures a.message")
                .click();
        browser.until("the trace", () -> browser.address().startsWith("/trace/"));
        assertThat(browser.address()).endsWith("?before=2026-01-04T09%3A30%3A00Z");
        assertThat(browser.text("#reach")).contains("Does not limit this page");
        browser.find(".doors a", "Failures").click();
        browser.until("back", () -> browser.address().startsWith("/failures"));
        assertThat(browser.text("#failures")).doesNotContain("new trouble");
    }

    @Test
    void aStretchThatIsDrawnInAChartIsTheRange() {
        Map<String, String> charts = Map.of(
                "/", "#throughput .u-over",
                "/swarm?swarmId=old", "#throughput .u-over",
                "/tasks?swarmId=old", "#drawing[data-drawn=timeline] canvas",
                "/time?swarmId=old", "#scrub .u-over",
                "/run?swarmId=old", "#lanes svg");
        charts.forEach((page, chart) -> {
            browser.go(page).awaitLive().awaitAll();
            brush(browser.find(chart), page.startsWith("/time"));
            browser.until(
                    "the range of " + page,
                    () -> browser.address().contains("after=20")
                            && browser.address().contains("before=20"));
            assertThat(browser.address()).contains(page.substring(1).split("\\?")[0]);
            assertThat(browser.script("return document.querySelector('#range [name=after]').value"))
                    .as(page)
                    .asString()
                    .startsWith("20");
            assertThat(browser.script("return document.querySelector('[form=jump][name=after]').value"))
                    .as(page)
                    .asString()
                    .startsWith("20");
            assertThat(browser.find(".doors [data-key=e]").getDomAttribute("href"))
                    .as(page)
                    .contains("after=20", "before=20");
        });
        browser.find(".doors a", "Event log").click();
        browser.find("#any-time");
    }

    @Test
    void tasksAndAgentsAreThoseThatWereThereInTheRange() {
        goBefore("/tasks");
        assertThat(browser.text("#table")).contains("Old work").doesNotContain("Middle work", "New work");
        browser.awaitAll().awaitText("#statuses", "Of all time");
        browser.go("/tasks?after=2026-01-04T09:30:00Z&before=2026-01-05");
        assertThat(browser.text("#table")).contains("Middle work").doesNotContain("Old work", "New work");
        assertThat((Boolean) browser.script("return [...document.querySelectorAll('#table td time')].every(time =>"
                        + " time.getBoundingClientRect().right <= time.closest('td').getBoundingClientRect().right)"))
                .as("a date and its time stay in their column")
                .isTrue();
        browser.go("/tasks?before=2020-01-01");
        assertThat(browser.text("main")).contains("No task is like that in this range");

        goBefore("/agents");
        assertThat(browser.text("#agents")).contains("a-old").doesNotContain("a-new");
        browser.awaitAll().awaitText("#agent-counts", "Of all time");
        browser.go("/agents?after=10m").awaitLive().checkAccessible();
        // Nobody said that it was stopped: it is silent, and in trouble.
        assertThat(browser.text("#agents")).contains("a-new", "a-old").doesNotContain("a-gone");
        String file = browser.find("#agents .files a").getDomAttribute("href");
        assertThat(ledger.get(file).text()).contains("a-new", "a-old").doesNotContain("a-gone");
        assertThat(ledger.get("/api/tasks/export?before=2026-01-04T09:30:00Z").text())
                .contains("Old work")
                .doesNotContain("Middle work");
        observe("memory:stored", "m", "old", THEN, "\"namespace\":\"n\",\"key\":\"k\"");
        ledger.get("/api/memories?minPosition=14");
        assertThat(ledger.get("/memory?after=10m", "Accept", "text/html").text())
                .contains("/api/memories/export?format=csv");
    }

    private static void brush(WebElement chart, boolean isWithShift) {
        Actions drag = new Actions(((WrapsDriver) chart).getWrappedDriver());
        int quarter = chart.getSize().getWidth() / 4;
        if (isWithShift) {
            drag.keyDown(Keys.SHIFT);
        }
        drag.moveToElement(chart, -quarter, 0)
                .clickAndHold()
                .moveToElement(chart, 0, 0)
                .moveToElement(chart, quarter, 0)
                .release();
        if (isWithShift) {
            drag.keyUp(Keys.SHIFT);
        }
        drag.perform();
    }
}
