package io.swarmledger.app.recorder.claudecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmledger.app.recorder.Content;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.app.recorder.TestLog;
import io.swarmledger.app.recorder.claudecode.Hooks.Heard;
import io.swarmledger.app.recorder.claudecode.Hooks.Outcome;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HooksTest {

    private static final String SESSION = "1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74";
    private static final String MAIN = "main@" + SESSION;

    private final TestLog log = new TestLog();
    private Instant now = Instant.ofEpochMilli(1_795_968_816_000L);
    private Hooks hooks = hooks(Content.TITLES);

    private Hooks hooks(Content content) {
        return new Hooks(new ShownContent(content), log, () -> now);
    }

    private static List<String> recorded() {
        try {
            return Files.readAllLines(Path.of("src/test/resources/claude-code/hooks.jsonl"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Heard hear(String json) {
        Heard heard = hooks.hear(Hook.read(json.getBytes(StandardCharsets.UTF_8)));
        log.record(heard.facts());
        return heard;
    }

    private Heard hook(String event, String... fields) {
        StringBuilder json = new StringBuilder("{\"session_id\":\"s\",\"hook_event_name\":\"" + event + "\"");
        for (String field : fields) {
            json.append(',').append(field.replace('\'', '"'));
        }
        return hear(json.append('}').toString());
    }

    private static Map<String, String> standingOf(List<String> bodies) {
        HooksTest test = new HooksTest();
        bodies.forEach(test::hear);
        return test.log.standing();
    }

    @Test
    void aSessionIsTold() {
        recorded().forEach(this::hear);

        assertThat(log.only("swarm:initialized").aggregateId()).isEqualTo(SESSION);
        assertThat(log.of("agent:spawned"))
                .extracting(
                        Fact::aggregateId,
                        fact -> fact.payload().path("role").asString(),
                        fact -> fact.payload().path("parentAgentId").asString(null),
                        fact -> fact.payload().path("name").asString(null))
                .containsExactly(
                        tuple(MAIN, "main", null, null),
                        tuple("af6f3e59c15bf0ec2", "general-purpose", MAIN, "Write parser"),
                        tuple("a260b8bc60d60eaaa", "Explore", MAIN, "Survey tests"));
        assertThat(log.of("agent:started")).hasSize(3);
        assertThat(log.of("agent:stopped")).hasSize(3);
        assertThat(log.of("agent:tool-called")).hasSize(11);
        assertThat(log.of("agent:tool-called").stream()
                        .filter(fact -> fact.payload().has("error"))
                        .map(fact -> fact.payload().path("callId").asString()))
                .containsExactly("toolu_mock0008", "toolu_mock0009", "toolu_mock0011");
        assertThat(log.of("task:created")).hasSize(2);
        assertThat(log.of("task:started")).hasSize(1);
        assertThat(log.of("task:completed")).hasSize(1);
        assertThat(log.only("agent:task-completed").aggregateId()).isEqualTo(MAIN);
        assertThat(log.only("swarm:terminated").payload().path("reason").asString())
                .isEqualTo("other");
        assertThat(log.of("agent:message-sent")).hasSize(5);
        assertThat(log.facts()).allSatisfy(fact -> assertThat(fact.metadata())
                .containsEntry("swarmId", SESSION)
                .containsEntry("content", "titles"));
    }

    @Test
    void aCallHasItsTitleItsTaskAndWhatCanBeMeasured() {
        recorded().forEach(this::hear);

        Map<String, Fact> calls = new HashMap<>();
        log.of("agent:tool-called")
                .forEach(fact -> calls.put(fact.payload().path("callId").asString(), fact));
        assertThat(calls.get("toolu_mock0007").payload().path("title").asString())
                .isEqualTo("Write the grammar");
        assertThat(calls.get("toolu_mock0008").payload().path("title").asString())
                .isEqualTo("/srv/user/project/missing.txt");
        assertThat(calls.get("toolu_mock0007").payload().path("duration").intValue())
                .isEqualTo(221);
        assertThat(calls.get("toolu_mock0007").payload().has("taskId")).isFalse();
        assertThat(calls.get("toolu_mock0005").payload().path("taskId").asString())
                .isEqualTo(SESSION + ":1");
        assertThat(calls.get("toolu_mock0011").payload().has("taskId"))
                .as("after the task")
                .isFalse();
        assertThat(calls.get("toolu_mock0007").payload().has("input")).isFalse();
        assertThat(calls.get("toolu_mock0007").payload().path("inputDigest").asString())
                .hasSize(64);
    }

    @Test
    void whateverIsDoubledIsToldOnce() {
        Map<String, String> once = standingOf(recorded());
        List<String> doubled = new ArrayList<>();
        recorded().forEach(line -> doubled.addAll(List.of(line, line)));
        List<String> again = new ArrayList<>(recorded());
        again.addAll(recorded());

        assertThat(standingOf(doubled)).isEqualTo(once);
        assertThat(standingOf(again)).isEqualTo(once);
        HooksTest counted = new HooksTest();
        recorded().forEach(counted::hear);
        int facts = counted.log.facts().size();
        recorded().forEach(counted::hear);
        assertThat(counted.log.facts()).hasSize(facts);
    }

    @Test
    void aStartOfTheServiceLosesNothing() {
        Map<String, String> once = standingOf(recorded());
        HooksTest restarted = new HooksTest();
        for (String line : recorded()) {
            restarted.hooks = restarted.hooks(Content.TITLES);
            restarted.hear(line);
        }

        assertThat(restarted.log.standing()).isEqualTo(once);
    }

    @Test
    void hooksThatOvertakeEachOtherTellTheSame() {
        Map<String, String> once = standingOf(recorded());
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<String> shuffled = new ArrayList<>(recorded());
            int window = 2 + random.nextInt(12);
            for (int from = 0; from < shuffled.size(); from += window) {
                Collections.shuffle(shuffled.subList(from, Math.min(shuffled.size(), from + window)), random);
            }

            assertThat(standingOf(shuffled)).as("seed " + seed).isEqualTo(once);
        }
    }

    @Test
    void whereASessionIsJoinedInTheMiddleItsAgentsAndTasksAreInferred() {
        hook(
                "PostToolUse",
                "'agent_id':'sub1'",
                "'agent_type':'Explore'",
                "'tool_name':'TaskUpdate'",
                "'tool_use_id':'t1'",
                "'tool_input':{'taskId':'7','status':'completed'}",
                "'tool_response':{'success':true,'taskId':'7','statusChange':{'from':'in_progress','to':'completed'}}");

        assertThat(log.facts())
                .extracting(Fact::type)
                .containsExactly(
                        "swarm:initialized",
                        "agent:spawned",
                        "agent:started",
                        "agent:spawned",
                        "agent:started",
                        "task:created",
                        "agent:task-assigned",
                        "task:started",
                        "agent:task-completed",
                        "task:completed",
                        "agent:tool-called");
        assertThat(log.only("task:created").metadata()).containsEntry("inferred", true);
        assertThat(log.only("task:created").payload().path("title").asString()).isEqualTo("task 7");
    }

    @Test
    void aTaskThatWasSeenBeforeItHadANameIsNamedWithWhatBecameOfIt() {
        hook("TaskCompleted", "'task_id':'1'");
        hook("TaskCreated", "'task_id':'1'", "'task_subject':'Write it'");
        hook("TaskCreated", "'task_id':'1'", "'task_subject':'Write it'");

        assertThat(log.standing().get("s:1"))
                .isEqualTo("[task:created Write it, task:started main@s s:1, task:completed]");
        assertThat(log.of("task:created")).hasSize(2);
    }

    @Test
    void aTaskIsTakenUpAgainOnlyByAnotherCall() {
        String start = "'tool_input':{'taskId':'1','status':'in_progress'}";
        hook("PostToolUse", "'tool_name':'TaskUpdate'", "'tool_use_id':'t1'", start, "'tool_response':'Updated'");
        hook("TaskCompleted", "'task_id':'1'");
        hook("PostToolUse", "'tool_name':'TaskUpdate'", "'tool_use_id':'t1'", start, "'tool_response':'Updated'");
        assertThat(log.of("task:started")).hasSize(1);

        hook("PostToolUse", "'tool_name':'TaskUpdate'", "'tool_use_id':'t2'", start, "'tool_response':'Updated'");
        hook("TaskCompleted", "'task_id':'1'");
        assertThat(log.of("task:started")).hasSize(2);
        assertThat(log.of("task:completed")).hasSize(2);
    }

    @Test
    void aDeletedTaskIsCancelled() {
        hook("TaskCreated", "'task_id':'1'", "'task_subject':'A'");
        hook(
                "PostToolUse",
                "'tool_name':'TaskUpdate'",
                "'tool_use_id':'t1'",
                "'tool_input':{'taskId':'1','status':'deleted'}",
                "'tool_response':{'taskId':'1','statusChange':{'from':'pending','to':'deleted'}}");
        hook("TaskCompleted", "'task_id':'1'");

        assertThat(log.only("task:cancelled").aggregateId()).isEqualTo("s:1");
        assertThat(log.of("task:completed")).isEmpty();
    }

    @Test
    void anUpdateThatDidNotSucceedChangesNoTask() {
        hook("TaskCreated", "'task_id':'1'", "'task_subject':'A'");
        hook(
                "PostToolUse",
                "'tool_name':'TaskUpdate'",
                "'tool_use_id':'t1'",
                "'tool_input':{'taskId':'1','status':'completed'}",
                "'tool_response':{'success':false,'taskId':'1'}");
        hook(
                "PostToolUseFailure",
                "'tool_name':'TaskUpdate'",
                "'tool_use_id':'t2'",
                "'tool_input':{'taskId':'1','status':'completed'}",
                "'error':'no'");

        assertThat(log.of("task:completed")).isEmpty();
        assertThat(log.of("agent:tool-called")).hasSize(2);
    }

    @Test
    void aResumedSessionStartsAgain() {
        hook("SessionStart", "'source':'startup'");
        hook("UserPromptSubmit", "'prompt_id':'p1'", "'prompt':'one'");
        hook("SessionEnd", "'reason':'other'");
        hook("UserPromptSubmit", "'prompt_id':'p0'", "'prompt':'overtaken by the end'");
        assertThat(log.of("agent:started")).hasSize(1);

        now = now.plusSeconds(60);
        hook("UserPromptSubmit", "'prompt_id':'p1'", "'prompt':'one'");
        assertThat(log.of("agent:started")).hasSize(1);
        hooks = hooks(Content.TITLES);
        hook("SessionStart", "'source':'resume'");
        assertThat(log.of("agent:started")).hasSize(2);
        hook("SessionEnd", "'reason':'clear'");
        assertThat(log.of("agent:stopped")).hasSize(2);
        assertThat(log.of("swarm:terminated")).hasSize(2);
    }

    @Test
    void aSubagentIsTakenUpAgainInAnotherTurn() {
        hook("SubagentStart", "'agent_id':'a'", "'agent_type':'Plan'", "'prompt_id':'p1'");
        hook("SubagentStop", "'agent_id':'a'", "'agent_type':'Plan'", "'prompt_id':'p1'");
        hook("SubagentStart", "'agent_id':'a'", "'agent_type':'Plan'", "'prompt_id':'p1'");
        assertThat(log.of("agent:started")).hasSize(2);
        hook("SubagentStart", "'agent_id':'a'", "'agent_type':'Plan'", "'prompt_id':'p2'");
        hook("SubagentStop", "'agent_id':'a'", "'agent_type':'Plan'", "'prompt_id':'p2'");

        assertThat(log.of("agent:started")).hasSize(3);
        assertThat(log.of("agent:stopped")).hasSize(2);
    }

    @Test
    void anAgentOfAnAgentBelongsToWhoCalledForIt() {
        String call = "'tool_name':'Agent'";
        hook("PreToolUse", call, "'tool_use_id':'t1'", "'tool_input':{'subagent_type':'Plan','description':'Plan it'}");
        hook("SubagentStart", "'agent_id':'a'", "'agent_type':'Plan'");
        hook(
                "PreToolUse",
                "'agent_id':'a'",
                "'agent_type':'Plan'",
                call,
                "'tool_use_id':'t2'",
                "'tool_input':{'subagent_type':'Plan','description':'Deeper'}");
        hook("SubagentStart", "'agent_id':'b'", "'agent_type':'Plan'");

        assertThat(log.of("agent:spawned"))
                .extracting(
                        Fact::aggregateId,
                        fact -> fact.payload().path("parentAgentId").asString(null))
                .contains(tuple("a", "main@s"), tuple("b", "a"));
    }

    @Test
    void anAgentInTheBackgroundGoesOnAfterItsCall() {
        hook(
                "PostToolUse",
                "'tool_name':'Agent'",
                "'tool_use_id':'t1'",
                "'tool_input':{'subagent_type':'Plan','prompt':'Go','run_in_background':true}",
                "'tool_response':{'status':'async_launched','agentId':'a'}");
        assertThat(log.of("agent:stopped")).isEmpty();
        hook("SubagentStop", "'agent_id':'a'", "'agent_type':'Plan'");

        assertThat(log.of("agent:stopped")).hasSize(1);
    }

    @Test
    void aFailedTurnIsAFailureOfItsAgentEvenWhereNobodySaidThatItStarted() {
        hook("StopFailure", "'agent_id':'a'", "'agent_type':'Plan'", "'prompt_id':'p'", "'error':'rate_limit'");
        hook("StopFailure", "'agent_id':'a'", "'agent_type':'Plan'", "'prompt_id':'p'", "'error':'rate_limit'");

        assertThat(log.only("agent:failed").payload().path("error").asString()).isEqualTo("rate_limit");
        assertThat(log.of("agent:spawned")).extracting(Fact::aggregateId).contains("a");
    }

    @Test
    void memoriesOfAnMcpServerAreMemoriesAsWell() {
        String tool = "'tool_name':'mcp__claude-flow__memory_";
        hook(
                "PostToolUse",
                tool + "store'",
                "'tool_use_id':'t1'",
                "'tool_input':{'key':'k','value':'v\u00e9','namespace':'n'}",
                "'tool_response':[{'type':'text','text':'ok'}]");
        hook("PostToolUse", tool + "retrieve'", "'tool_use_id':'t2'", "'tool_input':{'key':'k','namespace':'n'}");
        hook("PostToolUse", tool + "delete'", "'tool_use_id':'t3'", "'tool_input':{'key':'k','namespace':'n'}");
        hook(
                "PostToolUse",
                tool + "retrieve'",
                "'tool_use_id':'t4'",
                "'tool_input':{'key':'other'}",
                "'tool_response':{'found':false}");
        hook("PostToolUseFailure", tool + "store'", "'tool_use_id':'t5'", "'tool_input':{'key':'z'}", "'error':'no'");

        assertThat(log.only("memory:stored").payload().path("size").intValue()).isEqualTo(3);
        assertThat(log.only("memory:stored").aggregateId()).isEqualTo("n:k");
        assertThat(log.only("memory:retrieved").aggregateId()).isEqualTo("n:k");
        assertThat(log.only("memory:deleted").aggregateId()).isEqualTo("n:k");
        assertThat(log.of("agent:tool-called")).hasSize(5);
    }

    @Test
    void whatCannotBeUnderstoodIsKept() {
        assertThat(hook("NewHook", "'prompt':'secret things'").outcome()).isEqualTo(Outcome.NOT_UNDERSTOOD);
        assertThat(hook("PostToolUse", "'tool_name':5").outcome()).isEqualTo(Outcome.NOT_UNDERSTOOD);
        assertThat(hook("SubagentStop").outcome()).isEqualTo(Outcome.NOT_UNDERSTOOD);
        assertThat(hook("TaskCompleted", "'task_id':{}").outcome()).isEqualTo(Outcome.NOT_UNDERSTOOD);
        assertThat(hook("SubagentStart", "'agent_id':'no id'").outcome()).isEqualTo(Outcome.NOT_UNDERSTOOD);

        Fact kept = log.only("claude-code:NewHook");
        assertThat(kept.aggregateId()).isEqualTo("main@s");
        assertThat(kept.payload().toString()).doesNotContain("secret things").contains("\"fields\"");
        assertThat(log.of("agent:spawned")).hasSize(1);
        assertThat(hook("NewHook", "'prompt':'secret things'").facts())
                .extracting(Fact::id)
                .contains(kept.id());
    }

    @Test
    void whatNamesNoSessionIsKeptWhereEverybodyFindsIt() {
        for (String body :
                List.of("", "not JSON", "[1]", "null", "{}", "{\"session_id\":5}", "{\"session_id\":\"a b\"}")) {
            Heard heard = hear(body);
            assertThat(heard.outcome()).as(body).isEqualTo(Outcome.NOT_UNDERSTOOD);
            assertThat(heard.facts()).as(body).hasSize(1);
            assertThat(heard.facts().get(0).aggregateId()).isEqualTo("main@claude-code");
        }
        assertThat(hear("{\"session_id\":\"s\"}").facts().get(0).metadata()).containsEntry("swarmId", "s");
    }

    @Test
    void whatTellsNothingIsCountedByItsName() {
        assertThat(hook("PostToolBatch").outcome()).isEqualTo(Outcome.NOT_MAPPED);
        assertThat(hook("Notification", "'message':'m'").facts()).isEmpty();
        assertThat(hook("PreToolUse", "'tool_name':'Bash'", "'tool_use_id':'t'").outcome())
                .isEqualTo(Outcome.NOT_MAPPED);
        assertThat(log.of("agent:spawned")).as("seen all the same").hasSize(1);
    }

    @Test
    void secretsAreNowhere() {
        String token = "ghp" + "_0123456789abcdefghijABCDEFGHIJ012345";
        for (Content content : Content.values()) {
            hooks = hooks(content);
            String id = "'tool_use_id':'" + content + "'";
            hook("PostToolUse", "'tool_name':'Bash'", id, "'tool_input':{'command':'echo " + token + "'}");
            hook("PostToolUseFailure", "'tool_name':'X'", id + ",'a':1", "'error':'bad " + token + "'");
            hook(
                    "TaskCreated",
                    "'task_id':'" + content + "'",
                    "'task_subject':'" + token + "'",
                    "'task_description':'" + token + "'");
            hook("UserPromptSubmit", "'prompt_id':'" + content + "'", "'prompt':'use " + token + "'");
            hook("SessionStart", "'cwd':'/" + token + "'");
            hook("Unknown" + token, "'x':'" + token + "'");
            hear("{\"session_id\":\"s\",\"y\":\"" + token + "\"}");
            hook("StopFailure", "'prompt_id':'" + content + "'", "'error':'" + token + "'");
            hook("SubagentStart", "'agent_id':'" + content + "'", "'agent_type':'" + token + "'");
            hook("SessionEnd", "'reason':'" + token + "'");
        }

        for (Fact fact : log.facts()) {
            assertThat(Json.mapper().writeValueAsString(fact)).doesNotContain("ghp_");
        }
    }

    @Test
    void theSettingSaysHowMuchIsKept() {
        String call = "'tool_input':{'command':'make all','description':'Build'}";
        hooks = hooks(Content.NONE);
        hook("PostToolUse", "'tool_name':'Bash'", "'tool_use_id':'t1'", call, "'tool_response':'done'");
        hooks = hooks(Content.FULL);
        hook("PostToolUse", "'tool_name':'Bash'", "'tool_use_id':'t2'", call, "'tool_response':'done'");

        Fact none = log.of("agent:tool-called").get(0);
        Fact full = log.of("agent:tool-called").get(1);
        assertThat(none.payload().has("title")).isFalse();
        assertThat(none.payload().has("input")).isFalse();
        assertThat(none.metadata()).containsEntry("content", "none");
        assertThat(full.payload().path("input").path("command").asString()).isEqualTo("make all");
        assertThat(full.payload().path("output").asString()).isEqualTo("done");
        assertThat(full.payload().path("outputDigest")).isEqualTo(none.payload().path("outputDigest"));
    }
}
