package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.incident.AcknowledgeIncident;
import io.swarmledger.events.Json;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.incident.FindIncidents;
import io.swarmledger.query.incident.GetIncident;
import io.swarmledger.query.incident.Incident;
import io.swarmledger.query.incident.IncidentWithEvents;
import io.swarmledger.query.incident.IncidentWithEvents.FailedEvent;
import io.swarmledger.query.incident.Incidents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** An incident is a cause: what failed because of it is one, and what stands still is one too. Each test has a swarm of its own. */
class IncidentsTest {

    private static final double MINUTE = 60_000;

    private static TestLedger ledger;

    private static final Rows ROWS = new Rows();
    private final double now = System.currentTimeMillis();
    private String swarm;

    @BeforeAll
    static void open() {
        ledger = TestLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        swarm = test.getTestMethod().orElseThrow().getName();
    }

    /** What happened so many minutes ago to a thing of this test's swarm. */
    private void happened(double minutesAgo, String thing, String type, Object... payload) throws Exception {
        Map<String, Object> fields = new java.util.LinkedHashMap<>();
        for (int i = 0; i < payload.length; i += 2) {
            fields.put((String) payload[i], payload[i + 1]);
        }
        ledger.log()
                .writer()
                .append(List.of(ROWS.next(
                        id(thing),
                        type,
                        Json.mapper().writeValueAsString(fields),
                        now - minutesAgo * MINUTE,
                        swarm,
                        null)));
    }

    private String id(String thing) {
        return thing.equals("swarm") ? swarm : swarm + "." + thing;
    }

    private void isInitialized() throws Exception {
        happened(90, "swarm", "swarm:initialized", "topology", "mesh");
    }

    private void isAt(double minutesAgo, String agent, String task) throws Exception {
        happened(minutesAgo, agent, "agent:spawned", "role", "coder");
        happened(minutesAgo, task, "task:created", "title", "To do");
        isTried(minutesAgo, agent, task);
    }

    private void isTried(double minutesAgo, String agent, String task) throws Exception {
        happened(minutesAgo, agent, "agent:task-assigned", "taskId", id(task));
        happened(minutesAgo, task, "task:started", "agentId", id(agent));
    }

    private Incidents ask() {
        return ledger.ask(FindIncidents.all().withSwarmId(swarm), Incidents.class);
    }

    private List<Incident> incidents() {
        return ask().items();
    }

    private Incident only() {
        assertThat(incidents()).hasSize(1);
        return incidents().get(0);
    }

