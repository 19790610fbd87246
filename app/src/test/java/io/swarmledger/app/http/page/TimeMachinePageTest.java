package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.Positions;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import tools.jackson.databind.JsonNode;

/** Going back in time as a person does it: dragging, with keys, through links, by address. */
class TimeMachinePageTest {

    private static final String HOSTILE = "<script>document.title='taken'</script>\u202e{{x}}\u0007";

    private static HttpLedger ledger;

    @BeforeAll
    static void play() {
        ledger = HttpLedger.inMemory();
        new DemoSwarm(ledger.bean(CommandGateway.class), "", 40, 5, 1_767_517_200_000d, (done, all) -> {}).play();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static long head() {
        return ledger.bean(Positions.class).of(LedgerQuery.LOG);
    }

    private static Browser browser(String address) {
        return Browser.at(ledger).go(address).awaitLive();
    }

    private static long position(Browser browser) {
        return Long.parseLong(browser.find("#moment").getDomAttribute("data-position"));
    }

    private static void awaitPosition(Browser browser, long position) {
        browser.until("position " + position, () -> position(browser) == position);
    }

    @Test
    void thePastIsFramedAndSaysSoAndNowDoesNot() {
        try (Browser browser = browser("/time")) {
            assertThat(browser.text("#moment .where")).startsWith("now: #");
            assertThat(browser.all("#moment.past")).isEmpty();

            browser.find("#move-back").click();
            awaitPosition(browser, head() - 1);
            assertThat(browser.text("#moment .where strong"))
                    .matches("viewing the past: #[\\d\u2009]+, \\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
            browser.until("the address", () -> browser.address().equals("/time?position=" + (head() - 1)));

            browser.find("#move-now").click();
            browser.until("now", () -> browser.all("#moment.past").isEmpty());
            browser.until("the address", () -> browser.address().equals("/time"));
            browser.picture("time").checkAccessible();
        }
    }

    @Test
    void eachNumberOfAMomentOpensTheThingsThatItCountsThen() {
        try (Browser browser = browser("/time?position=200")) {
            assertThat(browser.all("#then header a.chip:not([href])")).isEmpty();
            assertThat(browser.all("#then header .number:not([href])")).isEmpty();
            for (String column : List.of("swarm", "agent", "memory")) {
                browser.go("/time?position=200").awaitLive();
                String chip = browser.text("#column-" + column + " .counts a");
                browser.find("#column-" + column + " .counts a").click();
                browser.until("the evidence", () -> browser.address().startsWith("/evidence?"));
                assertThat(browser.address()).contains("position=200");
                assertThat(browser.text("main")).contains("viewing the past: #200");
                assertThat(browser.all("tbody tr")).hasSize(Integer.parseInt(chip.split(" ")[0]));
            }
            browser.go("/evidence?type=agent&field=status&status=idle&position=200")
                    .awaitLive();
            browser.checkAccessible().picture("evidence");
            browser.go("/time").awaitLive();
            String total = browser.text("#column-task .number");
            browser.find("#column-task .number").click();
            browser.awaitText("#in-all", total + " in all");
        }
    }

    @Test
    void keysStepThroughAllEventsAndThroughThoseOfOneThing() {
        try (Browser browser = browser("/time?position=40&aggregate=agent-1")) {
            WebElement scrub = browser.find("#scrub");
            scrub.sendKeys(Keys.ARROW_RIGHT);
            awaitPosition(browser, 41);
            scrub.sendKeys(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
            awaitPosition(browser, 39);
            assertThat(scrub.getDomAttribute("aria-valuenow")).isEqualTo("39");
            assertThat(scrub.getDomAttribute("aria-valuetext")).startsWith("#39, ");

            List<Long> own = positionsOf("agent-1");
            long before = own.stream()
                    .filter(one -> one < 39)
                    .reduce((one, other) -> other)
                    .orElseThrow();
            long behind = own.stream().filter(one -> one > 39).findFirst().orElseThrow();
            scrub.sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
            awaitPosition(browser, behind);
            scrub.sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT));
            awaitPosition(browser, before);
            scrub.sendKeys(Keys.HOME);
            awaitPosition(browser, 0);
            assertThat(browser.text("#moment .where")).contains("the beginning");
            scrub.sendKeys(Keys.END);
            awaitPosition(browser, head());
        }
    }

    private static List<Long> positionsOf(String aggregate) {
        JsonNode items = ledger.get("/api/aggregates/" + aggregate + "/events?limit=1000")
                .json()
                .path("items");
        return items.valueStream().map(event -> event.path("position").asLong()).toList();
    }

    @Test
    void draggingOverTheEventsShowsWhatWasThen() {
        try (Browser browser = browser("/time")) {
            WebElement scrub = browser.find("#scrub");
            int half = scrub.getSize().width / 2;
            actions(browser)
                    .moveToElement(scrub, -half + 40, 0)
                    .clickAndHold()
                    .moveByOffset(60, 0)
                    .moveByOffset(half - 120, 0)
                    .release()
                    .perform();
            browser.until("the past", () -> position(browser) > 0 && position(browser) < head());
            long there = position(browser);
            browser.until("the address", () -> browser.address().matches("/time\\?position=\\d+"));
            browser.until("it rests", () -> browser.address().equals("/time?position=" + position(browser)));
            JsonNode then =
                    ledger.get("/api/state?position=" + position(browser)).json();
            assertThat(there).isPositive();
            assertThat(browser.text("#column-task header"))
                    .contains(String.valueOf(
                            then.path("counts").path("tasks").path("completed").asLong()));
        }
    }

    private static Actions actions(Browser browser) {
        return new Actions(((org.openqa.selenium.WrapsDriver) browser.find("body")).getWrappedDriver());
    }

    @Test
    void whatTheEventChangedIsLitUpAndSaysWhat() {
        JsonNode failure = ledger.get("/api/events?type=task:failed&limit=1")
                .json()
                .path("items")
                .path(0);
        String task = failure.path("aggregateId").asString();
        try (Browser browser =
                browser("/time?position=" + failure.path("position").asLong())) {
            assertThat(browser.text("#happened")).contains("task:failed", task, "status");
            List<WebElement> lit = browser.all("#column-task .thing.lit");
            assertThat(lit).singleElement().satisfies(thing -> assertThat(thing.getText())
                    .contains(task, "failed", "just changed"));
            assertThat(browser.all(".thing.lit")).hasSize(1);
            browser.picture("time-past").checkAccessible();
            browser.find("#column-task .counts a", "failed").click();
            browser.awaitText("#moment-shown", "viewing the past: #");
            assertThat(browser.text("#table tbody")).contains(task, "failed");
        }
    }

    @Test
    void aMomentIsPinnedAndTheDifferenceIsThatOfTheService() {
        try (Browser browser = browser("/time?position=60")) {
            browser.find("#pin-here").click();
            browser.find("#difference");
            assertThat(browser.text("#difference")).contains("Nothing is different");
            browser.find("#scrub").sendKeys(Keys.ARROW_RIGHT);
            awaitPosition(browser, 61);
            browser.go("/time?position=90&pin=60").awaitLive();
            JsonNode changes =
                    ledger.get("/api/state/diff?from=60&to=90").json().path("changes");
            assertThat(browser.all("#difference tbody tr"))
                    .hasSize(changes.path("items").size());
            assertThat(browser.text("#difference tbody"))
                    .contains(changes.path("items").path(0).path("id").asString());
            browser.find("#unpin").click();
            browser.until("unpinned", () -> browser.all("#difference").isEmpty());
            browser.until("the address", () -> browser.address().equals("/time?position=90"));
            browser.go("/time?position=90&pin=60&aggregate=task-3").awaitLive().picture("time-pinned");
            browser.checkAccessible();
        }
    }

    @Test
    void theBackButtonLeadsToTheMomentBefore() {
        try (Browser browser = browser("/time?position=50")) {
            browser.find("#move-on").click();
            awaitPosition(browser, 51);
            browser.find("#move-on").click();
            awaitPosition(browser, 52);
            browser.script("history.back()");
            awaitPosition(browser, 51);
            browser.script("history.back()");
            awaitPosition(browser, 50);
        }
    }

    @Test
    void playedItGoesOnToTheEndPassingOverWhereNothingHappened() {
        try (Browser browser = browser("/time?position=20")) {
            browser.script("document.getElementById('speed').value = '100'");
            browser.find("#play").click();
            assertThat(browser.find("#play").getDomAttribute("aria-pressed")).isEqualTo("true");
            browser.until("it goes on", () -> position(browser) > 30);
            browser.find("#scrub").sendKeys(" ");
            browser.until("it rests", () -> "false".equals(browser.find("#play").getDomAttribute("aria-pressed")));

            browser.go("/time?position=" + (head() - 5)).awaitLive();
            browser.find("#play").click();
            browser.awaitText("#played", "at the end");
            assertThat(position(browser)).isEqualTo(head());
        }
    }

    @Test
    void hostileTextIsShownAndDoesNothing() {
        try (HttpLedger own = HttpLedger.inMemory()) {
            Answer posted = own.post(
                    "/api/events?mode=observe",
                    """
                    [{"type": "task:created", "aggregateId": "t-1", "payload": {"taskId": "t-1", "title": %1$s,
                        "description": %2$s, "dependencies": []}},
                     {"type": "agent:spawned", "aggregateId": "a-1", "payload": {"agentId": "a-1", "role": %1$s}},
                     {"type": "swarm:phase-changed", "aggregateId": "s-1", "payload": {"newPhase": %1$s}},
                     {"type": "task:failed", "aggregateId": "t-1", "payload": {"taskId": "t-1", "error": %1$s}}]
                    """
                            .formatted(json(HOSTILE), json("x".repeat(500_000))));
            assertThat(posted.status()).as(posted.text()).isEqualTo(201);
            try (Browser browser = Browser.at(own)) {
                browser.go("/time?position=1&pin=4&aggregate=t-1").awaitLive();
                assertThat(browser.text("#moment")).contains("<script>", "\\u202e", "\\u0007");
                browser.find("#move-on").click();
                awaitPosition(browser, 2);
                assertThat(browser.script("return document.title")).isEqualTo("Time machine · Swarm Ledger");
                assertThat((Long) browser.script("return document.body.innerHTML.length"))
                        .isLessThan(120_000);
                browser.checkAccessible();
            }
        }
    }

    private static String json(String text) {
        return io.swarmledger.events.Json.mapper().writeValueAsString(text);
    }

    @Test
    void wherePastIsNoneItIsSaid() {
        try (HttpLedger empty = HttpLedger.inMemory();
                Browser browser = Browser.at(empty)) {
            browser.go("/time").awaitLive();
            assertThat(browser.text("main")).contains("There is no past yet");
            browser.checkAccessible();
        }
    }

    @Test
    void onAPhoneNothingSticksOutOfThePage() {
        try (Browser browser = Browser.at(ledger).size(390, 844).go("/time?position=60&pin=50&aggregate=task-3")) {
            browser.awaitLive();
            assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
            assertThat(browser.find("#moment").findElements(By.cssSelector(".thing")))
                    .isNotEmpty();
        }
    }
}
