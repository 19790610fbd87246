package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What pages once did to people who were on call, each as it was seen. */
class SeenOnPagesTest {

    private static final String ALPHA = "nightly-refactor-alpha-2026-01-04";
    private static final String OMEGA = "nightly-refactor-omega-2026-01-04";
    private static final String STACK = "Error: it broke\\n    at one (a.js:1)\\n    at two (b.js:2)";

    private static HttpLedger ledger;

    @BeforeAll
    static void tell() {
        ledger = HttpLedger.inMemory();
        List<String> events = new ArrayList<>();
        for (String swarm : List.of(ALPHA, OMEGA)) {
            events.add(event(swarm, "swarm:initialized", swarm, "\"topology\":\"mesh\""));
        }
        for (int i = 1; i <= 12; i++) {
            events.add(event(ALPHA, "agent:spawned", "agent-" + i, "\"role\":\"coder\""));
        }
        for (int i = 1; i <= 40; i++) {
            String task = "task-" + i;
            events.add(event(ALPHA, "task:created", task, "\"title\":\"Part " + i + "\",\"priority\":\"medium\""));
            if (i <= 3) {
                events.add(event(ALPHA, "agent:task-assigned", "agent-1", "\"taskId\":\"" + task + "\""));
                events.add(event(ALPHA, "task:started", task, "\"agentId\":\"agent-1\""));
                events.add(event(
                        ALPHA,
                        "task:failed",
                        task,
                        "\"error\":\"reason " + "abc".charAt(i - 1) + " of it\",\"stack\":\"" + STACK + "\""));
            }
        }
        events.add(event(ALPHA, "task:started", "task-1", "\"agentId\":\"agent-2\""));
        events.add(event(ALPHA, "task:completed", "task-1", "\"result\":\"fine\""));
        String body = "[" + String.join(",", events) + "]";
        assertThat(ledger.post("/api/events?mode=observe", body).status()).isEqualTo(201);
        ledger.get("/api/tasks?minPosition=" + events.size());
    }

