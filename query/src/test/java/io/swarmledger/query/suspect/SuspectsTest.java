package io.swarmledger.query.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmledger.events.Json;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.log.LogInMemory;
import io.swarmledger.query.suspect.Suspects.Exhibit;
import io.swarmledger.query.suspect.Suspects.Reason;
import io.swarmledger.query.suspect.Suspects.RuleWeight;
import io.swarmledger.query.suspect.Suspects.Suspect;
import io.swarmledger.query.suspect.Suspects.SuspectStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who and what is suspected of a failure, and for which reasons: events in, answer out. */
class SuspectsTest {

    private final LogInMemory log = new LogInMemory();

    /** The position of what happened. */
    private long happened(String id, String type, Object... payload) {
        return log.happened(id, type, json(payload)).position();
    }

    private long because(long cause, String id, String type, Object... payload) {
        return log.happened(id, type, json(payload), "swarm", "event-" + cause).position();
    }

    private long from(String source, String id, String type, Object... payload) {
        return log.happened(id, type, json(payload), source, null).position();
    }

    private static String json(Object... payload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < payload.length; i += 2) {
            fields.put((String) payload[i], payload[i + 1]);
        }
        return Json.mapper().writeValueAsString(fields);
    }

    private void isAt(String agent, String task) {
        happened(agent, "agent:spawned", "role", "coder");
        happened(task, "task:created", "title", "To do");
        isTried(agent, task);
    }

    private void isTried(String agent, String task) {
        happened(agent, "agent:task-assigned", "taskId", task);
        happened(task, "task:started", "agentId", agent);
    }

    private long called(String agent, String tool, String input, String error) {
        return error == null
                ? happened(agent, "agent:tool-called", "tool", tool, "inputDigest", input)
                : happened(agent, "agent:tool-called", "tool", tool, "inputDigest", input, "error", error);
    }

    private Suspects ask(FindSuspects query) {
        return new SuspectQueries(log).handle(query).orElseThrow();
    }

    private Suspects of(String task) {
        return ask(FindSuspects.ofTask(task));
    }

    private static Optional<SuspectStep> by(Suspects suspects, SuspectRule rule) {
        return suspects.steps().stream()
                .filter(step ->
                        step.reasons().stream().anyMatch(reason -> reason.rule().equals(rule.label())))
                .findFirst();
    }

    private static List<Long> evidence(SuspectStep step, SuspectRule rule) {
        return step.reasons().stream()
                .filter(reason -> reason.rule().equals(rule.label()))
                .flatMap(reason -> reason.events().stream())
                .map(Exhibit::position)
                .toList();
    }

    private static void isBlamed(Suspects suspects, SuspectRule rule, String agent, long step, Long... evidence) {
        SuspectStep found = by(suspects, rule).orElseThrow(() -> new AssertionError(rule + " in " + suspects.steps()));
        assertThat(found.agentId()).isEqualTo(agent);
        assertThat(found.step().position()).isEqualTo(step);
        assertThat(evidence(found, rule)).containsExactly(evidence);
    }

    @Test
    void whoWasAtWorkIsSuspectedWhereNothingElseIsKnown() {
        isAt("a", "t");
        long failed = happened("t", "task:failed", "error", "no disk");

        Suspects suspects = of("t");

        assertThat(suspects.failures())
                .extracting(Exhibit::position, Exhibit::said)
                .containsExactly(tuple(failed, "no disk"));
        assertThat(suspects.agents())
                .extracting(Suspect::rank, Suspect::agentId, Suspect::weight, Suspect::rules, Suspect::steps)
                .containsExactly(tuple(1, "a", 2, List.of("at-work"), List.of(1)));
        isBlamed(suspects, SuspectRule.AT_WORK, "a", failed, failed);
        assertThat(suspects.isWhole()).isTrue();
        assertThat(suspects.considered()).isEqualTo(5);
        assertThat(suspects.from()).isEqualTo(1);
    }

    @Test
    void aCoordinatorThatTellsOfATaskIsNotAtWorkOnIt() {
        from("coordinator", "t", "task:created");
        from("coordinator", "t", "task:failed", "error", "nobody was there");

        Suspects suspects = of("t");

        assertThat(suspects.failures()).hasSize(1);
        assertThat(suspects.agents()).isEmpty();
        assertThat(suspects.steps()).isEmpty();
    }

    @Test
    void theFirstFailureUpstreamIsTheWorstWhereverItsTaskIs() {
        isAt("b", "needed");
        long root = happened("needed", "task:failed", "error", "529 overloaded");
        isAt("c", "beside");
        happened("beside", "task:failed", "error", "nothing to do with it");
        happened("t", "task:created", "dependencies", List.of("needed"));
        happened("a", "agent:spawned");
        isTried("a", "t");
        long failed = happened("t", "task:failed", "error", "input is missing");

        Suspects suspects = of("t");

        isBlamed(suspects, SuspectRule.FIRST_FAILURE, "b", root, root, failed);
        assertThat(suspects.agents()).extracting(Suspect::agentId).containsExactly("b", "a");
        assertThat(suspects.steps().get(0).step().eventId()).isEqualTo("event-" + root);
    }

    @Test
    void recordedCausesAreFollowedIntoOtherSwarmsAndAcrossWhatWentOn() {
        log.in("elsewhere");
        happened("x", "agent:spawned");
        long root = called("x", "Fetch", "1", "404");
        log.in("here");
        long handed = because(root, "t", "task:created", "title", "T");
        isAt("a", "other");
        isTried("a", "t");
        because(handed, "t", "task:failed", "error", "empty page");

        isBlamed(of("t"), SuspectRule.FIRST_FAILURE, "x", root, root, (long) log.head());
    }

    @Test
    void aFailureThatWasMadeGoodIsNoCause() {
        isAt("b", "needed");
        happened("needed", "task:failed", "error", "once");
        isTried("b", "needed");
        long done = happened("needed", "task:completed", "result", "done");
        happened("t", "task:created", "dependencies", List.of("needed"));
        isTried("a", "t");
        called("a", "Bash", "1", "exit code 1");
        called("a", "Bash", "2", null);
        happened("t", "task:failed", "error", "no");

        Suspects suspects = of("t");

        assertThat(by(suspects, SuspectRule.FIRST_FAILURE)).isEmpty();
        assertThat(by(suspects, SuspectRule.IGNORED_ERROR)).isEmpty();
        isBlamed(suspects, SuspectRule.TOOK_PART, "b", done, done);
        assertThat(suspects.agents()).extracting(Suspect::agentId).containsExactly("a", "b");
    }

    @Test
    void theCallThatAnAgentGaveUpAfterIsTheFirstFailureAndOneThatItIgnoredIsNamedSo() {
        isAt("a", "t");
        long ignored = called("a", "Grep", "1", "no such file");
        long again = called("a", "Grep", "2", "no such file");
        long wentOn = called("a", "Read", "3", null);
        long last = called("a", "Bash", "4", "exit code 2");
        long failed = happened("t", "task:failed", "error", "gave up");

        Suspects suspects = of("t");

        isBlamed(suspects, SuspectRule.FIRST_FAILURE, "a", last, last, failed);
        isBlamed(suspects, SuspectRule.IGNORED_ERROR, "a", ignored, ignored, again, last);
        assertThat(wentOn).isLessThan(last);
        assertThat(suspects.agents()).hasSize(1);
        assertThat(suspects.agents().get(0).weight()).as("each rule once").isEqualTo(8 + 4 + 2);
        assertThat(suspects.agents().get(0).steps()).containsExactly(1, 2, 3);
    }

    @Test
    void toTryTheSameAgainInVainIsNotToGoOn() {
        isAt("a", "t");
        long first = called("a", "compile", "1", "exit code 2");
        called("a", "compile", "2", "exit code 2");
        called("a", "compile", "3", "exit code 2");
        long failed = happened("t", "task:failed", "error", "gave up");

        Suspects suspects = of("t");

        isBlamed(suspects, SuspectRule.FIRST_FAILURE, "a", first, first, failed);
        assertThat(by(suspects, SuspectRule.IGNORED_ERROR)).isEmpty();
    }

    @Test
    void aMemoryOfAnAgentThatFailedIsSuspectedWhenItWasRead() {
        isAt("w", "notes");
        from("w", "m", "memory:stored", "key", "grammar");
        long stored = from("w", "m", "memory:stored", "key", "grammar");
        long died = happened("w", "agent:failed", "error", "lost the thread");
        isAt("good", "more");
        from("good", "n", "memory:stored", "key", "fine");
        happened("more", "task:completed");
        isAt("good", "another");
        happened("another", "task:failed", "error", "too hard");
        isAt("a", "t");
        long read = from("a", "m", "memory:retrieved", "key", "grammar");
        from("a", "n", "memory:retrieved", "key", "fine");
        happened("t", "task:failed", "error", "wrong grammar");

        Suspects suspects = of("t");

        isBlamed(suspects, SuspectRule.MEMORY_OF_FAILED, "w", stored, stored, read, died);
        assertThat(suspects.agents())
                .extracting(Suspect::agentId)
                .startsWith("w")
                .contains("good");
        assertThat(suspects.agents())
                .filteredOn(agent -> agent.agentId().equals("good"))
                .extracting(Suspect::rules)
                .as("it failed at something else")
                .containsExactly(List.of("took-part"));
        assertThat(suspects.agents().get(0).rules()).containsExactly("memory-of-failed", "took-part");
    }

    @Test
    void theSameStepAgainAndAgainIsSuspectedUnlessItSaidSomethingNew() {
        isAt("a", "t");
        long first = called("a", "Bash", "make", null);
        called("a", "Read", "x", null);
        long second = called("a", "Bash", "make", null);
        long third = called("a", "Bash", "make", null);
        for (int i = 0; i < 5; i++) {
            happened("a", "agent:tool-called", "tool", "Poll", "inputDigest", "p", "outputDigest", "o" + i);
        }
        called("a", "Bash", "other", null);
        called("a", "Bash", "other", null);
        happened("t", "task:failed", "error", "no");

        Suspects suspects = of("t");

        isBlamed(suspects, SuspectRule.REPEATED, "a", first, first, second, third);
        assertThat(suspects.steps())
                .filteredOn(step ->
                        step.reasons().stream().anyMatch(reason -> reason.rule().equals("repeated-step")))
                .hasSize(1);
    }

    @Test
    void whatWasHandedOverAndCameToNothingIsSuspected() {
        isAt("a", "t");
        happened("b", "agent:spawned");
        long said = happened("a", "agent:message-sent", "to", "b", "digest", "1", "text", "please review");
        happened("a", "agent:message-sent", "to", "user", "digest", "2");
        long part = from("a", "part", "task:created", "parentTaskId", "t");
        long given = happened("c", "agent:task-assigned", "taskId", "part");
        called("a", "Bash", "1", null);
        happened("t", "task:failed", "error", "not reviewed");

        Suspects suspects = of("t");

        assertThat(suspects.steps())
                .filteredOn(step ->
                        step.reasons().stream().anyMatch(reason -> reason.rule().equals("handoff-without-result")))
                .extracting(SuspectStep::agentId, step -> step.step().position())
                .contains(tuple("b", said), tuple("c", given), tuple("a", part));
    }

    @Test
    void whoeverLostATaskToAnotherWithoutAResultIsSuspected() {
        happened("t", "task:created");
        happened("a", "agent:spawned");
        long given = happened("a", "agent:task-assigned", "taskId", "t");
        happened("t", "task:started", "agentId", "a");
        called("a", "Read", "1", null);
        happened("b", "agent:spawned");
        long taken = happened("b", "agent:task-assigned", "taskId", "t");
        happened("t", "task:started", "agentId", "b");
        happened("t", "task:failed", "error", "half done");

        isBlamed(of("t"), SuspectRule.NO_RESULT, "a", given, given, taken);
    }

    @Test
    void whatNobodyIsSaidToHaveDoneWasDoneByWhoeverCausedIt() {
        isAt("w", "notes");
        long thought = called("w", "Think", "1", null);
        long stored = because(thought, "m", "memory:stored", "key", "grammar");
        long died = happened("w", "agent:failed", "error", "lost");
        happened("t", "task:created");
        happened("a", "agent:spawned");
        isTried("a", "t");
        long call = called("a", "Recall", "1", null);
        long read = because(call, "m", "memory:retrieved", "key", "grammar");
        happened("t", "task:failed", "error", "wrong");

        isBlamed(of("t"), SuspectRule.MEMORY_OF_FAILED, "w", stored, stored, read, died);
    }

    @Test
    void anAnswerOrALastWordIsNoHandoffWithoutResult() {
        isAt("a", "t");
        happened("b", "agent:spawned");
        happened("a", "agent:message-sent", "to", "b", "digest", "1");
        happened("b", "agent:message-sent", "to", "a", "digest", "2");
        happened("a", "agent:message-sent", "to", "b", "digest", "3");
        happened("t", "task:failed", "error", "no");

        assertThat(by(of("t"), SuspectRule.NO_RESULT)).isEmpty();
    }

    @Test
    void aTaskThatWasBegunBeforeWhatItNeedsIsSuspected() {
        isAt("b", "needed");
        isAt("d", "ready");
        happened("ready", "task:completed");
        happened("t", "task:created", "dependencies", List.of("needed", "ready"));
        happened("a", "agent:task-assigned", "taskId", "t");
        long begun = happened("t", "task:started", "agentId", "a");
        long late = happened("needed", "task:completed");
        happened("t", "task:failed", "error", "no input");

        isBlamed(of("t"), SuspectRule.STARTED_EARLY, "a", begun, late, begun);
    }

    @Test
    void anAnswerThatWasCutShortIsSuspected() {
        isAt("a", "t");
        happened("a", "agent:model-called", "model", "m", "stopReason", "end_turn");
        long cut = happened("a", "agent:model-called", "model", "m", "stopReason", "max_tokens");
        happened("t", "task:failed", "error", "half a file");

        isBlamed(of("t"), SuspectRule.CUT_SHORT, "a", cut, cut);
    }

    @Test
    void onlyTheLastAttemptCountsAndOnlyWhoeverHadAPartInIt() {
        isAt("a", "t");
        called("a", "Bash", "1", "exit code 1");
        happened("t", "task:failed", "error", "first");
        isAt("stranger", "u");
        called("stranger", "Bash", "1", "exit code 1");
        happened("stranger", "agent:message-sent", "to", "c", "digest", "x");
        happened("b", "agent:spawned");
        isTried("b", "t");
        long failed = happened("t", "task:failed", "error", "second");

        Suspects suspects = of("t");

        assertThat(suspects.failures()).extracting(Exhibit::position).containsExactly(failed);
        assertThat(suspects.agents()).extracting(Suspect::agentId).containsExactly("b");
    }

    /** The coordinator records that it tries again because it failed. */
    @Test
    void aRetryIsNoConsequenceOfWhatItIsToMend() {
        isAt("a", "t");
        long first = happened("t", "task:failed", "error", "timeout");
        happened("a", "agent:failed", "error", "timeout");
        long again = because(first, "b", "agent:task-assigned", "taskId", "t");
        long started = because(again, "t", "task:started", "agentId", "b");
        because(started, "t", "task:failed", "error", "tests failed");

        Suspects suspects = of("t");

        assertThat(by(suspects, SuspectRule.FIRST_FAILURE)).isEmpty();
        assertThat(suspects.agents()).extracting(Suspect::agentId).containsExactly("b");
    }

    @Test
    void whoeverToldOneAtWorkSomethingHadAPartInIt() {
        isAt("b", "u");
        long error = called("b", "Search", "1", "no result");
        long said = happened("b", "agent:message-sent", "to", "a", "digest", "x", "text", "it is 42");
        isAt("a", "t");
        happened("t", "task:failed", "error", "it is not 42");

        Suspects suspects = of("t");

        isBlamed(suspects, SuspectRule.IGNORED_ERROR, "b", error, error, said);
        isBlamed(suspects, SuspectRule.TOOK_PART, "b", said, said);
        assertThat(suspects.agents()).extracting(Suspect::agentId).containsExactly("b", "a");
    }

    @Test
    void ofEqualWeightWhateverCameFirstInTheLogComesFirst() {
        happened("t", "task:created");
        for (String agent : List.of("z", "y", "x")) {
            happened(agent, "agent:spawned");
            happened(agent, "agent:task-assigned", "taskId", "t");
        }
        long first = happened("z", "agent:message-sent", "to", "y", "digest", "1");
        happened("y", "agent:message-sent", "to", "x", "digest", "2");
        happened("x", "agent:message-sent", "to", "user", "digest", "3");
        happened("t", "task:failed", "error", "the answer is wrong");

        Suspects suspects = of("t");

        assertThat(suspects.agents())
                .extracting(Suspect::agentId, Suspect::weight)
                .containsExactly(tuple("z", 1), tuple("y", 1), tuple("x", 1));
        assertThat(suspects.steps().get(0).step().position()).isEqualTo(first);
        assertThat(of("t")).isEqualTo(suspects);
    }

    @Test
    void ofASwarmWhateverWasLeftFailedIsLookedInto() {
        isAt("a", "t");
        long one = happened("t", "task:failed", "error", "one");
        isAt("b", "u");
        happened("u", "task:failed", "error", "was tried again");
        isTried("b", "u");
        happened("u", "task:completed");
        long two = happened("swarm", "swarm:error", "error", "two");

        Suspects suspects = ask(FindSuspects.ofSwarm("swarm"));

        assertThat(suspects.failures()).extracting(Exhibit::position).containsExactly(one, two);
        assertThat(suspects.agents()).extracting(Suspect::agentId).containsExactly("a");
        assertThat(suspects.taskId()).isNull();
        assertThat(suspects.swarmId()).isEqualTo("swarm");
    }

    @Test
    void ofASwarmWhoeverMoreFailuresLeadToComesFirst() {
        isAt("one", "first");
        happened("first", "task:failed", "error", "first");
        isAt("two", "second");
        happened("second", "task:failed", "error", "second");
        isTried("two", "third");
        happened("third", "task:failed", "error", "third");

        assertThat(ask(FindSuspects.ofSwarm("swarm")).agents())
                .extracting(Suspect::agentId, Suspect::weight, Suspect::failures)
                .containsExactly(tuple("two", 2, 2), tuple("one", 2, 1));
    }

    @Test
    void whatHasNotFailedOrIsNotThereHasNoSuspects() {
        isAt("a", "t");
        assertThatThrownBy(() -> of("t"))
                .isInstanceOf(NotFailed.class)
                .hasMessage("Task t has not failed: the last that happened to it is task:started, at position 4");
        assertThatThrownBy(() -> ask(FindSuspects.ofSwarm("swarm")))
                .isInstanceOf(NotFailed.class)
                .hasMessage("Nothing of swarm swarm has failed and was left so");
        SuspectQueries queries = new SuspectQueries(log);
        assertThat(queries.handle(FindSuspects.ofTask("nobody"))).isEmpty();
        assertThat(queries.handle(FindSuspects.ofTask("a"))).as("an agent").isEmpty();
        assertThat(queries.handle(FindSuspects.ofSwarm("nowhere"))).isEmpty();
        assertThatThrownBy(() -> ask(new FindSuspects(null, null, null))).isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> ask(new FindSuspects("t", "swarm", null))).isInstanceOf(InvalidQuery.class);
        assertThatThrownBy(() -> ask(new FindSuspects("t", null, 0))).isInstanceOf(InvalidQuery.class);
    }

    @Test
    void ofALongHistoryTheNewestIsLookedAtAndThatIsSaid() {
        isAt("b", "needed");
        happened("needed", "task:failed", "error", "long ago");
        happened("t", "task:created", "dependencies", List.of("needed"));
        for (int i = 0; i < SuspectQueries.CONSIDERED; i++) {
            happened("m", "memory:stored", "key", "k");
        }
        isTried("a", "t");
        happened("t", "task:failed", "error", "no");

        Suspects suspects = of("t");

        assertThat(suspects.isWhole()).isFalse();
        assertThat(suspects.considered()).isEqualTo(SuspectQueries.CONSIDERED);
        assertThat(suspects.from()).isEqualTo(log.head() - SuspectQueries.CONSIDERED + 1);
        assertThat(suspects.agents()).extracting(Suspect::agentId).containsExactly("a");
    }

    @Test
    void largeEventsEndItToo() {
        for (int i = 0; i < 40; i++) {
            happened("m", "memory:stored", "key", "x".repeat(1 << 20));
        }
        isAt("a", "t");
        happened("t", "task:failed", "error", "y".repeat(1 << 20));

        Suspects suspects = of("t");

        assertThat(suspects.isWhole()).isFalse();
        assertThat(suspects.considered()).isLessThan(40);
        assertThat(suspects.failures().get(0).said()).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void manyEventsOfAReasonAreCountedAndTheFirstAreListed() {
        isAt("a", "t");
        for (int i = 0; i < 50; i++) {
            called("a", "Bash", "same", "exit code 1");
        }
        called("a", "Read", "x", null);
        happened("t", "task:failed", "error", "no");

        SuspectStep worst = of("t").steps().get(0);

        assertThat(worst.weight()).isEqualTo(4 + 3);
        assertThat(worst.reasons())
                .extracting(Reason::rule, reason -> reason.events().size(), Reason::eventCount)
                .containsExactly(tuple("ignored-error", 20, 51L), tuple("repeated-step", 20, 50L));
        assertThat(ask(new FindSuspects("t", null, 1)).steps()).hasSize(1);
        assertThat(ask(new FindSuspects("t", null, 1)).stepCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "null",
                "1",
                "{\"agentId\":{},\"taskId\":[1],\"dependencies\":{\"a\":1}}",
                "{\"to\":null}"
            })
    void historyMayHoldAnything(String payload) {
        isAt("a", "t");
        for (String type : List.of(
                "agent:task-assigned",
                "agent:tool-called",
                "agent:model-called",
                "agent:message-sent",
                "agent:task-completed",
                "agent:failed",
                "agent:stopped")) {
            log.happened("a", type, payload, "", null);
        }
        for (String type : List.of(
                "task:created", "task:started", "task:blocked", "unknown:type", "memory:retrieved", "memory:stored")) {
            log.happened("t", type, payload, "swarm", "event-" + (log.head() + 1));
        }
        log.happened("t", "task:failed", payload, "swarm", "event-" + (log.head() + 1));
        assertThat(of("t").failures()).hasSize(1);
        assertThat(ask(FindSuspects.ofSwarm("swarm")).failures()).hasSize(1);
    }

    @Test
    void theDocumentSaysWhatEachRuleWeighs() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "suspects.md"));
        for (SuspectRule rule : SuspectRule.values()) {
            assertThat(document).contains("| `" + rule.label() + "` | " + rule.weight() + " | ");
        }
    }

    @Test
    void eachRuleSaysWhatItWeighs() {
        isAt("a", "t");
        happened("t", "task:failed");
        assertThat(of("t").rules())
                .extracting(RuleWeight::rule)
                .containsExactly(
                        Stream.of(SuspectRule.values()).map(SuspectRule::label).toArray(String[]::new));
        assertThat(of("t").rules()).isSortedAccordingTo((one, other) -> other.weight() - one.weight());
    }
}
