package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.view.Positions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

class OverviewTest {

    @Test
    void anEmptyLedgerSaysHowToSendItsFirstEventAndShowsItAtOnce() throws Exception {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            browser.go("/").awaitLive();
            String command = browser.text("#first");
            assertThat(browser.text("#demo")).contains("demo --data");
            browser.checkAccessible().picture("empty");

            Process curl = new ProcessBuilder("bash", "-c", command).start();
            assertThat(curl.waitFor()).isZero();

            browser.awaitText("#strip", "Position");
            browser.awaitText("#strip a", "1");
        }
    }

    @Test
    void whatTheSwarmDoesIsSeenLive() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            ledger.post("/api/agents", "{\"agentId\":\"first\",\"role\":\"coder\"}");
            browser.go("/").awaitLive();
            browser.awaitText("#attention-swarms", "Nothing does");

            Demo.play(ledger);

            browser.find("#swarms h3", "swarm");
            browser.awaitText("#attention-swarms", "incidents are over");
            assertThat(browser.text("#strip")).contains("not since the start");
            browser.find("#throughput canvas");

            browser.find("#strip button").click();
            browser.find("#strip .chip.good", "to #");
            browser.checkAccessible().picture("overview");
        }
    }

    @Test
    void theDemoIsPlayedFromAnEmptyLedgerSeenLiveAndNotASecondTime() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            browser.go("/").awaitLive();
            browser.find("#play-demo").click();

            browser.find("#strip");
            browser.find("#swarms .swarm-card", "swarm");
            browser.awaitText("#attention-swarms", "incidents are over");
            browser.until("its end", () -> browser.text("#swarms .swarm-card").contains("terminated"));
            assertThat(browser.all("#play-demo")).isEmpty();
            browser.go("/operations").awaitLive();
            browser.awaitText("main", "demo");

            Answer again = ledger.post("/api/operations/demo", "");
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.json().path("detail").asString()).contains("without events");
        }
    }

    @Test
    void aSwarmThatIsNotHeardOfIsSilentAndLeadsToItsLastEvents() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            ledger.post(
                    "/api/events?mode=observe",
                    "{\"type\":\"swarm:initialized\",\"aggregateId\":\"quiet\",\"timestamp\":1767517200000,"
                            + "\"payload\":{\"topology\":\"mesh\",\"maxAgents\":2},\"metadata\":{\"swarmId\":\"quiet\"}}");
            Demo.awaitViews(ledger);
            browser.go("/");
            browser.awaitText("#swarms", "silent");
            assertThat(browser.text("#swarms")).doesNotContain("active");
            browser.find("#incidents li", "Nothing is heard of swarm quiet")
                    .findElement(By.cssSelector("a"))
                    .click();
            browser.find("#incident .ids a", "quiet").click();
            browser.until(
                    "the event log",
                    () -> browser.address().startsWith("/events?")
                            && browser.address().contains("swarmId=quiet"));
            browser.find("#events tr[data-row]", "swarm:initialized");
        }
    }

    /** After many events the page asks no more often than it says: of its timer there is one. */
    @Test
    void aPageAsksAsOftenAsItSaysHoweverManyEventsCame() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            AtomicInteger tasks = new AtomicInteger();
            createTask(ledger, 0);
            browser.go("/").awaitLive();
            // Whatever is to come again after 15 seconds comes after 4, and the fetches are counted.
            browser.script("const wait = window.setTimeout; window.asked = 0;"
                    + "window.setTimeout = (what, after) => wait(what, after === 15000 ? 4000 : after);"
                    + "const ajax = htmx.ajax; htmx.ajax = (how, where, as) => {"
                    + " if (!where.includes('later')) { window.asked++; } return ajax.call(htmx, how, where, as); };");
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        createTask(ledger, tasks.incrementAndGet());
                        return asked(browser) >= 6;
                    });
            long before = asked(browser);
            Awaitility.await()
                    .pollDelay(Duration.ofSeconds(13))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> asked(browser) > before);
            assertThat(asked(browser) - before).as("in 13 seconds, every 4").isLessThanOrEqualTo(5);
        }
    }

    private static long asked(Browser browser) {
        return ((Number) browser.script("return window.asked")).longValue();
    }

    private static void createTask(HttpLedger ledger, int number) {
        ledger.post(
                "/api/events",
                "{\"type\":\"task:created\",\"aggregateId\":\"t-" + number + "\",\"payload\":{\"title\":\"T\"}}");
    }

    @Test
    void aStreamThatBreaksIsSaidToBeBroken() {
        HttpLedger ledger = HttpLedger.inMemory();
        try (Browser browser = Browser.at(ledger)) {
            browser.expectInConsole("ERR_").go("/").awaitLive();
            ledger.close();
            browser.awaitText("#live", "not live since");
        }
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            HostileEvents.append(ledger);
            for (String page : new String[] {
                "/",
                "/failures",
                "/incidents",
                "/events",
                "/events?event=" + encoded(HostileEvents.SCRIPT + 7),
                "/trace?id=" + encoded(HostileEvents.SCRIPT + 7),
                "/agents?id=" + encoded(HostileEvents.AGENT),
                "/operations",
                "/evidence?type=agent&field=spawnedAt",
                "/evidence?type=agent&field=status&position="
                        + ledger.bean(Positions.class).of(LedgerQuery.LOG)
            }) {
                browser.go(page).awaitLive();
                assertThat(browser.script("return document.title")).as(page).isNotEqualTo("taken");
                assertThat(browser.all("main script, main img")).as(page).isEmpty();
                String shown = (String) browser.script("return document.querySelector('main').textContent");
                assertThat(shown).as(page).doesNotContain("\u202E", "\u0007", "\u001B");
                assertThat(shown.length()).as(page).isLessThan(100_000);
                for (int width : new int[] {390, 1280}) {
                    browser.size(width, 800);
                    assertThat((Boolean) browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                            .as("%s fits in %s", page, width)
                            .isTrue();
                }
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
