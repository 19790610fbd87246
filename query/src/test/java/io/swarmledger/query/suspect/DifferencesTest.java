package io.swarmledger.query.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.log.LogInMemory;
import io.swarmledger.query.suspect.Differences.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs about failed attempts, and that each count is of exactly the attempts that it leads to. */
class DifferencesTest {

    private final LogInMemory log = new LogInMemory();
    private int tasks;

    private long happened(String id, String type, String payload) {
        return log.happened(id, type, "{" + payload + "}").position();
    }

    private void isSpawned(String agent, String role) {
        happened(agent, "agent:spawned", "\"role\":\"" + role + "\"");
    }

    /** A task of its own, tried once. */
    private String tried(String agent, boolean isFailed, String type, String... tools) {
        String task = "task-" + ++tasks;
        happened(task, "task:created", "\"taskType\":\"" + type + "\"");
        isTried(task, agent, isFailed, tools);
        return task;
    }

    private void isTried(String task, String agent, boolean isFailed, String... tools) {
        happened(agent, "agent:task-assigned", "\"taskId\":\"" + task + "\"");
        happened(task, "task:started", "\"agentId\":\"" + agent + "\"");
        for (String tool : tools) {
            happened(agent, "agent:tool-called", "\"tool\":\"" + tool + "\"");
        }
        happened(task, isFailed ? "task:failed" : "task:completed", "");
        happened(agent, "agent:task-completed", "\"taskId\":\"" + task + "\"");
    }

    private Differences ask() {
        return ask(FindDifferences.all());
    }

    private Differences ask(FindDifferences query) {
        return new DifferenceQueries(log).handle(query);
    }

    private Page<Attempt> attempts(FindAttempts query) {
        return new DifferenceQueries(log).handle(query);
    }

    private static Optional<Difference> of(Differences all, String attribute, String value) {
        return all.items().stream()
                .filter(one -> one.attribute().equals(attribute) && one.value().equals(value))
                .findFirst();
    }

    @Test
    void theAgentWhoseAttemptsFailComesFirst() {
        isSpawned("good", "coder");
        isSpawned("bad", "coder");
        for (int i = 0; i < 20; i++) {
            tried("good", i == 0, i % 2 == 0 ? "build" : "test");
            tried("bad", i >= 2, i % 2 == 0 ? "build" : "test");
        }

        Differences all = ask();

        assertThat(all.failed()).isEqualTo(19);
        assertThat(all.completed()).isEqualTo(21);
        assertThat(all.isWhole()).isTrue();
        assertThat(all.items().subList(0, 2))
                .extracting(
                        Difference::attribute,
                        Difference::value,
                        Difference::failed,
                        Difference::completed,
                        Difference::otherFailed,
                        Difference::otherCompleted,
                        Difference::isClear)
                .containsExactly(
                        tuple("agent", "bad", 18L, 2L, 1L, 19L, true), tuple("agent", "good", 1L, 19L, 18L, 2L, true));
        assertThat(all.items().get(0).difference()).isEqualTo(0.85, within(1e-9));
        assertThat(all.items().get(1).difference()).isEqualTo(-0.85, within(1e-9));
        assertThat(of(all, "type", "build").orElseThrow().isClear()).isFalse();
        assertThat(of(all, "role", "coder"))
                .as("there is no other to compare with")
                .isEmpty();
    }

    @Test
    void fewAttemptsSayNothing() {
        for (int i = 0; i < 4; i++) {
            tried("bad", true, "build");
        }
        for (int i = 0; i < 40; i++) {
            tried("good", false, "build");
        }

        Differences all = ask();

        assertThat(of(all, "agent", "bad")).isEmpty();
        assertThat(all.tooFew()).isGreaterThanOrEqualTo(2);
        assertThat(all.least()).isEqualTo(5);
        assertThat(all.total()).isEqualTo(all.items().size());
    }

