package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page is made like the fresh one whenever something happens: what a person did to it stays. */
class RefreshTest {

    /** Of its row, the text that names it and its first link. */
    private static final String ROW = "const row = [...document.querySelectorAll('[data-row]')]"
            + ".find(one => one.textContent.includes(arguments[0])), link = row.querySelector('a');"
            + "const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);"
            + "let text; while ((text = texts.nextNode()) && !text.data.includes(arguments[0])) ;";

    private static HttpLedger ledger;
    private Browser browser;

    @BeforeAll
    static void start() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @BeforeEach
    void open() {
        browser = Browser.at(ledger);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private static void observe(String type, String aggregate, String payload) {
        assertThat(ledger.post(
                                "/api/events?mode=observe",
                                "{\"type\":\"" + type + "\",\"aggregateId\":\"" + aggregate + "\",\"payload\":"
                                        + payload + "}")
                        .status())
                .isEqualTo(201);
    }

    private void spawnAndSee(String agent) {
        observe("agent:spawned", agent, "{\"role\":\"coder\"}");
        browser.find("[data-row]", agent);
    }

    @Test
    void whatIsSelectedInARowAndWhatHasTheFocusStaysWhileOthersComeBeforeIt() {
        observe("agent:spawned", "chosen", "{\"role\":\"coder\"}");
        observe("agent:spawned", "older-agent", "{\"role\":\"coder\"}");
        browser.go("/events").awaitLive();
        browser.script(
                ROW + "link.focus(); window.link = link;"
                        + "const at = text.data.indexOf('chosen'); getSelection().setBaseAndExtent(text, at, text, at + 6);",
                "chosen");

        spawnAndSee("new-1");
        spawnAndSee("new-2");

        assertThat(browser.script("return getSelection().toString()")).isEqualTo("chosen");
        assertThat(browser.script("return document.activeElement === window.link && window.link.isConnected"))
                .isEqualTo(true);
    }

    @Test
    void whatIsOpenStaysOpenWithItsRowWhereverItGoes() {
        String long1 = "The first is told at length: " + "so ".repeat(100);
        observe("task:failed", "failing-1", "{\"error\":\"" + long1 + "\"}");
        observe("task:failed", "failing-2", "{\"error\":\"The second likewise: " + "and ".repeat(100) + "\"}");
        browser.go("/failures").awaitLive();
        browser.script(
                ROW
                        + "row.querySelector('details').open = true; getSelection().selectAllChildren(row.querySelector('pre'));",
                "The first");
        String selected = (String) browser.script("return getSelection().toString()");
        assertThat(selected).startsWith("The first");

        observe("task:failed", "failing-3", "{\"error\":\"A third one\"}");
        browser.find("[data-row]", "A third one");
        assertThat(browser.script("return getSelection().toString()")).isEqualTo(selected);
        assertThat(opened()).containsExactly("The first");

        observe("task:failed", "failing-4", "{\"error\":\"" + long1 + "\"}");
        browser.until(
                "the first is on top",
                () -> browser.all("[data-row]").get(0).getText().contains("The first"));
        assertThat(opened()).containsExactly("The first");
        assertThat(browser.script("return getSelection().toString()")).isEqualTo(selected);
    }

    @SuppressWarnings("unchecked")
    private List<String> opened() {
        return (List<String>) browser.script("return [...document.querySelectorAll('[data-row] details[open]')]"
                + ".map(one => one.querySelector('pre').textContent.slice(0, 9))");
    }

    @Test
    void whatIsHalfTypedStaysAndSoDoesWhatAScriptDrew() {
        observe("task:created", "task-1", "{\"title\":\"Build it\"}");
        Demo.awaitViews(ledger);
        browser.go("/tasks").awaitLive();
        browser.find("#drawing[data-drawn=timeline] canvas");
        browser.find("input[name=agent]").sendKeys("ada");
        browser.script("const field = document.querySelector('input[name=agent]'); field.setSelectionRange(1, 2);"
                + "window.field = field; window.canvas = document.querySelector('#drawing canvas');");

        observe("task:created", "task-2", "{\"title\":\"Then this\"}");
        browser.find("#table [data-row]", "Then this");

        assertThat(
                        browser.script(
                                "return [window.field.value, window.field.selectionStart, window.field.selectionEnd,"
                                        + " document.activeElement === window.field, window.field.isConnected, window.canvas.isConnected].join()"))
                .isEqualTo("ada,1,2,true,true,true");
    }
}
