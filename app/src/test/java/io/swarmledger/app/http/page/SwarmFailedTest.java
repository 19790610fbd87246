package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** One way through the pages, as somebody goes it whose swarm has just failed. What each page does is in its own test. */
class SwarmFailedTest {

    @Test
    void fromTheFirstLookToWhatItWasLikeBefore() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            browser.go("/").awaitLive();
            browser.find("#play-demo").click();
            browser.awaitText("#attention-swarms", "incidents are over");
            browser.awaitText("#swarms", "terminated");

            browser.find("nav a", "Failures").click();
            browser.find("#failures tr", "task:failed");
            browser.find("#failures tr a", "Trace").click();
            browser.until("its trace", () -> browser.address().startsWith("/trace/"));
            assertThat(browser.text(".before")).contains("swarm:initialized");

            browser.find("main a", "See the swarm then").click();
            browser.until("its moment", () -> browser.address().startsWith("/time?"));
            browser.awaitLive();
            assertThat(browser.text("#happened")).contains("failed");
            String failed = browser.text("#moment .where strong");
            browser.find("#scrub").sendKeys(Keys.ARROW_LEFT);
            browser.until("the moment before", () -> !browser.text("#moment .where strong")
                    .equals(failed));
            browser.find("#pin-here").click();
            browser.awaitText("#difference", "Nothing is different");
            browser.find("#move-on").click();
            browser.find("#difference tbody td", "failed");

            browser.find("nav a", "Operations").click();
            browser.awaitLive();
            browser.find("#view-task-history button", "Replay").click();
            browser.awaitText("#view-task-history", "done");
        }
    }
}