    /** The values are exact: sums of fractions of whole numbers. */
    @ParameterizedTest
    @CsvSource({
        "3, 1, 1, 3, 0.4857142857",
        "10, 2, 3, 15, 0.0005367241191",
        "0, 5, 5, 0, 0.007936507937",
        "5, 5, 5, 5, 1",
        "18, 2, 1, 19, 5.81951542e-08",
        "1, 9, 11, 3, 0.002759456185",
        "400, 600, 500, 500, 8.453719674e-06"
    })
    void theTestIsFishers(int a, int b, int c, int d, double p) {
        Fisher fisher = new Fisher(a + b + c + d);

        assertThat(fisher.p(a, b, c, d)).isCloseTo(p, withinPercentage(1e-6));
        assertThat(fisher.p(c, d, a, b)).as("of the others").isEqualTo(fisher.p(a, b, c, d));
    }

    @Test
    void anAttemptIsToldApartByAllThatIsKnownOfIt() {
        happened("swarm", "swarm:phase-changed", "\"newPhase\":\"testing\"");
        isSpawned("a", "coder");
        String task = tried("a", true, "build", "Bash", "Read", "Bash");
        happened("b", "agent:model-called", "\"model\":\"m\",\"taskId\":\"" + task + "\"");
        isTried(task, "b", false, "Edit");

        List<Attempt> attempts = attempts(FindAttempts.all()).items();

        assertThat(attempts)
                .extracting(Attempt::outcome, Attempt::agentId)
                .containsExactly(tuple("completed", "b"), tuple("failed", "a"));
        assertThat(attempts.get(1).attributes())
                .containsEntry("agent", List.of("a"))
                .containsEntry("role", List.of("coder"))
                .containsEntry("type", List.of("build"))
                .containsEntry("attempt", List.of("1"))
                .containsEntry("tool", List.of("Bash", "Read"))
                .containsEntry("phase", List.of("testing"))
                .containsEntry("hour", List.of("0"))
                .doesNotContainKey("model");
        assertThat(attempts.get(0).attributes())
                .containsEntry("attempt", List.of("2"))
                .containsEntry("tool", List.of("Edit"))
                .containsEntry("model", List.of("m"))
                .containsEntry("sixth", List.of("6"))
                .doesNotContainKey("role");
    }

    @Test
    void anEndThatIsToldTwiceCountsOnce() {
        String task = tried("a", true, "build");
        happened(task, "task:failed", "");
        happened(task, "task:started", "\"agentId\":\"a\"");
        happened(task, "task:failed", "");

        assertThat(ask().failed()).isEqualTo(2);
    }

    @Test
    void eachCountIsOfExactlyTheAttemptsThatItLeadsTo() {
        isSpawned("a", "coder");
        isSpawned("b", "tester");
        for (int i = 0; i < 48; i++) {
            String task = tried(
                    i % 3 == 0 ? "a" : "b",
                    i % 2 == 0,
                    i % 4 == 0 ? "build" : "test",
                    i % 5 == 0 ? "Bash" : "Read",
                    i % 7 == 0 ? "Edit" : "Read");
            if (i % 4 == 0) {
                isTried(task, "b", false);
            }
        }
        Differences all = ask();
        tried("a", true, "build", "Bash");

        assertThat(all.items()).hasSizeGreaterThan(5);
        for (Difference one : all.items()) {
            FindAttempts counted = FindAttempts.all()
                    .withAttribute(one.attribute())
                    .withValue(one.value())
                    .withPosition(all.position());
            assertThat(List.of(
                            attempts(counted.withOutcome("failed")).total(),
                            attempts(counted.withOutcome("completed")).total(),
                            attempts(counted.withOutcome("failed").withOthers(true))
                                    .total(),
                            attempts(counted.withOutcome("completed").withOthers(true))
                                    .total()))
                    .as("%s", one)
                    .containsExactly(one.failed(), one.completed(), one.otherFailed(), one.otherCompleted());
        }
        assertThat(attempts(FindAttempts.all().withOutcome("failed")).total()).isEqualTo(all.failed() + 1);
    }

