package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What pages once did to people who were on call, each as it was seen. */
class SeenOnPagesTest {

    private static final long MINUTE = 60_000;
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
        tell(ledger, events);
    }

    private static void tell(HttpLedger of, List<String> events) {
        String body = "[" + String.join(",", events) + "]";
        assertThat(of.post("/api/events?mode=observe", body).status()).isEqualTo(201);
        Demo.awaitViews(of);
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
    @DisplayName("2 and 3: each cause is a row with its own words, however many requests it hit")
    void eachCauseIsARow() {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            List<String> events = new ArrayList<>();
            String said =
                    "{\\\"type\\\":\\\"error\\\",\\\"error\\\":{\\\"type\\\":\\\"%s\\\",\\\"message\\\":\\\"%s\\\"}}";
            for (String error : List.of(
                    "Error: 400 " + said.formatted("invalid_request_error", "prompt is too long: 210000 tokens"),
                    "Error: 529 " + said.formatted("overloaded_error", "Overloaded"),
                    "Error: 401 " + said.formatted("authentication_error", "invalid x-api-key"),
                    "Rate limited (429), request req_220e44",
                    "Rate limited (429), request req_220e45")) {
                events.add(event(ALPHA, "task:failed", "task-" + events.size(), "\"error\":\"" + error + "\""));
            }
            tell(own, events);

            browser.go("/failures").awaitLive();
            assertThat(browser.all("#failures tr[data-row]")).hasSize(4);
            for (String words :
                    List.of("prompt is too long", "Overloaded", "invalid x-api-key", "Rate limited (429)")) {
                browser.find("#failures tr[data-row]", words);
            }
            browser.go("/").awaitAll();
            assertThat(browser.all("#incidents li")).hasSize(4);
        }
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
    @DisplayName(
            "6: tasks are in the order in which people count, it is said how many they are, and they can be sorted")
    void tasksAreInTheOrderInWhichPeopleCount() {
        try (Browser browser = browser("/tasks")) {
            assertThat(firstTasks(browser)).containsExactly("task-1", "task-2", "task-3");
            assertThat(browser.text("#table .pager")).contains("40 of 40");
            browser.find("#table th a", "Attempts").click();
            browser.awaitText("#table th[aria-sort=descending]", "Attempts");
            assertThat(firstTasks(browser)).startsWith("task-1");
            browser.find("#table th a", "Task").click();
            browser.awaitText("#table th[aria-sort=ascending]", "Task");
            assertThat(firstTasks(browser)).startsWith("task-1");
        }
    }

    private static List<String> firstTasks(Browser browser) {
        return browser.all("#table tr[data-row] td:first-child a").stream()
                .limit(3)
                .map(WebElement::getText)
                .toList();
    }

    @Test
    @DisplayName("9: roles, titles and errors are found, in any letter case and by their beginning")
    void wordsAreFound() {
        try (Browser browser = browser("/events?q=CODER")) {
            browser.awaitText("#events tr[data-row]", "agent:spawned");
            assertThat(browser.all("#events tr[data-row]")).hasSize(12);
            browser.go("/events?q=reas").awaitLive();
            assertThat(browser.all("#events tr[data-row]")).hasSize(3);
            browser.go("/events?q=title:part").awaitLive();
            assertThat(browser.all("#events tr[data-row]")).hasSize(40);
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

    @Test
    @DisplayName(
            "12: how often something failed leads to those failures and no others, and so do the others that it hit")
    void aCountOfFailuresLeadsToThose() {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            List<String> events = new ArrayList<>();
            for (int i = 1; i <= 9; i++) {
                events.add(event(ALPHA, "agent:spawned", "agent-" + i, "\"role\":\"coder\""));
                String error = i <= 5 ? "Rate limited, request req_220e4" + i : "No space left on the disk";
                events.add(event(ALPHA, "agent:failed", "agent-" + i, "\"error\":\"" + error + "\""));
            }
            tell(own, events);

            browser.go("/failures").awaitLive();
            rateLimited(browser).findElement(By.linkText("5")).click();
            browser.until("those", () -> browser.address().startsWith("/failures/alike?"));
            assertThat(browser.all("#alike tr[data-row]")).hasSize(5).allSatisfy(row -> assertThat(row.getText())
                    .contains("Rate limited"));
            browser.checkAccessible();

            browser.go("/failures").awaitLive();
            rateLimited(browser).findElement(By.linkText("and 2 more")).click();
            browser.awaitText("#alike", "agent-1");
            assertThat(browser.text("#alike")).contains("agent-5").doesNotContain("agent-6");
        }
    }

    private static WebElement rateLimited(Browser browser) {
        return browser.find("#failures tr[data-row]", "Rate limited");
    }

    @Test
    @DisplayName("15: a letter that fails again is not said to have been applied, and keeps what it failed of")
    void aLetterThatFailsAgainKeepsItsCause() {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            own.bean(LogFile.class)
                    .writer()
                    .append(List.of(
                            sick(1, "agent:spawned", "{\"role\":\"coder\"}"),
                            sick(2, "agent:started", "{\"startedAt\":\"soon\"}")));
            Demo.awaitViews(own);
            browser.go("/operations").awaitLive();
            String cause = browser.find("#letters .said b").getText();
            String why = browser.text("#letters .said");

            browser.find("#letters button", "Retry").click();
            browser.find(".notice.bad", "It failed again: ");
            assertThat(browser.all(".notice.good")).isEmpty();
            browser.go("/operations").awaitLive();
            assertThat(browser.text("#letters .said"))
                    .isEqualTo(why)
                    .startsWith(cause)
                    .doesNotContain("Throwable");
        }
    }

    private static EventRow sick(int version, String type, String payload) {
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
    @DisplayName(
            "19: what operations found is told in words, the cause of a view's error is to be read, and nothing is retried")
    void operationsAreToldInWords(@TempDir Path directory) {
        try (HttpLedger own = HttpLedger.in(directory);
                Browser browser = Browser.at(own).go("/")) {
            browser.find("#play-demo").click();
            browser.awaitText("#attention-swarms", "incidents are over");
            browser.go("/operations").awaitLive();
            assertThat(browser.find("#retry-all").isEnabled())
                    .as("there is nothing to retry")
                    .isFalse();
            browser.find("button", "Verify the chain").click();
            browser.find("#work tr .chip.good", "done");
            browser.find("#view-task-history button", "Check").click();
            browser.awaitText("#work", "as the log says");
            browser.until("all done", () -> browser.all("#work tr .chip.good").size() == 3);
            assertThat(browser.text("#work")).contains("swarmId").doesNotContain("[", "{", "=");

            JdbcClient views = JdbcClient.create(SqliteConnections.rebuildable(new LedgerFiles(directory).views()));
            views.sql("ALTER TABLE memory_index RENAME TO elsewhere").update();
            own.post(
                    "/api/memories",
                    "{\"memoryId\":\"m\",\"namespace\":\"n\",\"key\":\"k\",\"memoryType\":\"episodic\",\"size\":1}");
            browser.awaitText("#view-memory-index", "failing");
            assertThat(browser.text("#view-memory-index")).contains("no such table");
            views.sql("ALTER TABLE elsewhere RENAME TO memory_index").update();
            browser.awaitText("#view-memory-index", "ok");
        }
    }

    @Test
    @DisplayName("20: what is told late of before makes nobody silent of whom something was heard since")
    void whatIsToldLateMakesNobodySilent() {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            long now = System.currentTimeMillis();
            tell(
                    own,
                    List.of(
                            at(now - 90 * MINUTE, event(ALPHA, "swarm:initialized", ALPHA, "\"topology\":\"mesh\"")),
                            at(now - 80 * MINUTE, event(ALPHA, "agent:spawned", "speaks", "\"role\":\"coder\"")),
                            at(now - 80 * MINUTE, event(ALPHA, "task:created", "held", "\"title\":\"Held\"")),
                            at(now - 8_000, event(ALPHA, "agent:task-assigned", "speaks", "\"taskId\":\"held\"")),
                            at(now - 8_000, event(ALPHA, "task:started", "held", "\"agentId\":\"speaks\"")),
                            at(now - 55 * MINUTE, event(ALPHA, "agent:tool-called", "speaks", "\"tool\":\"Bash\"")),
                            at(now - 90 * MINUTE, event(OMEGA, "swarm:initialized", OMEGA, "\"topology\":\"mesh\"")),
                            at(now - 8_000, event(OMEGA, "task:created", "new", "\"title\":\"New\"")),
                            at(now - 55 * MINUTE, event(OMEGA, "task:created", "old", "\"title\":\"Old\""))));

            browser.go("/").awaitAll();
            browser.awaitText("#attention-swarms", "Nothing does");
            assertThat(browser.text("main")).doesNotContain("silent", "Nothing is heard");
            browser.go("/incidents?show=open");
            browser.awaitText("#incidents", "No incident");
            browser.script("document.cookie = 'swarm-ledger-times=ago; path=/'");
            browser.go("/agents").awaitLive();
            assertThat(browser.text("#agents tr[data-key]")).contains("ok").doesNotContain("55 min");
            browser.go("/swarm?swarmId=" + OMEGA).awaitAll();
            assertThat(browser.text("#swarm")).doesNotContain("55 min");
        }
    }

    private static String at(long time, String event) {
        return "{\"timestamp\":" + time + "," + event.substring(1);
    }

    @Test
    @DisplayName("24: what was never read says so, and what is hot is not cold")
    void whatWasNeverReadSaysSo() {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            List<String> events = new ArrayList<>();
            for (String memory : List.of("read", "unread")) {
                events.add(event(
                        ALPHA,
                        "memory:stored",
                        memory,
                        "\"namespace\":\"n\",\"key\":\"" + memory + "\",\"memoryType\":\"episodic\",\"size\":7"));
            }
            events.add(event(ALPHA, "memory:retrieved", "read", ""));
            tell(own, events);

            browser.go("/memory?id=unread").awaitLive();
            List<WebElement> cells =
                    browser.find("#table tr[data-row]", "unread").findElements(By.cssSelector("td"));
            assertThat(cells.get(7).getText()).as("last read").isEqualTo("–");
            assertThat(browser.find("#one .facts").getText()).containsPattern("Last read\\s+–");
            assertThat(browser.text("#notable [aria-label=hot]"))
                    .contains("read")
                    .doesNotContain("unread");
            assertThat(browser.text("#notable [aria-label=cold]")).contains("unread", "never read");
            assertThat(browser.all("#notable [aria-label=cold] li")).hasSize(1);
        }
    }

    @Test
    @DisplayName("26: whoever types a wrong token is told of the token that was typed")
    void aWrongTokenIsTheOneThatWasTyped(@TempDir Path directory) {
        TokenFile tokens = new TokenFile(new LedgerFiles(directory));
        String secret = tokens.create("olga", Role.operator, Clock.systemUTC());
        try (HttpLedger own = HttpLedger.in(directory);
                Browser browser = Browser.at(own).expectInConsole("401").go("/")) {
            for (String wrong : List.of("wrong", "swl_\u00fc\u2013")) {
                browser.find("#token").clear();
                browser.find("#token").sendKeys(wrong);
                browser.find("button").click();
                browser.awaitText("#problem", "The token you typed is no token of this ledger");
                assertThat(browser.text("main")).doesNotContain("Authorization", "header");
                browser.find("#token").sendKeys(" ");
            }
            browser.find("#token").clear();
            browser.find("#token").sendKeys(secret);
            browser.find("button").click();
            browser.awaitLive();

            browser.go("/operations").awaitLive();
            tokens.revoke("olga");
            browser.find("button", "Verify the chain").click();
            browser.find("#notices .bad, #token");
            assertThat(browser.text("body")).doesNotContain("Authorization");
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("26: what there is not is told alike wherever it is asked for, with a way on")
    @CsvSource({
        "/agents?id=nope, agent nope",
        "/tasks?id=nope, task nope",
        "/tasks?id=nope&position=1, task nope",
        "/memory?id=nope, memory nope",
        "/swarm?swarmId=nope, swarm nope",
        "/run?swarmId=nope, swarm nope",
        "/story?swarmId=nope, swarm nope",
        "/suspects?taskId=nope, task nope",
        "/suspects?swarmId=nope, swarm nope",
        "/events?event=nope, event nope",
        "/trace?id=nope, event nope",
        "/trace/nope, event nope",
        "/incidents?id=nope, incident nope"
    })
    void whatThereIsNotIsToldAlike(String address, String what) {
        assertThat(ledger.get(address, "Accept", "text/html").status()).isEqualTo(404);
        try (Browser browser =
                Browser.at(ledger).expectInConsole("404").go(address).awaitLive()) {
            assertThat(browser.text("main h1")).isEqualTo("Not there");
            assertThat(browser.text("main")).contains("There is no " + what);
            browser.find("main a", "Overview");
            browser.find("main a", "What mentions it").click();
            browser.awaitText("#events", "No such event");
            assertThat(browser.address()).isEqualTo("/events?q=nope");
        }
    }

    private static List<String> pages() {
        return List.of(
                "/",
                "/incidents",
                "/failures",
                "/time",
                "/run",
                "/run?swarmId=" + ALPHA,
                "/tasks?id=task-1",
                "/agents?id=agent-1",
                "/memory",
                "/events",
                "/operations",
                "/swarm?swarmId=" + ALPHA,
                "/story?swarmId=" + ALPHA,
                "/suspects?taskId=task-2",
                "/attempts?outcome=failed");
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("26: whatever is pressed is 24 px high, and on a phone nothing sticks out of the page")
    void whatIsPressedIsHighEnough(String address) {
        try (Browser browser = browser(address).awaitAll()) {
            assertThat((List<?>) browser.script(
                            "return [...document.querySelectorAll('a[href]:not(.skip), button, summary')]"
                                    + ".map(one => [one, one.getBoundingClientRect()])"
                                    + ".filter(([one, at]) => at.height > 0 && at.height < 24)"
                                    + ".map(([one, at]) => at.height + ' ' + one.outerHTML.slice(0, 100))"))
                    .isEmpty();
            browser.size(390, 844);
            assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
        }
    }

    @Test
    @DisplayName("7, of a run: on a phone what failed is to be read without scrolling aside")
    void theWordsOfAFailureAreWithinAPhone() {
        try (Browser browser =
                Browser.at(ledger).size(390, 844).go("/run?swarmId=" + ALPHA).awaitAll()) {
            browser.find("#failures td", "reason b of it");
            assertThat((Boolean) browser.script("return [...document.querySelectorAll('#failures td .said')]"
                            + ".every(one => one.getBoundingClientRect().right <= innerWidth)"))
                    .isTrue();
        }
    }
}
