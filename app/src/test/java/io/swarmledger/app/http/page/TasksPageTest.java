package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.timetravel.TimeTravelFollower;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

class TasksPageTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202e{a|b}\u0007";

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

    private static void awaitDrawn(Browser browser, String what) {
        browser.find("#drawing[data-drawn=" + what + "] canvas");
    }

    @Test
    void theTableAndTheDrawingHaveTheSameTasksAndFiltersHoldForBoth() {
        try (Browser browser = browser("/tasks")) {
            awaitDrawn(browser, "timeline");
            assertThat(browser.all("#table tbody tr")).hasSize(60);
            browser.picture("tasks").checkAccessible();

            browser.find("select[name=status]").sendKeys("failed");
            browser.find("input[name=agent]").sendKeys("nobody", Keys.ENTER);
            browser.awaitText("main", "No task is like that");
            assertThat(browser.address())
                    .contains("status=failed", "agent=nobody")
                    .doesNotContain("type=");

            browser.go("/tasks?status=completed").awaitLive();
            JsonNode drawn = ledger.get("/tasks/chart?status=completed").json();
            assertThat(browser.all("#table tbody tr"))
                    .hasSize(drawn.path("tasks").size())
                    .allSatisfy(row -> assertThat(row.getText()).contains("completed"));
        }
    }

    @Test
    void dependenciesAreDrawnFromWhatIsNeededToWhatNeedsIt() {
        try (Browser browser = browser("/tasks?view=graph")) {
            awaitDrawn(browser, "graph");
            JsonNode drawn = ledger.get("/tasks/chart?view=graph").json();
            assertThat(drawn.path("nodes").size()).isEqualTo(60);
            long needs = ledger.get("/api/tasks")
                    .json()
                    .path("items")
                    .valueStream()
                    .mapToLong(task -> task.path("dependencies").size())
                    .sum();
            assertThat(drawn.path("edges").size())
                    .isGreaterThanOrEqualTo((int) needs)
                    .isPositive();
            browser.picture("tasks-dependencies").checkAccessible();
        }
    }

    @Test
    void theMomentOfTheTimeMachineIsKeptAndSaid() {
        try (Browser browser = browser("/tasks?position=100")) {
            awaitDrawn(browser, "timeline");
            assertThat(browser.text("#moment-shown")).startsWith("viewing the past: #100, ");
            JsonNode then = ledger.get("/api/state?position=100&limit=100")
                    .json()
                    .path("tasks")
                    .path("items");
            assertThat(browser.all("#table tbody tr")).hasSize(then.size());
            String status = then.path(0).path("status").asString();
            long alike = then.valueStream()
                    .filter(task -> task.path("status").asString().equals(status))
                    .count();
            browser.go("/tasks?position=100&status=" + status).awaitLive();
            assertThat(browser.all("#table tbody tr")).hasSize((int) alike);
            browser.find("#moment-shown a[href='/tasks?status=" + status + "']").click();
            browser.until("now", () -> browser.all("#moment-shown").isEmpty());
        }
    }

    @Test
    void whoReadsItCanStepIn() {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            own.post("/api/agents", "{\"agentId\":\"agent-2\",\"role\":\"coder\"}");
            own.post("/api/tasks", "{\"taskId\":\"task:1@x\",\"title\":\"Write it\"}");
            own.get("/api/tasks?minPosition=2");
            browser.go("/tasks?id=task:1@x").awaitLive();

            act(browser, "task:failed", "error", "nobody is at it");
            browser.awaitText("#one .facts", "nobody is at it");
            act(browser, "task:queued", "note", "once more");
            browser.awaitText("#one header", "queued");
            browser.checkAccessible();
            act(browser, "agent:task-assigned", "agentId", "nobody");
            browser.find(".notice.bad", "nobody");
            act(browser, "agent:task-assigned", "agentId", "agent-2");
            browser.awaitText("#notices", "Recorded: assigned");
            act(browser, "task:cancelled", "reason", "not needed");
            browser.awaitText("#one header", "cancelled");
            browser.until("nothing more to do", () -> browser.all(".acts").isEmpty());
            browser.expectInConsole("422");
            browser.expectInConsole("409");
            browser.expectInConsole("404");

            JsonNode events = own.get("/api/events?afterPosition=2").json().path("items");
            assertThat(events.valueStream().map(event -> event.path("type").asString()))
                    .containsExactly("task:failed", "task:queued", "agent:task-assigned", "task:cancelled");
            assertThat(events.valueStream()
                            .map(event -> event.path("metadata").path("by").asString()))
                    .containsOnly("Ada");
            assertThat(events.path(1).path("metadata").path("note").asString()).isEqualTo("once more");
            assertThat(events.path(2).path("payload").path("taskId").asString()).isEqualTo("task:1@x");

            browser.go("/agents?id=agent-2").awaitLive();
            act(browser, "agent:stopped", "reason", "goes in circles");
            browser.awaitText("#agent header", "stopped");
        }
    }

    private static void act(Browser browser, String event, String field, String value) {
        if (browser.all(".acts[open]").isEmpty()) {
            browser.find(".acts summary").click();
        }
        String form = ".acts form[data-event='" + event + "'] ";
        browser.find(form + "input[name=by]").clear();
        browser.find(form + "input[name=by]").sendKeys("Ada");
        browser.find(form + "input[name=" + field + "]").clear();
        browser.find(form + "input[name=" + field + "]").sendKeys(value);
        browser.find(form + "button").click();
        browser.find("#sure-yes").click();
    }

    @Test
    void oneTaskIsToldThroughItsAttempts() {
        JsonNode failed = ledger.get("/api/events?type=task:failed&limit=1")
                .json()
                .path("items")
                .path(0);
        String id = failed.path("aggregateId").asString();
        try (Browser browser = browser("/tasks?id=" + id)) {
            assertThat(browser.text("#one")).contains(id, "failed", "in-progress", "completed");
            browser.picture("task").checkAccessible();
            browser.go(
                    "/tasks?id=" + id + "&position=" + failed.path("position").asLong());
            assertThat(browser.text("#one tbody tr:last-child")).contains("failed", "still");
        }
    }

    @Test
    void theStatusOfATaskLeadsToWhy() {
        try (Browser browser = browser("/tasks?status=completed")) {
            browser.find("#table tbody tr:first-child td:nth-child(3) a").click();
            browser.until("the trace", () -> browser.address().startsWith("/trace/"));
        }
    }

    @Test
    void hostileTitlesAreShownAndDoNothing() throws Exception {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            Imported history = new Imported();
            Imported.into(
                    own,
                    List.of(
                            history.next(
                                    HOSTILE,
                                    "task:created",
                                    HOSTILE,
                                    Map.of(
                                            "title",
                                            HOSTILE,
                                            "taskType",
                                            HOSTILE,
                                            "priority",
                                            HOSTILE,
                                            "dependencies",
                                            List.of(HOSTILE, "t-2", "<b>"))),
                            history.next(
                                    "t-2",
                                    "task:created",
                                    "swarm",
                                    Map.of("title", "y".repeat(1 << 20), "dependencies", List.of(HOSTILE))),
                            history.next(HOSTILE, "task:started", "swarm", Map.of("agentId", HOSTILE)),
                            history.next(HOSTILE, "task:failed", "swarm", Map.of("error", HOSTILE))));
            browser.go("/tasks").awaitLive();
            awaitDrawn(browser, "timeline");
            assertThat(browser.text("#table")).contains("<img src=x", "\\u202e");
            browser.checkAccessible();
            browser.go("/tasks?view=graph").awaitLive();
            awaitDrawn(browser, "graph");
            assertThat((Long) browser.script("return document.body.innerHTML.length"))
                    .isLessThan(60_000);
        }
    }

    @Test
    void aHundredThousandTasksArePaged() throws Exception {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            Imported history = new Imported();
            Imported.into(own, () -> IntStream.rangeClosed(1, 100_000)
                    .mapToObj(task -> "task-%06d".formatted(task))
                    .map(id -> history.next(id, "task:created", "swarm", Map.of("taskId", id, "title", "One of many")))
                    .iterator());

            browser.go("/tasks").awaitLive();
            awaitDrawn(browser, "timeline");
            assertThat(browser.all("#table tbody tr")).hasSize(100);
            assertThat(browser.text("#table .pager")).contains("100 of 100\u2009000");
            browser.find("#table .pager a[rel=next]").click();
            browser.awaitText("#table tbody tr:first-child", "task-000101");
            browser.go("/tasks?position=50000").awaitLive();
            assertThat(browser.text("#table .pager")).contains("100 of 50\u2009000");
            browser.find("#table .pager a[rel=next]").click();
            browser.awaitText("#table tbody tr:first-child", "task-000101");
            assertThat(browser.text("#moment-shown")).contains("#50\u2009000");
        }
    }

    @Test
    void tasksOfNowAreShownWhileTheIndexOfAllMomentsIsBehindAndTheTimeMachineSaysHowFarItIs() {
        try (HttpLedger own = HttpLedger.inMemory();
                Browser browser = Browser.at(own)) {
            own.bean(TimeTravelFollower.class).stop();
            Demo.play(own);
            browser.go("/tasks").awaitLive();
            assertThat(browser.all("#table tbody tr")).isNotEmpty();
            browser.awaitText("#in-all", "40 in all");
            assertThat(browser.text("#statuses")).containsPattern("completed\\s+\\d");

            browser.expectInConsole("503").go("/time").awaitLive();
            assertThat(browser.text("#not-yet")).contains("At #0 of #");
            browser.checkAccessible();
            own.bean(TimeTravelFollower.class).start();
            browser.awaitText("#moment .where", "now");
        }
    }

    @Test
    void whatCannotBeCountedIsSaidAndCanBeAskedForAgain() {
        try (Browser browser = browser("/tasks")) {
            browser.awaitAll();
            browser.expectInConsole("ERR_BLOCKED")
                    .expectInConsole("htmx:")
                    .block("*/tasks/later*")
                    .go("/tasks");
            browser.awaitText("#not-counted", "could not be fetched");
            assertThat(browser.all("#table tbody tr")).hasSize(60);
            assertThat(browser.all("#statuses a")).hasSize(8);
            browser.block();
            browser.find("#not-counted button").click();
            browser.awaitText("#in-all", "60 in all");
            assertThat(browser.all("#not-counted")).isEmpty();
        }
    }

    @Test
    void whereThereIsNoTaskItIsSaid() {
        try (HttpLedger empty = HttpLedger.inMemory();
                Browser browser = Browser.at(empty)) {
            browser.go("/tasks").awaitLive();
            assertThat(browser.text("main")).contains("No task yet");
            browser.checkAccessible();
        }
    }

    @Test
    void onAUsualScreenTheTableFits() {
        try (Browser browser = Browser.at(ledger).size(1280, 900).go("/tasks")) {
            awaitDrawn(browser, "timeline");
            assertThat((Boolean) browser.script("return [...document.querySelectorAll('.scroll')]"
                            + ".every(one => one.scrollWidth <= one.clientWidth)"))
                    .isTrue();
        }
    }

    @Test
    void onAPhoneNothingSticksOutOfThePage() {
        try (Browser browser = Browser.at(ledger).size(390, 844).go("/tasks")) {
            awaitDrawn(browser, "timeline");
            assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
        }
    }
}
