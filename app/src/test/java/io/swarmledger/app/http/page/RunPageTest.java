package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** A run in lanes: all of it is there, what failed is a key away, and what is pointed at is told. */
class RunPageTest {

    private static final long START = 1_767_517_200_000L;
    private static final int CALLS = 3_000;
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static HttpLedger ledger;

    @BeforeAll
    static void play() {
        ledger = HttpLedger.inMemory();
        for (String prefix : List.of("", "other-")) {
            new DemoSwarm(
                            ledger.bean(LedgerCommandGateway.class),
                            prefix,
                            30,
                            prefix.isEmpty() ? 7 : 8,
                            START,
                            (done, all) -> {})
                    .play();
        }
        observe(busy());
        Demo.awaitViews(ledger);
    }

    /** Agents 1 to 12, of which the second calls very often and the tenth fails; one event is of a month before. */
    private static List<String> busy() {
        List<String> events = new ArrayList<>();
        events.add(event(-2_592_000_000L, "agent-1", "agent:spawned", "\"role\":\"coder\""));
        for (int i = 2; i <= 12; i++) {
            events.add(event(i * 100, "agent-" + i, "agent:spawned", "\"role\":\"coder\""));
        }
        events.add(event(2_000, "task-x", "task:created", "\"title\":\"" + HOSTILE + "\""));
        events.add(event(3_000, "task-x", "task:started", "\"agentId\":\"agent-10\""));
        for (int i = 0; i < CALLS; i++) {
            events.add(event(
                    4_000 + i * 100L,
                    "agent-2",
                    "agent:tool-called",
                    "\"tool\":\"Bash\",\"duration\":50" + (i == CALLS / 2 ? ",\"error\":\"no such file\"" : "")));
        }
        events.add(event(400_000, "task-x", "task:failed", "\"error\":\"" + HOSTILE + "\""));
        return events;
    }

    private static String event(long at, String id, String type, String payload) {
        return "{\"type\":\"%s\",\"aggregateId\":\"%s\",\"timestamp\":%d,\"payload\":{%s},\"metadata\":{\"swarmId\":\"busy run\"}}"
                .formatted(type, "busy-" + id, START + at, payload.replace("\"agent-", "\"busy-agent-"));
    }

