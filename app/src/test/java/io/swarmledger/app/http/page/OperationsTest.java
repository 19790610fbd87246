package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does, with a mouse. */
class OperationsTest {

    @TempDir
    Path directory;

    private HttpLedger ledger;
    private Browser browser;

    @BeforeEach
    void open() {
        ledger = HttpLedger.in(directory);
        browser = Browser.at(ledger);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        ledger.close();
    }

    @Test
    void aViewIsReplayedAndItsEndIsSeen() {
        Demo.play(ledger);
        browser.go("/operations").awaitLive();
        assertThat(browser.text("#view-agent-state")).contains("ok", "none since the start", "made 1");
        browser.find("#types td", "task:completed");

        browser.find("#view-agent-state button", "Replay").click();

        browser.awaitText("#view-agent-state", "done");
        assertThat(browser.text("#view-agent-state")).contains("made 2");
    }

    @Test
    void aViewIsCheckedAndWhatIsFoundIsSeen() {
        Demo.play(ledger);
        browser.go("/operations").awaitLive();

        browser.find("#view-task-history button", "Check").click();

        browser.awaitText("#work", "task-history at position");
        assertThat(browser.text("#work")).contains("check", "done", "as the log says");
    }

    @Test
    void aDeadLetterIsTriedAgainAndThenDiscarded() throws Exception {
        ledger.bean(LogFile.class)
                .writer()
                .append(List.of(
                        row(1, "agent:spawned", "{\"role\":\"coder\"}"),
                        row(2, "agent:started", "{\"startedAt\":\"soon\"}")));
        Demo.awaitViews(ledger);
        browser.go("/operations").awaitLive();
        browser.find("#views .chip", "degraded");
        assertThat(browser.text("#letters")).contains("sick");
        browser.checkAccessible().picture("operations");

        browser.find("#letters button", "Retry").click();
        browser.find(".notice.bad", "It failed again: ");
        assertThat(browser.text("#letters")).contains("sick");

        browser.find("#letters button", "Discard").click();
        browser.find("#sure-yes").click();
        browser.awaitText("#letters", "agent-state has none");
        browser.awaitText("#view-agent-state", "ok");
    }

    private static EventRow row(int version, String type, String payload) {
        return new EventRow(
                "sick-" + version,
                "sick",
                version - 1,
                "agent",
                1_000L + version,
                type,
                "1",
                payload,
                "{}",
                "swarm",
                null,
                null,
                "swarm",
                null);
    }

    @Test
    void theLogIsBackedUpAndVerified() {
        Demo.play(ledger);
        browser.go("/operations").awaitLive();
        browser.find("#file").sendKeys("monday.db");
        browser.find("form[data-send] button").click();
        browser.find("#work tr", "backup");
        browser.find("#work tr .chip.good", "done");
        assertThat(Files.isRegularFile(directory.resolve("backups").resolve("monday.db")))
                .isTrue();

        browser.find("#file").sendKeys("monday.db");
        browser.expectInConsole("409");
        browser.find("form[data-send] button").click();
        browser.find(".notice.bad", "already");

        browser.find("button", "Verify the chain").click();
        browser.find("#work tr", "verify");
        browser.go("/");
        browser.find("#strip .chip.good", "to #");
    }

    @Test
    void onAPhoneNothingSticksOutOfThePage() {
        Demo.play(ledger);
        browser.size(390, 844).go("/operations").find("#types table td", "agent:status-changed");
        assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
    }
}
