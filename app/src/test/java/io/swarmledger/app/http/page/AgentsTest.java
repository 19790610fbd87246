package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import org.junit.jupiter.api.Test;

class AgentsTest {

    @Test
    void agentsAreFilteredAndOneIsLookedAtClosely() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            Demo.play(ledger);
            browser.go("/agents").awaitLive();
            assertThat(browser.all("#agents tbody tr")).hasSize(15);

            browser.find("input[name=role]").sendKeys("test-writer");
            browser.find(".filters button").click();
            browser.until("one agent", () -> browser.all("#agents tbody tr").size() == 1);
            assertThat(browser.address()).isEqualTo("/agents?role=test-writer");

            browser.find("#agents tbody a").click();
            browser.find("#agent h2", "agent-11");
            assertThat(browser.text("#agent")).contains("test-writer", "Assigned to it");
            browser.go("/agents?id=agent-11").checkAccessible().picture("agents");

            browser.find("#agent a", "Its events").click();
            browser.find("#events tr[data-row]", "agent:spawned");
        }
    }

    @Test
    void aNumberLeadsToItsEvidence() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            Demo.play(ledger);
            browser.go("/agents");
            browser.find("#agent-counts a.number").click();
            browser.find("td", "agent:spawned");
            browser.checkAccessible();
        }
    }
}