    private static String event(String swarm, String type, String id, String payload) {
        return "{\"type\":\"" + type + "\",\"aggregateId\":\"" + id + "\",\"payload\":{" + payload
                + "},\"metadata\":{\"swarmId\":\"" + swarm + "\"}}";
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static Browser browser(String address) {
        return Browser.at(ledger).go(address).awaitLive();
    }

    @Test
    @DisplayName("5: the wheel and a finger over the chart of the tasks move the page")
    void theChartOfTheTasksLeavesWheelAndTouchToThePage() {
        try (Browser browser = browser("/tasks")) {
            browser.find("#drawing[data-drawn=timeline] canvas");
            String notPrevented = "const event = new %s('%s', {bubbles: true, cancelable: true, deltaY: 120});"
                    + "document.querySelector('#drawing canvas').dispatchEvent(event); return event.defaultPrevented;";
            assertThat(browser.script(notPrevented.formatted("WheelEvent", "wheel")))
                    .isEqualTo(false);
            assertThat(browser.script(notPrevented.formatted("Event", "touchmove")))
                    .isEqualTo(false);
            browser.size(390, 800).go("/tasks").awaitLive().find("#drawing[data-drawn=timeline] canvas");
            assertThat((List<?>) browser.script("const actions = [];"
                            + "for (let at = document.querySelector('#drawing canvas'); at; at = at.parentElement)"
                            + " actions.push(getComputedStyle(at).touchAction); return actions;"))
                    .isNotEmpty()
                    .allSatisfy(action ->
                            assertThat(List.of("auto", "pan-y", "manipulation")).contains((String) action));
        }
    }

    @Test
    @DisplayName("7: of a failed task its error is to be read at 1280 px without scrolling aside")
    void theErrorOfAFailedTaskIsWithinThePage() {
        try (Browser browser = browser("/tasks?status=failed").size(1280, 800)) {
            browser.find("#table td .bad", "reason b of it");
            assertThat((Boolean) browser.script("return [...document.querySelectorAll('#table td .bad')]"
                            + ".every(one => one.getBoundingClientRect().right <= innerWidth)"))
                    .isTrue();
            assertThat((Boolean) browser.script("const table = document.querySelector('#table .scroll');"
                            + "return table.scrollWidth <= table.clientWidth"))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("10 and 11: a trace says why each attempt failed, and a stack keeps its lines")
    void aTraceSaysWhatWasSaid() {
        String failed = ledger.get("/api/events?type=task:failed&aggregateId=task-2")
                .json()
                .at("/items/0/id")
                .asString();
        try (Browser browser = browser("/trace?id=" + failed)) {
            assertThat(browser.text(".focus")).contains("reason b of it");
            browser.find(".focus details summary", "Stack").click();
            assertThat(browser.text(".focus pre")).contains("it broke\n    at one (a.js:1)\n    at two");
            String started = ledger.get("/api/events?type=task:started&aggregateId=task-2")
                    .json()
                    .at("/items/0/id")
                    .asString();
            browser.go("/trace?id=" + started);
            assertThat(browser.text("main")).contains("reason b of it");
        }
    }

    @Test
    @DisplayName(
            "13: what agents failed at and how many tasks failed are told apart, and no failed task is in anybody's work")
    void theFiguresOfAgentsAndTasksDoNotContradict() {
        try (Browser browser = browser("/agents").awaitAll()) {
            long failed = ledger.get("/api/tasks/statistics")
                    .json()
                    .at("/byStatus/failed")
                    .asLong();
            assertThat(browser.text("#agent-counts")).contains("Of tasks " + failed + " have failed");
            assertThat(browser.find("#agents tr[data-key='agent-1']").getText()).contains("task-3", "failed");
        }
    }

    @Test
    @DisplayName("14: what an agent began and others took over is one click away")
    void whatAnAgentBeganIsFound() {
        try (Browser browser = browser("/tasks?agent=agent-1")) {
            assertThat(browser.all("#table tbody tr")).hasSize(2);
            browser.find("#tasks-had a").click();
            browser.until("all three", () -> browser.all("#events tr[data-row]").size() == 3);
        }
    }

    @Test
    @DisplayName("16: a row opens wherever it is clicked, beside its neighbours")
    void aRowOpensWhereverItIsClicked() {
        try (Browser browser = browser("/events")) {
            browser.find("#events tr[data-key='50'] td.payload").click();
            browser.find("#opened-title");
            assertThat(browser.address()).contains("event=");
            assertThat(browser.all("#events tr[data-key='50'][aria-current]")).hasSize(1);
        }
    }

    @Test
    @DisplayName("17: a time that cannot be read is told at its field, and nothing typed is lost")
    void aTimeThatCannotBeReadLosesNothing() {
        try (Browser browser = browser("/events?type=task:failed")) {
            browser.find("input[name=after]").sendKeys("the day before", Keys.ENTER);
            browser.until(
                    "told at the field",
                    () -> "true".equals(browser.find("input[name=after]").getAttribute("aria-invalid"))
                            || !browser.script("return document.querySelector('input[name=after]').validationMessage")
                                    .equals(""));
            assertThat(browser.find("input[name=type]").getAttribute("value")).isEqualTo("task:failed");
            assertThat(browser.find("input[name=after]").getAttribute("value")).isEqualTo("the day before");
            assertThat(browser.all("#events tr[data-row]")).hasSize(3);
        }
    }

    @Test
    @DisplayName("18: rows stay where they are under somebody who reads further down")
    void nothingMovesUnderAReader() {
        try (Browser browser = browser("/events").size(1280, 500)) {
            browser.script("scrollTo(0, 400)");
            browser.awaitText("#pause", "Paused");
            String first = browser.find("#events tr[data-row]").getAttribute("data-key");
            ledger.post("/api/events?mode=observe", event(OMEGA, "task:created", "late", "\"title\":\"Late\""));
            browser.awaitText("#new", "1 new");
            assertThat(browser.find("#events tr[data-row]").getAttribute("data-key"))
                    .isEqualTo(first);
            browser.find("#new").click();
            browser.awaitText("#events tr[data-row]", "late");
        }
    }

    @Test
    @DisplayName("21 and 22: the time machine's keys work wherever the focus is, and the pages stay within reach")
    void keysOfTheTimeMachineNeedNoFocus() {
        try (Browser browser = browser("/time").size(1280, 500)) {
            browser.find("#scrubber");
            browser.press(Keys.PAGE_DOWN);
            browser.until("a moment before", () -> browser.address().contains("position="));
            browser.script("scrollTo(0, document.body.scrollHeight)");
            assertThat((Double)
                            browser.script("return document.querySelector('.doors').getBoundingClientRect().top + 0.5"))
                    .isGreaterThanOrEqualTo(0);
            browser.size(390, 700).go("/operations").awaitLive();
            assertThat((Boolean) browser.script("const tab = document.querySelector('.doors [aria-current]')"
                            + ".getBoundingClientRect(); return tab.left >= 0 && tab.right <= innerWidth"))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("23: two swarms that are shortened to the same are shown whole")
    void whatLooksTheSameIsTheSame() {
        try (Browser browser = browser("/").awaitAll()) {
            browser.awaitText("#swarms", ALPHA);
            assertThat(browser.text("#swarms")).contains(OMEGA);
            ledger.post("/api/events?mode=observe", event(OMEGA, "task:created", "later", "\"title\":\"Later\""));
            browser.until(
                    "it came",
                    () -> browser.text("#swarms").contains("2 pending")
                            || browser.text("#swarms").contains("1\npending")
                            || browser.text("#swarms").contains("2\npending"));
            browser.awaitText("#swarms", OMEGA);
        }
    }

    @Test
    @DisplayName("25: titles name the thing")
    void titlesNameTheThing() {
        String failed = ledger.get("/api/events?type=task:failed")
                .json()
                .at("/items/0/id")
                .asString();
        try (Browser browser = browser("/trace?id=" + failed)) {
            assertThat((String) browser.script("return document.title")).startsWith("task:failed of task-");
        }
    }
}
