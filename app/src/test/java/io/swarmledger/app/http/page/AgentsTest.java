package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    void ofOneThatWasStoppedItIsSaidWhyAndWhatBecameOfWhatItWasAt() {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            for (String event : List.of(
                    "task:created\",\"aggregateId\":\"t\",\"payload\":{\"title\":\"Build\"}",
                    "agent:spawned\",\"aggregateId\":\"a\",\"payload\":{\"role\":\"coder\"}",
                    "agent:task-assigned\",\"aggregateId\":\"a\",\"payload\":{\"taskId\":\"t\"}",
                    "task:blocked\",\"aggregateId\":\"t\",\"payload\":{\"blockedBy\":[]}",
                    "agent:stopped\",\"aggregateId\":\"a\",\"payload\":{\"reason\":\"out of memory\"}")) {
                assertThat(ledger.post("/api/events?mode=observe", "{\"type\":\"" + event + "}")
                                .status())
                        .isEqualTo(201);
            }
            Demo.awaitViews(ledger);
            browser.go("/agents?id=a").awaitLive();
            assertThat(browser.text("#stopped")).isEqualTo("out of memory");
            assertThat(browser.text("#agent")).contains("Was at", "blocked");
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

    @Test
    void howManyAreWellLeadsToThose() throws Exception {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            Imported history = new Imported();
            Imported.into(ledger, () -> IntStream.rangeClosed(1, 700)
                    .boxed()
                    .flatMap(number -> {
                        String id = "agent-%03d".formatted(number);
                        var spawned =
                                history.next(id, "agent:spawned", "swarm", Map.of("agentId", id, "role", "coder"));
                        return number % 300 != 0
                                ? Stream.of(spawned)
                                : Stream.of(
                                        spawned,
                                        history.next(
                                                id, "agent:failed", "swarm", Map.of("agentId", id, "error", "no")));
                    })
                    .iterator());
            Imported.into(ledger, () -> IntStream.rangeClosed(1, 18)
                    .mapToObj(number -> history.next(
                            "agent-300",
                            "agent:tool-called",
                            "agent-300",
                            Map.of("agentId", "agent-300", "tool", "Read", "title", "page-" + number, "duration", 70)))
                    .iterator());

            browser.go("/agents")
                    .find("#agent-counts a[href='/agents?health=failing']", "2")
                    .click();
            browser.until(
                    "those that fail", () -> browser.all("#agents tbody tr").size() == 2);
            assertThat(browser.text("#agents")).contains("agent-300", "agent-600");
            browser.checkAccessible();

            browser.go("/agents?health=ok");
            assertThat(browser.all("#agents tbody tr")).hasSize(50);
            browser.find("#agents .pager a[rel=next]").click();
            browser.awaitText("#agents tbody tr:first-child", "agent-051");

            browser.go("/agents?id=agent-300").checkAccessible().picture("agent-calls");
            assertThat(browser.all("#agent-calls li")).hasSize(15);
            assertThat(browser.text("#agent-calls li:first-child")).contains("Read", "page-18");
            browser.find("#agent a", "All its calls").click();
            browser.until("its calls", () -> browser.all("#events tr[data-row]").size() == 18);
        }
    }

    @Test
    void tenThousandAgentsArePaged() throws Exception {
        try (HttpLedger ledger = HttpLedger.inMemory();
                Browser browser = Browser.at(ledger)) {
            Imported history = new Imported();
            Imported.into(ledger, () -> IntStream.rangeClosed(1, 10_000)
                    .mapToObj("agent-%05d"::formatted)
                    .map(id -> history.next(id, "agent:spawned", "swarm", Map.of("agentId", id, "role", "coder")))
                    .iterator());

            browser.go("/agents").awaitLive();
            assertThat(browser.all("#agents tbody tr")).hasSize(50);
            assertThat(browser.text("#agents .pager")).contains("50 of 10\u2009000");
            browser.find("#agents .pager a[rel=next]").click();
            browser.awaitText("#agents tbody tr:first-child", "agent-00051");
        }
    }
}