    private static void observe(List<String> events) {
        for (int i = 0; i < events.size(); i += 1_000) {
            Answer answer = ledger.post(
                    "/api/events?mode=observe",
                    "[" + String.join(",", events.subList(i, Math.min(events.size(), i + 1_000))) + "]");
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static Browser browser(String address) {
        Browser browser = Browser.at(ledger).go(address).awaitLive().awaitAll();
        browser.find("#lanes[data-drawn]");
        return browser;
    }

    private static JsonNode lanes(String query) {
        Answer answer = ledger.get("/run/lanes?swarmId=busy%20run" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void everyCallIsCountedFromAfarAndDrawnByItselfFromNear() {
        JsonNode all = lanes("");
        assertThat(all.get("isEach").booleanValue()).isFalse();
        assertThat(all.at("/lanes/1/id").asString())
                .as("the second, not the tenth")
                .isEqualTo("busy-agent-2");
        long counted = all.at("/lanes/1/bins")
                .valueStream()
                .mapToLong(bin -> bin.get(4).longValue())
                .sum();
        assertThat(counted).isEqualTo(CALLS);

        JsonNode part = lanes("&after=" + (START + 4_000) + "&before=" + (START + 14_000));
        assertThat(part.get("isEach").booleanValue()).isTrue();
        assertThat(part.at("/lanes/1/calls")).hasSize(101);
        assertThat(lanes("&order=worst").at("/lanes/0/id").asString()).isEqualTo("busy-agent-10");
        assertThat(lanes("&lane=11").get("lanes")).hasSize(1);
    }

    @Test
    void anOldOutlierDoesNotSqueezeTheRest() {
        JsonNode gap = lanes("")
                .get("stretches")
                .valueStream()
                .filter(one -> one.get(4).booleanValue())
                .findFirst()
                .orElseThrow();
        JsonNode last = lanes("")
                .get("stretches")
                .valueStream()
                .reduce((one, other) -> other)
                .orElseThrow();

        assertThat(gap.get(1).doubleValue() - gap.get(0).doubleValue()).isGreaterThan(2_591_000_000d);
        assertThat((gap.get(3).doubleValue() - gap.get(2).doubleValue())
                        / last.get(3).doubleValue())
                .as("of what is drawn")
                .isLessThan(0.05);
    }

    @Test
    void keysZoomAndGoFromFailureToFailureAndTheMomentIsTold() {
        try (Browser browser = browser("/run?swarmId=busy%20run")) {
            assertThat(browser.text("#run-said")).contains("counted in");
            browser.find("#lanes").sendKeys("n");
            browser.awaitText("#moment", "no such file");
            assertThat(browser.text("#moment")).contains("At the cursor", "busy-agent-2", "Everything then");
            assertThat(browser.address()).contains("position=");
            browser.find("#lanes").sendKeys("n");
            browser.awaitText("#moment", "task:failed");
            assertThat(browser.text("#moment")).contains(HOSTILE, "busy-agent-10", "Suspects");
            browser.find("#lanes[data-chain]");
            browser.find("#lanes").sendKeys("p");
            browser.awaitText("#moment", "no such file");

            for (int i = 0; i < 6; i++) {
                browser.find("#lanes").sendKeys("+");
            }
            browser.find("#lanes[data-drawn=each]");
            browser.awaitText("#run-said", "each by itself");
            assertThat(browser.all("#lanes .tool").size()).isLessThan(1_000).isPositive();
            assertThat(browser.address()).contains("after=", "before=");
            browser.find("#moment button", "Compare").click();
            browser.awaitText("#moment", "Since #");
            browser.find("#lanes").sendKeys(Keys.ARROW_RIGHT);
            browser.find("#lanes").sendKeys("0");
            browser.find("#lanes[data-drawn=bins]");
            browser.find("#failures a", "In the lanes").click();
            browser.awaitText("#moment", "task:failed");
        }
    }

    @Test
    void thePageIsThereBeforeTheRunIsReadAndThatItCannotBeReadIsSaid() {
        try (Browser browser = Browser.at(ledger)) {
            browser.expectInConsole("ERR_BLOCKED")
                    .expectInConsole("htmx:")
                    .block("*/run/later*", "*/run/lanes*")
                    .go("/run?swarmId=swarm&beside=other-swarm");
            browser.awaitText("#not-counted", "could not be fetched");
            browser.awaitText("#lanes", "It cannot be drawn");
            browser.awaitText("#lanes-beside", "It cannot be drawn");
            assertThat(browser.text("h1")).isEqualTo("Run");
            assertThat(browser.text("#run-facts")).containsPattern("\\d completed");
            assertThat(browser.text("main")).doesNotContain("Nothing failed", "Both did the same", "0 tasks");
            browser.block();
            browser.find("#not-counted button").click();
            browser.awaitAll();
            browser.find("#lanes[data-drawn]");
            browser.find("#lanes-beside[data-drawn]");
            assertThat(browser.all("#not-counted")).isEmpty();
            assertThat(browser.text("#parting")).contains("They part first");
            assertThat(browser.all("#agents tbody tr")).isNotEmpty();
        }
    }

    @Test
    void whatIsWrongWithTheQuestionIsSaidAtOnce() {
        for (String wrong : List.of("order=best", "lane=-1", "field=colour")) {
            assertThat(ledger.get("/run?swarmId=swarm&" + wrong, "Accept", "text/html")
                            .status())
                    .as(wrong)
                    .isEqualTo(422);
        }
    }

    @Test
    void theWheelIsThePagesAndWithCtrlZooms() {
        try (Browser browser = browser("/run?swarmId=swarm")) {
            String wheel = "return !document.querySelector('#lanes svg.lanes').dispatchEvent(new WheelEvent('wheel',"
                    + " {deltaY: -100, ctrlKey: arguments[0], bubbles: true, cancelable: true}))";
            assertThat(browser.script(wheel, false)).as("captured").isEqualTo(false);
            assertThat(browser.script(wheel, true)).as("zooms").isEqualTo(true);
            browser.until("zoomed", () -> browser.address().contains("after="));
            assertThat(browser.script("return getComputedStyle(document.querySelector('#lanes')).touchAction"))
                    .isEqualTo("auto");
        }
    }

    @Test
    void aRunIsReachedFromEverywhereAndIsAccessible() {
        try (Browser browser = browser("/run?swarmId=swarm")) {
            assertThat(browser.all("#agents tbody tr")).hasSizeBetween(15, 16);
            assertThat(browser.text("#agents tbody tr:nth-child(2)")).startsWith("agent-2");
            browser.find("#lanes").sendKeys("n");
            browser.find("#moment .card");
            browser.picture("run").checkAccessible();

            browser.go("/run");
            browser.awaitText("h1", "Runs");
            browser.checkAccessible();
            browser.find("main a", "other-swarm").click();
            browser.until("the run", () -> browser.address().startsWith("/run?swarmId=other-swarm"));
            browser.find("#moment");
            browser.go("/trace/"
                    + ledger.get("/api/events?type=task:failed&limit=1")
                            .json()
                            .at("/items/0/id")
                            .asString());
            browser.find("main").findElement(By.linkText("In its run")).click();
            browser.until("the run", () -> browser.address().startsWith("/run?swarmId=swarm&position="));
            browser.awaitText("#moment", "task:failed");
        }
        assertThat(ledger.get("/run?swarmId=nothing", "Accept", "text/html").status())
                .isEqualTo(404);
    }

    @Test
    void aSecondRunLiesBeneathWithWhereTheyPartAndWhatDiffers() {
        try (Browser browser = browser("/run?swarmId=swarm")) {
            browser.find("input[name=beside]").sendKeys("other-swarm", Keys.ENTER);
            browser.find("#lanes-beside[data-drawn]");
            browser.awaitAll();
            browser.find("#lanes .parting");
            browser.find("#lanes-beside .parting");
            JsonNode runs =
                    ledger.get("/api/runs/compare?a=swarm&b=other-swarm").json();
            assertThat(browser.text("#parting"))
                    .contains("They part first", runs.get("matched").asInt() + " tasks are in both");
            assertThat(browser.all("#beside tbody tr"))
                    .hasSize(Math.min(100, runs.get("total").asInt()));
            browser.checkAccessible();
            browser.find("#parting a", "result").click();
            browser.until("those", () -> browser.address().contains("field=result"));
            browser.awaitAll();
            assertThat(browser.all("#beside tbody tr"))
                    .hasSize(runs.at("/differing/result").asInt());

            browser.go("/run?swarmId=swarm&beside=swarm");
            browser.awaitText("#parting", "Both did the same.");
            browser.find("#lanes[data-drawn]");
            browser.find("#lanes-beside[data-drawn]");
            browser.find("#lanes").sendKeys("n");
            browser.find("#lanes-beside[data-matched]");
        }
        assertThat(ledger.get("/run?swarmId=swarm&beside=nothing", "Accept", "text/html")
                        .status())
                .isEqualTo(404);
    }
}
