package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is around every page: keys, the theme, who one is, pages that are not there. */
class FrameTest {

    private static final String HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @TempDir
    Path directory;

    @Test
    void aPageThatIsNotThereIsAPageToABrowserAndAProblemToAProgram() {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            Answer page = ledger.get("/nothing?x=%3Cscript%3E", "Accept", HTML);
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.text()).contains("There is nothing at /nothing").contains("</html>");

            for (String accept : List.of("*/*", "application/json")) {
                assertThat(ledger.get("/nothing", "Accept", accept).header("Content-Type"))
                        .as(accept)
                        .isEqualTo("application/problem+json");
            }
            assertThat(ledger.get("/api/nothing", "Accept", HTML).header("Content-Type"))
                    .isEqualTo("application/problem+json");
        }
    }

    @Test
    void aPageThatIsNotThereSaysWhereToGoOn() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            browser.expectInConsole("404")
                    .go("/trace/an-event-of-another-ledger")
                    .awaitLive();
            assertThat(browser.text("main")).contains("Not there", "an-event-of-another-ledger");
            browser.checkAccessible().picture("problem");
            browser.find("main a", "Event log").click();
            browser.until("the event log", () -> browser.address().equals("/events"));
        }
    }

    @Test
    void aParameterThatAPageDoesNotKnowIsRefusedOnAPage() {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            Answer page = ledger.get("/?nothing=1", "Accept", HTML);
            assertThat(page.status()).isEqualTo(400);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.text()).contains("nothing: is no parameter here");
        }
    }

    @Test
    void keysLeadFromPageToPageAndTheThemeStays() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            browser.go("/").awaitLive();
            browser.press("?");
            assertThat(browser.find("#keys").isDisplayed()).isTrue();
            browser.press(Browser.ESCAPE);
            browser.until("closed", () -> !browser.find("#keys").isDisplayed());

            browser.press("/");
            assertThat(browser.focused().getDomAttribute("id")).isEqualTo("search");
            browser.press(Browser.ESCAPE);

            browser.find("#theme").click();
            String chosen = (String) browser.script("return document.documentElement.className");
            assertThat(chosen).isIn("light", "dark");
            browser.go("/");
            assertThat(browser.find("html").getDomAttribute("class")).isEqualTo(chosen);
            browser.checkAccessible();
        }
    }

    @Test
    void theSwarmThatIsLookedAtIsKeptFromPageToPage() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            for (String swarm : List.of("one", "two")) {
                assertThat(ledger.post(
                                        "/api/events",
                                        "{\"type\":\"agent:spawned\",\"aggregateId\":\"of-" + swarm
                                                + "\",\"payload\":{\"role\":\"coder\"},\"metadata\":{\"swarmId\":\""
                                                + swarm + "\"}}")
                                .status())
                        .isEqualTo(201);
            }
            browser.go("/agents?swarmId=one").awaitLive();
            assertThat(browser.text(".scope")).contains("one");
            for (String page : List.of("Incidents", "Failures", "Time machine", "Tasks", "Memory", "Event log")) {
                browser.find(".doors a", page).click();
                browser.until(page, () -> page.equals(browser.text(".doors [aria-current]")));
                assertThat(browser.address()).as(page).contains("swarmId=one");
            }
            browser.awaitLive();
            assertThat(browser.text("#events")).contains("of-one").doesNotContain("of-two");

            browser.find(".scope a", "All swarms").click();
            browser.find("#events tr[data-row]", "of-two");
            assertThat(browser.address()).doesNotContain("swarmId");
            assertThat(browser.all(".scope")).isEmpty();
        }
    }

    @Test
    void whoeverHasNoSessionSignsInAndOut() {
        String secret = new TokenFile(new LedgerFiles(directory)).create("rita", Role.reader, Clock.systemUTC());
        try (HttpLedger ledger = HttpLedger.in(directory);
                Browser browser = Browser.at(ledger)) {
            Answer refused = ledger.get("/", "Accept", HTML);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text()).contains("Token").doesNotContain("Overview");
            assertThat(ledger.get("/").header("Content-Type")).isEqualTo("application/problem+json");

            browser.expectInConsole("401").go("/");
            browser.checkAccessible().pictureAlone("sign-in");
            browser.find("#token").sendKeys("wrong");
            browser.find("button").click();
            browser.awaitText("#problem", "no token of this ledger");
            browser.find("#token").clear();
            browser.find("#token").sendKeys(secret);
            browser.find("button").click();
            browser.awaitLive();
            assertThat(browser.text(".caller")).contains("rita");

            browser.find("#sign-out").click();
            browser.find("#token");
        }
    }
}