    @Test
    void onlyThoseOfASwarmAndOfATime() {
        log.in("one");
        tried("a", true, "build");
        long middle = log.head();
        log.in("other");
        tried("a", false, "build");
        long ended = log.head() - 1;

        assertThat(ask(FindDifferences.all().withSwarmId("one")).failed()).isEqualTo(1);
        assertThat(ask(FindDifferences.all().withSwarmId("one")).completed()).isZero();
        assertThat(ask(FindDifferences.all().withAfter(middle * 1_000.0)).failed())
                .isZero();
        assertThat(ask(FindDifferences.all().withAfter(middle * 1_000.0)).completed())
                .isEqualTo(1);
        assertThat(ask(FindDifferences.all().withBefore(middle * 1_000.0)).completed())
                .isZero();
        assertThat(ask(FindDifferences.all().withBefore(ended * 1_000.0)).completed())
                .as("exclusive")
                .isZero();
        assertThat(ask(FindDifferences.all().withPosition(middle)).completed()).isZero();
        assertThat(ask(FindDifferences.all().withSwarmId("none")).items()).isEmpty();
    }

    @Test
    void whatIsNotLookedAtIsSaidAndWhatBeganBeforeIsLookedUp() {
        isSpawned("a", "coder");
        happened("old", "task:created", "\"taskType\":\"build\"");
        happened("old", "task:failed", "");
        happened("old", "task:started", "\"agentId\":\"a\"");
        long then = log.head();
        for (int i = 0; i < DifferenceQueries.CONSIDERED; i++) {
            happened("m", "memory:stored", "");
        }
        happened("a", "agent:task-assigned", "\"taskId\":\"old\"");
        happened("old", "task:failed", "");

        Differences all = ask();
        assertThat(all.isWhole()).isFalse();
        assertThat(all.considered()).isEqualTo(DifferenceQueries.CONSIDERED);
        assertThat(all.from()).isEqualTo(log.head() - DifferenceQueries.CONSIDERED + 1);
        assertThat(all.failed()).isEqualTo(1);
        assertThat(ask(FindDifferences.all().withAfter((then + 100) * 1_000.0)).isWhole())
                .isTrue();
        assertThat(attempts(FindAttempts.all()).totalIsExact()).isFalse();
        assertThat(attempts(FindAttempts.all()).items().get(0).attributes())
                .containsEntry("role", List.of("coder"))
                .containsEntry("type", List.of("build"))
                .doesNotContainKey("attempt");
    }

    @Test
    void attemptsComeInPages() {
        for (int i = 0; i < 5; i++) {
            tried("a", i % 2 == 0, "build");
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<Attempt> page = attempts(FindAttempts.all().withLimit(2).withCursor(cursor));
            page.items().forEach(attempt -> seen.add(attempt.taskId()));
            assertThat(page.total()).isEqualTo(5);
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).containsExactly("task-5", "task-4", "task-3", "task-2", "task-1");
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThatThrownBy(() -> ask(FindDifferences.all().withLimit(0))).isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> ask(FindDifferences.all().withPosition(-1L))).isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> ask(FindDifferences.all().withPosition(1L))).isInstanceOf(BeyondHead.class);
        assertThatThrownBy(() -> attempts(FindAttempts.all().withOutcome("lost")))
                .isInstanceOf(InvalidQuery.class)
                .hasMessage("outcome: lost is none of failed, completed");
        assertThatThrownBy(() ->
                        attempts(FindAttempts.all().withAttribute("colour").withValue("red")))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageStartingWith("attribute: colour is none of agent, role");
        assertThatThrownBy(() -> attempts(FindAttempts.all().withAttribute("agent")))
                .isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> attempts(FindAttempts.all().withCursor("x"))).isInstanceOf(InvalidQuery.class);
    }
}