    @Test
    void aCallTheTaskAndTheAgentThatFailOfItAreOneWithTheCallsMessage() throws Exception {
        isAt(5, "a", "t");
        happened(
                4,
                "a",
                "agent:model-called",
                "model",
                "m",
                "error",
                "529 {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
        happened(3, "t", "task:failed", "error", "gave up");
        happened(3, "a", "agent:failed", "error", "could not do it");

        Incident incident = only();

        assertThat(incident.cause()).isEqualTo("529 overloaded_error: Overloaded");
        assertThat(incident.status()).isEqualTo("new");
        assertThat(incident.open()).isTrue();
        assertThat(incident.count()).isEqualTo(1);
        assertThat(incident.agents()).containsExactly(id("a"));
        assertThat(incident.tasks()).containsExactly(id("t"));
        assertThat(ledger.ask(new GetIncident(incident.id()), IncidentWithEvents.class)
                        .events())
                .filteredOn(event -> event.swarmId().equals(swarm))
                .extracting(FailedEvent::type, FailedEvent::outcome)
                .containsExactly(
                        tuple("agent:failed", "failed"),
                        tuple("task:failed", "failed"),
                        tuple("agent:model-called", "failed"));
    }

    @Test
    void aCallAfterWhichTheAgentWentOnIsNotTheCause() throws Exception {
        isAt(5, "a", "t");
        happened(4, "a", "agent:tool-called", "tool", "Bash", "error", "exit code 1");
        happened(4, "a", "agent:tool-called", "tool", "Read");
        happened(3, "t", "task:failed", "error", "the reviewer said no");

        assertThat(incidents())
                .extracting(Incident::title, Incident::status)
                .containsExactly(tuple("the reviewer said no", "new"), tuple("exit code 1", "ended"));
    }

    @Test
    void threeCausesAreThreeAndEightRequestsOne() throws Exception {
        for (String error : List.of(
                "400 {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long\"}}",
                "529 {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
                "401 {\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}}")) {
            happened(5, "t" + error.substring(0, 3), "task:created");
            happened(4, "t" + error.substring(0, 3), "task:failed", "error", error);
        }
        for (int i = 0; i < 8; i++) {
            happened(3, "r" + i, "task:created");
            happened(3, "r" + i, "task:failed", "error", "Rate limited (429), request req_220e4" + i);
        }
        assertThat(incidents())
                .extracting(Incident::cause, Incident::count)
                .containsExactly(
                        tuple("Rate limited (429), request <id>", 8L),
                        tuple("401 authentication_error: invalid x-api-key", 1L),
                        tuple("529 overloaded_error: Overloaded", 1L),
                        tuple("400 invalid_request_error: prompt is too long", 1L));
    }

    @Test
    void itIsRecoveredOnceTheTaskIsDoneAndRecurringIfItComesAgain() throws Exception {
        isAt(9, "a", "t");
        happened(8.9, "t", "task:failed", "error", "flaky");
        happened(8.8, "t", "task:queued");
        assertThat(only().status()).isEqualTo("new");
        isTried(8.8, "a", "t");
        happened(8.7, "t", "task:completed");
        assertThat(only()).extracting(Incident::status, Incident::open).containsExactly("recovered", false);

        isAt(5, "a", "u");
        happened(4, "u", "task:failed", "error", "flaky");
        assertThat(only())
                .extracting(Incident::status, Incident::open, Incident::count, Incident::recovered)
                .containsExactly("recurring", true, 2L, 1L);
        assertThat(only().trend().counts().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(2);
    }

    @Test
    void theSecondAttemptsFailureIsNoneOfTheFirst() throws Exception {
        isAt(50, "a", "t");
        happened(49, "t", "task:failed", "error", "disk full");
        happened(48, "t", "task:started", "agentId", id("a"));
        happened(47, "a", "agent:failed", "error", "out of memory");
        happened(47, "t", "task:failed", "error", "the agent died");

        assertThat(incidents()).extracting(Incident::title).containsExactly("out of memory", "disk full");
        assertThat(incidents().get(0).tasks()).containsExactly(id("t"));
    }

    @Test
    void whatAnEndedSwarmLeftIsNoLongerOpen() throws Exception {
        isInitialized();
        isAt(50, "a", "t");
        happened(49, "t", "task:failed", "error", "boom");
        happened(48, "swarm", "swarm:terminated");

        assertThat(only()).extracting(Incident::status, Incident::open).containsExactly("ended", false);
        assertThat(ask().open()).isZero();
    }

    @Test
    void whatWaitsForItIsBlockedByItHoweverFarBehind() throws Exception {
        isAt(9, "a", "t");
        happened(50, "u", "task:created", "dependencies", List.of(id("t")));
        happened(49, "v", "task:created", "dependencies", List.of(id("u")));
        happened(49, "w", "task:created");
        happened(49, "w", "task:blocked", "blockedBy", List.of(id("t")));
        happened(8, "t", "task:failed", "error", "boom");

        assertThat(incidents()).extracting(Incident::rule).containsExactly("failure");
        assertThat(only().blocked()).containsExactlyInAnyOrder(id("u"), id("v"), id("w"));

        happened(7, "t", "task:started", "agentId", id("a"));
        happened(6, "t", "task:completed");
        assertThat(incidents())
                .filteredOn(Incident::open)
                .extracting(Incident::rule, Incident::tasks)
                .containsExactly(tuple("tasks-waiting", List.of(id("w"))));
    }

    @Test
    void anAgentThatIsSilentOverATaskIsOneInASwarmThatSpeaks() throws Exception {
        isInitialized();
        isAt(55, "dead", "t");
        happened(1, "alive", "agent:spawned");

        assertThat(only())
                .extracting(Incident::rule, Incident::status, Incident::agents, Incident::tasks)
                .containsExactly("agent-silent", "stuck", List.of(id("dead")), List.of(id("t")));
        assertThat(only().since()).isEqualTo(now - 55 * MINUTE);
    }

    @Test
    void anAgentThatIsSilentAfterItsTaskFailedIsNoneBesideThat() throws Exception {
        isInitialized();
        isAt(55, "quiet", "t");
        happened(54, "t", "task:failed", "error", "lost");
        happened(1, "alive", "agent:spawned");

        assertThat(only()).extracting(Incident::rule, Incident::tasks).containsExactly("failure", List.of(id("t")));
    }

    @Test
    void aSwarmOfWhichNothingIsHeardIsOneWithAllThatIsInIt() throws Exception {
        isInitialized();
        isAt(55, "a", "t");
        isAt(54, "b", "u");

        assertThat(only().rule()).isEqualTo("swarm-silent");
        assertThat(only().agents()).containsExactlyInAnyOrder(id("a"), id("b"));
        assertThat(only().tasks()).containsExactlyInAnyOrder(id("t"), id("u"));
    }

    @Test
    void tasksThatTheirAgentLeftAreOneAnAgent() throws Exception {
        isAt(5, "a", "t");
        isAt(5, "b", "u");
        isTried(4, "b", "v");
        happened(4, "v", "task:created");
        happened(4, "v", "task:started", "agentId", id("b"));
        happened(3, "a", "agent:stopped", "reason", "killed");

        assertThat(incidents())
                .extracting(Incident::rule, Incident::agents, Incident::tasks)
                .containsExactlyInAnyOrder(
                        tuple("task-left", List.of(id("a")), List.of(id("t"))),
                        tuple("task-left", List.of(id("b")), List.of(id("u"))));
    }

    @Test
    void whatAFailedAgentLeftIsHitByItsFailure() throws Exception {
        isAt(5, "a", "t");
        happened(4, "a", "agent:failed", "error", "killed");
        assertThat(only()).extracting(Incident::rule, Incident::tasks).containsExactly("failure", List.of(id("t")));
    }

    @Test
    void anAgentInErrorOfWhichNothingSaysWhyIsOne() throws Exception {
        happened(5, "a", "agent:spawned");
        happened(4, "a", "agent:status-changed", "newStatus", "error");
        assertThat(only())
                .extracting(Incident::rule, Incident::agents)
                .containsExactly("agent-failing", List.of(id("a")));
    }

    @Test
    void tasksThatWaitForEachOtherAreOne() throws Exception {
        happened(5, "a", "task:created", "dependencies", List.of(id("b")));
        happened(5, "b", "task:created", "dependencies", List.of(id("c")));
        happened(5, "c", "task:created", "dependencies", List.of(id("a")));
        happened(5, "d", "task:created", "dependencies", List.of(id("a")));

        assertThat(only())
                .extracting(Incident::rule, Incident::tasks, Incident::blocked)
                .containsExactly("circle", List.of(id("a"), id("b"), id("c")), List.of(id("d")));
        happened(300, "a", "task:blocked", "blockedBy", List.of(id("b")));
        happened(300, "b", "task:blocked", "blockedBy", List.of(id("c")));
        assertThat(only().rule()).as("what says already why they wait").isEqualTo("circle");
    }

    @Test
    void anAgentThatRepeatsAStepIsOne() throws Exception {
        happened(5, "a", "agent:spawned");
        happened(5, "a", "agent:started");
        for (int i = 0; i < 4; i++) {
            happened(4, "a", "agent:tool-called", "tool", "Read", "inputDigest", "d1");
        }
        assertThat(incidents()).isEmpty();
        happened(3, "a", "agent:tool-called", "tool", "Read", "inputDigest", "d1");
        assertThat(only())
                .extracting(Incident::rule, Incident::tool, Incident::agents)
                .containsExactly("repeating", "Read", List.of(id("a")));
        assertThat(only().title()).endsWith("called Read with the same input 5 times in a row");

        happened(2, "a", "agent:tool-called", "tool", "Read", "inputDigest", "d2");
        assertThat(incidents()).isEmpty();
    }

    @Test
    void whatIsQueuedForLongIsOneASwarm() throws Exception {
        for (String task : List.of("t", "u", "v")) {
            happened(50, task, "task:created");
            happened(task.equals("v") ? 5 : 45, task, "task:queued");
        }
        assertThat(only())
                .extracting(Incident::rule, Incident::tasks)
                .containsExactly("tasks-waiting", List.of(id("t"), id("u")));
    }

    @Test
    void aBacklogThatWaitsForNothingHidesNobodyWhoDoes() throws Exception {
        List<EventRow> backlog = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            backlog.add(ROWS.next(id("backlog-" + i), "task:created", "{}", now - MINUTE, swarm, null));
        }
        ledger.log().writer().append(backlog);
        happened(50, "t", "task:created");
        happened(45, "t", "task:queued");
        // Twelve thousand are more than a question waits for.
        Incidents found = Awaitility.await("the backlog")
                .atMost(Duration.ofMinutes(1))
                .ignoreException(CompletionException.class)
                .until(this::ask, Objects::nonNull);
        assertThat(found.isWhole()).isTrue();
        assertThat(found.items()).singleElement().satisfies(one -> assertThat(one.tasks())
                .containsExactly(id("t")));
    }

    @Test
    void whoKnowsOfItSaysSoInTheLogUntilItOccursAgain() throws Exception {
        happened(5, "t", "task:created");
        happened(5, "t", "task:failed", "error", "quota exceeded for " + swarm);
        Incident incident = only();

        ledger.send(new AcknowledgeIncident(incident.id(), incident.rule(), incident.title(), swarm, "ordered more"));

        assertThat(only()).extracting(Incident::status, Incident::open).containsExactly("acknowledged", false);
        assertThat(only().acknowledged().note()).isEqualTo("ordered more");
        assertThat(only().id()).isEqualTo(incident.id());

        happened(1, "u", "task:created");
        happened(1, "u", "task:failed", "error", "quota exceeded for " + swarm);
        assertThat(only()).extracting(Incident::status, Incident::open).containsExactly("recurring", true);
    }

    @Test
    void whatIsSaidOfASilentSwarmIsNotHeardOfIt() throws Exception {
        isInitialized();
        Incident silent = only();
        ledger.log()
                .writer()
                .append(List.of(
                        ROWS.next(silent.id(), "incident:acknowledged", "{\"note\":\"over\"}", now, swarm, null)));

        assertThat(only())
                .extracting(Incident::rule, Incident::status, Incident::since)
                .containsExactly("swarm-silent", "acknowledged", silent.since());
    }

    @Test
    void aTaskOfAnAgentThatNobodyHasHeardOfIsLeft() throws Exception {
        happened(50, "t", "task:created");
        happened(45, "t", "task:started", "agentId", id("ghost"));
        happened(50, "u", "task:created");
        happened(45, "u", "task:started");
        assertThat(incidents())
                .extracting(Incident::rule, Incident::tasks, Incident::since)
                .containsExactlyInAnyOrder(
                        tuple("task-left", List.of(id("t")), now - 45 * MINUTE),
                        tuple("task-left", List.of(id("u")), now - 45 * MINUTE));
    }

    @Test
    void aTaskOfAnAgentThatIsIdleAndOfWhichNothingIsHeardIsLeft() throws Exception {
        isAt(50, "a", "t");
        happened(49, "a", "agent:status-changed", "newStatus", "idle");
        happened(1, "b", "agent:spawned");
        assertThat(only()).extracting(Incident::rule, Incident::tasks).containsExactly("task-left", List.of(id("t")));
    }

    @Test
    void anAgentThatFailedOverATaskInProgressIsNotRecoveredByItsStatus() throws Exception {
        isAt(50, "a", "t");
        happened(49, "a", "agent:failed", "error", "out of memory");
        happened(48, "a", "agent:status-changed", "newStatus", "idle");
        happened(1, "b", "agent:spawned");
        assertThat(incidents())
                .extracting(Incident::rule, Incident::open, Incident::tasks)
                .containsExactly(tuple("failure", true, List.of(id("t"))));
    }

    @Test
    void anAgentThatFailedAndWasStoppedIsNotOver() throws Exception {
        happened(9, "a", "agent:spawned");
        happened(8, "a", "agent:failed", "error", "credit balance is too low");
        happened(7, "a", "agent:stopped");
        assertThat(only().open()).isTrue();
    }

    @Test
    void withoutItsModelAnAgentIsNotWellWhateverElseItCalls() throws Exception {
        happened(9, "a", "agent:spawned");
        happened(8, "a", "agent:model-called", "model", "m", "error", "401 invalid key of " + swarm);
        happened(7, "a", "agent:tool-called", "tool", "Read");
        assertThat(only().open()).isTrue();
        happened(6, "a", "agent:model-called", "model", "m");
        assertThat(only().status()).isEqualTo("recovered");
    }

    @Test
    void whatFailsInASwarmAfterItsEndIsOpen() throws Exception {
        isInitialized();
        happened(50, "swarm", "swarm:terminated");
        happened(9, "t", "task:created");
        happened(8, "t", "task:failed", "error", "disk full");
        assertThat(only().open()).isTrue();
    }

    @Test
    void whatCanNeverBeginIsOne() throws Exception {
        happened(50, "t", "task:created");
        happened(49, "t", "task:cancelled");
        happened(45, "u", "task:created", "dependencies", List.of(id("t")));
        happened(45, "v", "task:created", "dependencies", List.of(id("never")));
        happened(45, "w", "task:created");
        assertThat(only())
                .extracting(Incident::rule, Incident::tasks)
                .containsExactly("tasks-waiting", List.of(id("u"), id("v")));
    }

    @Test
    void whatIsLeftLaterIsNotHitByAFailureThatIsKnown() throws Exception {
        isAt(9, "a", "t");
        happened(8, "t", "task:failed", "error", "boom of " + swarm);
        Incident boom = only();
        ledger.send(new AcknowledgeIncident(boom.id(), boom.rule(), boom.title(), swarm, null));
        happened(6, "u", "task:created");
        happened(6, "u", "task:started", "agentId", id("a"));
        happened(5, "a", "agent:stopped");

        assertThat(incidents())
                .filteredOn(Incident::open)
                .extracting(Incident::rule, Incident::tasks)
                .containsExactly(tuple("task-left", List.of(id("u"))));
    }

    @Test
    void whoKnewOfSomeThatWaitDoesNotKnowOfThoseThatDoSince() throws Exception {
        happened(50, "t", "task:created");
        happened(45, "t", "task:queued");
        happened(31, "u", "task:created");
        happened(31, "u", "task:queued");
        Incident waiting = only();
        assertThat(waiting.since()).isEqualTo(now - 45 * MINUTE);
        ledger.log()
                .writer()
                .append(List.of(
                        ROWS.next(waiting.id(), "incident:acknowledged", "{}", now - 10 * MINUTE, swarm, null)));
        assertThat(only().open()).as("u was not stuck yet").isTrue();
        ledger.send(new AcknowledgeIncident(waiting.id(), waiting.rule(), waiting.title(), swarm, null));
        assertThat(only().open()).isFalse();
    }

    @Test
    void whatFollowsAnOlderFailureIsTheLastOfIt() throws Exception {
        happened(9, "a", "agent:spawned");
        happened(8, "a", "agent:failed", "error", "root of " + swarm);
        happened(7, "b", "agent:spawned");
        happened(7, "b", "agent:failed", "error", "root of " + swarm);
        Incident root = only();
        ledger.send(new AcknowledgeIncident(root.id(), root.rule(), root.title(), swarm, null));
        assertThat(only().open()).isFalse();
        ledger.log()
                .writer()
                .append(List.of(new EventRow(
                        "caused-by-" + swarm,
                        swarm,
                        0,
                        "swarm",
                        now,
                        "swarm:error",
                        "1",
                        "{\"error\":\"down\"}",
                        null,
                        "swarm",
                        root.first().eventId(),
                        null,
                        swarm,
                        null)));
        assertThat(only()).extracting(Incident::open, Incident::count).containsExactly(true, 2L);
        assertThat(only().last().eventId()).isEqualTo("caused-by-" + swarm);
    }

    @Test
    void anAgentTakesAllThatItIsAtWithIt() throws Exception {
        isAt(9, "a", "t");
        happened(9, "u", "task:created");
        happened(9, "u", "task:started", "agentId", id("a"));
        happened(8, "a", "agent:failed", "error", "out of memory");
        happened(7, "t", "task:failed", "error", "the agent died");
        happened(7, "u", "task:failed", "error", "the agent died");
        assertThat(only()).extracting(Incident::title, Incident::count).containsExactly("out of memory", 1L);
        assertThat(only().tasks()).containsExactlyInAnyOrder(id("t"), id("u"));
    }

    @Test
    void anAgentThatFailsWithATaskThatNobodyGaveItIsOneWithIt() throws Exception {
        happened(9, "a", "agent:spawned");
        happened(9, "t", "task:created");
        happened(8, "t", "task:started", "agentId", id("a"));
        happened(7, "t", "task:failed", "error", "gave up");
        happened(6, "a", "agent:failed", "error", "broke");
        assertThat(only().title()).isEqualTo("gave up");
    }

    @Test
    void failuresOfASwarmThatIsOverCrowdOutNoOthers() throws Exception {
        happened(9, "t", "task:created");
        happened(8, "t", "task:failed", "error", "live boom");
        String over = swarm + "-over";
        List<EventRow> rows = new ArrayList<>();
        rows.add(ROWS.next(over, "swarm:initialized", "{\"topology\":\"mesh\"}", now, over, null));
        for (int i = 0; i < 10_001; i++) {
            rows.add(ROWS.next(over + i, "task:failed", "{\"error\":\"old\"}", now, over, null));
        }
        rows.add(ROWS.next(over, "swarm:terminated", "{}", now, over, null));
        ledger.log().writer().append(rows);
        Incidents all = ledger.ask(FindIncidents.all().withOpen(true), Incidents.class);
        assertThat(all.items()).extracting(Incident::title).contains("live boom");
    }

    @Test
    void aHealthySwarmHasNone() throws Exception {
        isInitialized();
        isAt(5, "a", "t");
        happened(4, "a", "agent:tool-called", "tool", "Bash", "error", "exit code 1", "taskId", id("t"));
        happened(3, "a", "agent:tool-called", "tool", "Bash", "taskId", id("t"));
        happened(3, "u", "task:created", "dependencies", List.of(id("t")));
        isAt(2, "b", "v");
        assertThat(ask().open()).isZero();
    }

    @Test
    void theyAreInTheOrderOfTheTimesThatAreToldOfThem() throws Exception {
        isInitialized();
        happened(3, "late", "task:failed", "error", "Disk full");
        happened(50, "early", "task:failed", "error", "No such key");
        happened(20, "between", "task:failed", "error", "Overloaded");
        assertThat(incidents()).extracting(Incident::title).containsExactly("Disk full", "Overloaded", "No such key");
    }

    @Test
    void pagesHaveEachOnceAndTheOpenFirst() throws Exception {
        for (String word : List.of("one", "two", "three", "four", "five")) {
            happened(5, word, "task:created");
            happened(5, word, "task:failed", "error", "lost the " + word);
        }
        happened(4, "five", "task:started", "agentId", id("a"));
        happened(4, "five", "task:completed");
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Incidents page = ledger.ask(
                    FindIncidents.all().withSwarmId(swarm).withLimit(2).withCursor(cursor), Incidents.class);
            assertThat(page.total()).isEqualTo(5);
            assertThat(page.open()).isEqualTo(4);
            page.items().forEach(incident -> seen.add(incident.title().substring(9)));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).containsExactly("four", "three", "two", "one", "five");
        assertThat(ledger.ask(FindIncidents.all().withSwarmId(swarm).withOpen(false), Incidents.class)
                        .items())
                .extracting(Incident::title)
                .containsExactly("lost the five");
        assertThatThrownBy(() -> ledger.ask(FindIncidents.all().withRule("bad"), Incidents.class))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InvalidQuery.class);
    }
}
