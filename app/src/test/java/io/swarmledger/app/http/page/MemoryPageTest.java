package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.http.HttpLedger;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

class MemoryPageTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void play() {
        ledger = HttpLedger.inMemory();
        new DemoSwarm(ledger.bean(CommandGateway.class), "", 60, 5, 1_767_517_200_000d, (done, all) -> {}).play();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static Browser browser(String address) {
        return Browser.at(ledger).go(address).awaitLive();
    }

    @Test
    void namespacesAreThereBySizeAndLeadToWhatIsInThem() {
        try (Browser browser = browser("/memory")) {
            JsonNode namespaces = ledger.get("/api/memories/namespaces").json().path("items");
            String largest = namespaces.path(0).path("namespace").asString();
            assertThat(browser.text("#notable section:first-child tbody tr:first-child"))
                    .contains(largest);
            browser.picture("memory").checkAccessible();

            browser.find("#notable section:first-child tbody a").click();
            browser.until("the address", () -> browser.address().contains("namespace=" + largest));
            long count = namespaces.path(0).path("count").asLong();
            browser.awaitText("#table .pager", "of " + count);
        }
    }

    @Test
    void ofAMemoryItIsSaidWhoWroteAndWhoReadItEachWithItsEvent() {
        JsonNode hottest =
                ledger.get("/api/memories/hot?limit=1").json().path("items").path(0);
        String id = hottest.path("id").asString();
        try (Browser browser = browser("/memory")) {
            browser.find("section[aria-label=hot] ol a").click();
            browser.find("#one");
            assertThat(browser.address()).contains("id=" + id);
            JsonNode events = ledger.get("/api/aggregates/" + id + "/events?limit=1000")
                    .json()
                    .path("items");
            assertThat(browser.all("#one tbody tr")).hasSize(Math.min(50, events.size()));
            assertThat(browser.text("#one .who > div:nth-of-type(1)"))
                    .contains("Written by", events.path(0).path("source").asString());
            assertThat(browser.text("#one .who > div:nth-of-type(2)"))
                    .contains(events.path(events.size() - 1).path("source").asString());
            browser.picture("memory-provenance").checkAccessible();
            browser.find("#one .who > div:nth-of-type(1) li a[href^='/trace/']").click();
            browser.until("the trace", () -> browser.address().startsWith("/trace/"));
        }
    }

    @Test
    void filtersAreInTheAddressAndWhatWasDeletedIsShownWhereItIsAskedFor() {
        try (Browser browser = browser("/memory")) {
            browser.find("input[name=includeDeleted]").click();
            browser.find("input[name=type]").sendKeys("episodic", Keys.ENTER);
            browser.until("the address", () -> browser.address().contains("includeDeleted=true"));
            long all = ledger.get("/api/memories?type=episodic&includeDeleted=true")
                    .json()
                    .path("total")
                    .asLong();
            browser.go("/memory?includeDeleted=true&type=episodic").awaitLive();
            browser.until("all", () -> browser.all("#table tbody tr").size() == Math.min(100, all));
        }
    }

    @Test
    void hostileKeysAreShownAndDoNothing() throws Exception {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            String hostile = "<b onclick=alert(1)>\u202e&?\u0007";
            Imported history = new Imported();
            Imported.into(
                    own,
                    List.of(
                            history.next(
                                    hostile,
                                    "memory:stored",
                                    hostile,
                                    Map.of(
                                            "namespace",
                                            hostile,
                                            "key",
                                            "k".repeat(1 << 20),
                                            "memoryType",
                                            hostile,
                                            "size",
                                            Long.MAX_VALUE / 2)),
                            history.next(hostile, "memory:retrieved", hostile, Map.of("accessCount", 1))));
            browser.go("/memory").awaitLive();
            browser.find("section[aria-label=hot] ol a").click();
            assertThat(browser.text("#one")).contains("<b onclick", "\\u202e", "Written by 1");
            assertThat((Long) browser.script("return document.body.innerHTML.length"))
                    .isLessThan(60_000);
            browser.checkAccessible();
            browser.find("#notable section:first-child tbody a").click();
            browser.awaitText("#table .pager", "1 of 1");
        }
    }

    @Test
    void whereThereIsNoneItIsSaid() {
        try (HttpLedger empty = HttpLedger.inMemory();
                Browser browser = Browser.at(empty)) {
            browser.go("/memory").awaitLive();
            assertThat(browser.text("main")).contains("No memory yet");
            browser.checkAccessible();
        }
    }

    @Test
    void onAPhoneNothingSticksOutOfThePage() {
        JsonNode hottest =
                ledger.get("/api/memories/hot?limit=1").json().path("items").path(0);
        try (Browser browser = Browser.at(ledger)
                .size(390, 844)
                .go("/memory?id=" + hottest.path("id").asString())) {
            browser.awaitLive();
            assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
        }
    }
}
