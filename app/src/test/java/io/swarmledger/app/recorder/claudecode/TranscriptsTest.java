package io.swarmledger.app.recorder.claudecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmledger.app.recorder.Content;
import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.app.recorder.TestLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptsTest {

    private static final Path RECORDED = Path.of("src/test/resources/claude-code");
    private static final String SESSION = "1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74";
    private static final String MAIN = "main@" + SESSION;
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final TestLog log = new TestLog();
    private ReadReport report;

    private int read(Path path, Instant quietSince) {
        try (Transcripts transcripts = new Transcripts(path, new ShownContent(Content.TITLES), log, quietSince)) {
            int recorded = log.record(transcripts);
            report = transcripts.report();
            return recorded;
        }
    }

    private void hear(List<String> hooks) {
        Hooks door = new Hooks(new ShownContent(Content.TITLES), log, () -> LATER);
        hooks.forEach(hook -> log.record(
                door.hear(Hook.read(hook.getBytes(StandardCharsets.UTF_8))).facts()));
    }

    private static List<String> recordedHooks() throws IOException {
        return Files.readAllLines(RECORDED.resolve("hooks.jsonl"));
    }

    private Path session(String name, String... lines) throws IOException {
        Path file = folder.resolve("projects/-p/" + name + ".jsonl");
        Files.createDirectories(file.getParent());
        return Files.write(file, List.of(lines));
    }

    private static String at(int second, String rest) {
        return "{\"timestamp\":\"2026-11-29T16:00:" + (second < 10 ? "0" : "") + second
                + ".000Z\",\"sessionId\":\"s\",\"uuid\":\"u" + second + "\"," + rest.replace('\'', '"') + "}";
    }

    private static String asked(int second, String prompt, String text) {
        return at(
                second, "'type':'user','promptId':'" + prompt + "','message':{'role':'user','content':'" + text + "'}");
    }

    private static String answer(int second, String id, String block, String stop, int output) {
        return at(
                second,
                "'type':'assistant','message':{'id':'" + id + "','model':'m','content':[" + block + "],'stop_reason':"
                        + (stop == null ? "null" : "'" + stop + "'")
                        + ",'usage':{'input_tokens':1,'output_tokens':" + output + "}}");
    }

    private static String call(String id, String tool, String input) {
        return "{'type':'tool_use','id':'" + id + "','name':'" + tool + "','input':" + input + "}";
    }

    private static String result(int second, String id, String more) {
        return at(
                second,
                "'type':'user','message':{'role':'user','content':[{'type':'tool_result','tool_use_id':'" + id
                        + "','content':'out'" + more + "}]}");
    }

    @Test
    void aRecordedSessionIsTold() {
        read(RECORDED, LATER);

        assertThat(log.of("agent:spawned"))
                .extracting(
                        Fact::aggregateId,
                        fact -> fact.payload().path("role").asString(),
                        fact -> fact.payload().path("parentAgentId").asString(null),
                        fact -> fact.payload().path("name").asString(null),
                        fact -> fact.payload().path("model").asString(null))
                .containsExactly(
                        tuple(MAIN, "main", null, null, null),
                        tuple("af6f3e59c15bf0ec2", "general-purpose", MAIN, "Write parser", "claude-sonnet-4-5"),
                        tuple("a260b8bc60d60eaaa", "Explore", MAIN, "Survey tests", "claude-sonnet-4-5"));
        assertThat(log.only("task:started").timestamp()).isEqualTo(1_795_968_817_598d);
        assertThat(log.only("agent:task-completed").payload().path("duration").doubleValue())
                .isEqualTo(2_659);
        assertThat(log.only("swarm:terminated").metadata()).containsEntry("inferred", true);
        assertThat(log.only("swarm:terminated")
                        .payload()
                        .path("metrics")
                        .path("costUsd")
                        .doubleValue())
                .isEqualTo(0.09053399999999999);
        assertThat(log.facts()).allSatisfy(fact -> assertThat(fact.timestamp()).isNotNull());
        assertThat(report.defects()).isEmpty();
        assertThat(report.unknown()).isEmpty();
        assertThat(report.passedOver()).containsEntry("atis-latch", 4L).containsKeys("attachment", "cost-state");
    }

    @Test
    void itsCallsAndTokensAreThoseThatAnotherReaderCounts() throws IOException {
        read(RECORDED.resolve("projects"), LATER);

        AnotherReader reader = AnotherReader.of(RECORDED);
        assertThat(log.of("agent:tool-called")).hasSize(reader.calls().size());
        assertThat(callIds(false)).containsExactlyInAnyOrderElementsOf(reader.calls());
        assertThat(callIds(true)).containsExactlyInAnyOrderElementsOf(reader.failures());
        assertThat(log.of("agent:model-called")).hasSize(reader.models().size());
        for (String tokens : List.of("inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens")) {
            long told = log.of("agent:model-called").stream()
                    .mapToLong(fact -> fact.payload().path(tokens).longValue())
                    .sum();
            assertThat(told).as(tokens).isEqualTo(reader.tokens(tokens));
        }
        assertThat(reader.tokens("inputTokens")).as("cost-state says so too").isEqualTo(14_478);
    }

    private List<String> callIds(boolean failed) {
        return log.of("agent:tool-called").stream()
                .filter(fact -> !failed || fact.payload().has("error"))
                .map(fact -> fact.payload().path("callId").asString())
                .toList();
    }

    @Test
    void bothDoorsInWhateverOrderTellTheSame() throws IOException {
        read(RECORDED, LATER);
        Map<String, String> alone = log.standing();

        TranscriptsTest hooksFirst = new TranscriptsTest();
        hooksFirst.hear(recordedHooks());
        hooksFirst.read(RECORDED, LATER);
        TranscriptsTest hooksLast = new TranscriptsTest();
        hooksLast.read(RECORDED, LATER);
        hooksLast.hear(recordedHooks());
        TranscriptsTest between = new TranscriptsTest();
        between.hear(recordedHooks().subList(0, 20));
        between.read(RECORDED, BEFORE);
        between.hear(recordedHooks());
        between.read(RECORDED, LATER);

        assertThat(hooksFirst.log.standing()).isEqualTo(alone);
        assertThat(hooksLast.log.standing()).isEqualTo(alone);
        assertThat(between.log.standing()).isEqualTo(alone);
    }

    @Test
    void aCallBelongsToTheSameTaskByBothDoors() throws IOException {
        read(RECORDED, LATER);
        TranscriptsTest byHooks = new TranscriptsTest();
        byHooks.hear(recordedHooks());

        assertThat(tasksOfCalls(log)).hasSize(11).isEqualTo(tasksOfCalls(byHooks.log));
        assertThat(tasksOfCalls(log).values()).contains(SESSION + ":1", "");
    }

    private static Map<String, String> tasksOfCalls(TestLog log) {
        Map<String, String> tasks = new TreeMap<>();
        log.of("agent:tool-called")
                .forEach(fact -> tasks.put(
                        fact.payload().path("callId").asString(),
                        fact.payload().path("taskId").asString("")));
        return tasks;
    }

    @Test
    void aCopyOfAnOlderSessionIsThatSession() throws IOException {
        session("s", asked(1, "p1", "Do it"), answer(2, "m1", "{'type':'text','text':'Done'}", "end_turn", 7));
        session(
                "forked",
                asked(1, "p1", "Do it"),
                answer(2, "m1", "{'type':'text','text':'Done'}", "end_turn", 7),
                asked(3, "p2", "More").replace("\"sessionId\":\"s\"", "\"sessionId\":\"forked\""),
                answer(4, "m2", "{'type':'text','text':'Done'}", "end_turn", 7)
                        .replace("\"sessionId\":\"s\"", "\"sessionId\":\"forked\""));
        read(folder, LATER);

        assertThat(log.of("agent:model-called"))
                .extracting(
                        Fact::aggregateId, fact -> fact.payload().path("callId").asString())
                .containsExactlyInAnyOrder(tuple("main@s", "m1"), tuple("main@forked", "m2"));
        assertThat(log.of("agent:stopped")).hasSize(2);
    }

    @Test
    void hooksThatNameNoPromptsTellTheSame() throws IOException {
        List<String> unnamed = recordedHooks().stream()
                .map(hook -> hook.replaceAll("\"prompt_id\":\\s*\"[^\"]*\",?", ""))
                .toList();
        assertThat(unnamed).noneMatch(hook -> hook.contains("prompt_id")).isNotEqualTo(recordedHooks());
        read(RECORDED, LATER);
        Map<String, String> alone = log.standing();

        TranscriptsTest hooksFirst = new TranscriptsTest();
        hooksFirst.hear(unnamed);
        hooksFirst.hear(unnamed);
        hooksFirst.read(RECORDED, LATER);
        assertThat(hooksFirst.read(RECORDED, LATER)).isZero();
        TranscriptsTest hooksLast = new TranscriptsTest();
        hooksLast.read(RECORDED, LATER);
        hooksLast.hear(unnamed);
        TranscriptsTest between = new TranscriptsTest();
        between.hear(unnamed.subList(0, 20));
        between.read(RECORDED, BEFORE);
        between.hear(unnamed);

        assertThat(hooksFirst.log.standing()).isEqualTo(alone);
        assertThat(hooksLast.log.standing()).isEqualTo(alone);
        assertThat(between.log.standing()).isEqualTo(alone);
        for (TranscriptsTest one : List.of(hooksFirst, hooksLast, between)) {
            assertThat(one.log.of("agent:started")).as("each once").hasSize(3);
        }
    }

    @Test
    void wordsThatAreSaidTwiceAreToldTwiceByTheTranscript() throws IOException {
        hear(List.of(
                "{\"session_id\":\"s\",\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"Go on\"}",
                "{\"session_id\":\"s\",\"hook_event_name\":\"Stop\",\"last_assistant_message\":\"Done\"}"));
        assertThat(log.of("claude-code:UserPromptSubmit")).hasSize(1);
        session(
                "s",
                asked(1, "p1", "Go on"),
                answer(2, "m1", "{'type':'text','text':'Done'}", "end_turn", 7),
                asked(3, "p2", "Go on"),
                answer(4, "m2", "{'type':'text','text':'Done'}", "end_turn", 7));
        read(folder, LATER);
        assertThat(read(folder, LATER)).isZero();

        assertThat(log.of("claude-code:UserPromptSubmit")).hasSize(2);
        assertThat(log.of("agent:message-sent")).hasSize(2);
    }

    @Test
    void anEndHasItsReasonFromTheHookAndItsCostFromTheTranscript() throws IOException {
        read(RECORDED, LATER);
        int facts = log.facts().size();
        hear(recordedHooks());
        hear(recordedHooks());
        TranscriptsTest hooksFirst = new TranscriptsTest();
        hooksFirst.hear(recordedHooks());
        hooksFirst.read(RECORDED, LATER);

        assertThat(log.facts()).as("the hooks add the reason alone").hasSize(facts + 2);
        assertThat(lastPayload("agent:stopped")).contains("\"reason\":\"other\"");
        assertThat(hooksFirst.lastPayload("agent:stopped")).contains("\"reason\":\"other\"");
        assertThat(lastPayload("swarm:terminated"))
                .contains("\"reason\":\"other\"", "\"costUsd\":0.09")
                .isEqualTo(hooksFirst.lastPayload("swarm:terminated"));
        assertThat(read(RECORDED, LATER)).isZero();
        assertThat(hooksFirst.read(RECORDED, LATER)).isZero();
    }

    @Test
    void anEndThatWasInferredMeanwhileIsNoneForWhoGoesOnAndIsToldByWhoSawIt() throws IOException {
        Hooks door = new Hooks(new ShownContent(Content.TITLES), log, () -> LATER);
        tell(door, "'hook_event_name':'SessionStart','source':'startup'");
        tell(door, "'hook_event_name':'UserPromptSubmit','prompt_id':'p1','prompt':'Do it'");
        session("s", asked(1, "p1", "Do it"), answer(2, "m1", call("t1", "Bash", "{}"), "tool_use", 5));
        read(folder, LATER);
        assertThat(log.only("swarm:terminated").metadata()).containsEntry("inferred", true);

        tell(door, "'hook_event_name':'PostToolUse','prompt_id':'p1','tool_name':'Read','tool_use_id':'t2'");
        assertThat(log.of("agent:started")).as("it goes on").hasSize(2);
        tell(door, "'hook_event_name':'SessionEnd','reason':'clear'");
        tell(door, "'hook_event_name':'SessionEnd','reason':'clear'");
        assertThat(log.of("swarm:terminated")).hasSize(2);
        assertThat(lastPayload("swarm:terminated")).contains("\"reason\":\"clear\"");
        assertThat(lastPayload("agent:stopped")).contains("\"reason\":\"clear\"");
    }

    @Test
    void anEndThatIsSeenWhileAnImportInfersItIsNotLost() throws IOException {
        Hooks door = new Hooks(new ShownContent(Content.TITLES), log, () -> LATER);
        tell(door, "'hook_event_name':'SessionStart','source':'startup'");
        session("s", asked(1, "p1", "Do it"), answer(2, "m1", "{'type':'text','text':'Done'}", "end_turn", 7));
        read(folder, LATER);
        tell(door, "'hook_event_name':'SessionEnd','reason':'logout'");

        assertThat(log.of("agent:started")).hasSize(1);
        assertThat(lastPayload("swarm:terminated")).contains("\"reason\":\"logout\"");
        assertThat(lastPayload("agent:stopped")).contains("\"reason\":\"logout\"");
    }

    private void tell(Hooks door, String fields) {
        String hook = "{\"session_id\":\"s\"," + fields.replace('\'', '"') + "}";
        log.record(door.hear(Hook.read(hook.getBytes(StandardCharsets.UTF_8))).facts());
    }

    private String lastPayload(String type) {
        List<Fact> of = log.of(type);
        assertThat(of.get(of.size() - 1).metadata()).doesNotContainKey("inferred");
        return of.get(of.size() - 1)
                .payload()
                .deepCopy()
                .without("terminatedAt")
                .toString();
    }

    @Test
    void aSecondReadingAddsNothingAndALaterOneWhatIsNew() throws IOException {
        Path file = session(
                "s",
                asked(1, "p1", "Do it"),
                answer(2, "m1", call("t1", "Bash", "{'command':'ls'}"), "tool_use", 5),
                result(3, "t1", ""));
        assertThat(read(folder, BEFORE)).isPositive();
        assertThat(read(folder, BEFORE)).isZero();
        assertThat(log.of("agent:stopped")).as("it may go on").isEmpty();
        assertThat(read(folder, LATER)).isEqualTo(2);
        assertThat(log.of("agent:stopped")).as("it was left").hasSize(1);

        Files.writeString(
                file,
                asked(30, "p2", "And that") + "\n"
                        + answer(31, "m2", "{'type':'text','text':'Done'}", "end_turn", 7)
                        + "\n",
                StandardOpenOption.APPEND);
        read(file, LATER);

        assertThat(log.of("agent:started")).as("taken up again").hasSize(2);
        assertThat(log.of("agent:stopped")).hasSize(2);
        assertThat(log.of("agent:model-called")).hasSize(2);
        assertThat(log.of("claude-code:UserPromptSubmit")).hasSize(2);
        assertThat(read(file, LATER)).isZero();
    }

    @Test
    void anAnswerCountsOnceWithWhatItsLastLineSays() throws IOException {
        session(
                "s",
                asked(1, "p1", "Do it"),
                answer(2, "m1", "{'type':'text','text':'I will.'}", null, 1),
                answer(3, "m1", call("t1", "Bash", "{}"), null, 9),
                result(5, "t1", ""),
                answer(4, "m1", call("t2", "Bash", "{}"), "tool_use", 140),
                result(6, "t2", ",'is_error':true"),
                at(7, "'type':'assistant','message':{'id':'x','model':'<synthetic>','content':[]}"),
                at(
                        8,
                        "'type':'assistant','isApiErrorMessage':true,'message':{'id':'y','model':'<synthetic>',"
                                + "'content':[{'type':'text','text':'API Error: 529'}]}"));
        read(folder, LATER);

        Fact model = log.only("agent:model-called");
        assertThat(model.payload().path("outputTokens").longValue()).isEqualTo(140);
        assertThat(model.payload().path("duration").doubleValue()).isEqualTo(3_000);
        assertThat(log.only("agent:failed").payload().path("error").asString()).isEqualTo("API Error: 529");
        assertThat(callIds(true)).containsExactly("t2");
    }

    @Test
    void whatAKilledSessionLeftOpenEndsWithItsFile() throws IOException {
        session(
                "s",
                asked(1, "p1", "Do it"),
                answer(2, "m1", call("t1", "Task", "{'subagent_type':'Plan','prompt':'go'}"), "tool_use", 5));
        Path agent = folder.resolve("projects/-p/s/subagents/agent-a1.jsonl");
        Files.createDirectories(agent.getParent());
        Files.write(
                agent,
                List.of(
                        asked(3, "p1", "go"),
                        answer(4, "m2", call("t2", "Bash", "{'command':'sleep 100'}"), "tool_use", 5)));
        Files.writeString(agent.resolveSibling("agent-a1.meta.json"), "{\"agentType\":\"Plan\",\"toolUseId\":\"t1\"}");
        read(folder, LATER);

        assertThat(log.of("agent:stopped"))
                .extracting(Fact::aggregateId, Fact::timestamp, fact -> fact.metadata()
                        .get("inferred"))
                .containsExactly(tuple("a1", 1_795_968_004_000d, true), tuple("main@s", 1_795_968_004_000d, true));
        assertThat(log.of("agent:tool-called"))
                .extracting(
                        Fact::aggregateId, fact -> fact.payload().path("error").asString(), fact -> fact.metadata()
                                .get("inferred"))
                .containsExactlyInAnyOrder(
                        tuple("a1", "no result was written", true), tuple("main@s", "no result was written", true));
    }

    @Test
    void whatTheProgramMadeUpAfterAKillIsDatedBeforeAndFindsItsCall() throws IOException {
        session(
                "s",
                asked(1, "p1", "Do it"),
                answer(5, "m1", call("t1", "Bash", "{}"), "tool_use", 5),
                result(4, "t1", ",'is_error':true"));
        read(folder, LATER);

        Fact call = log.only("agent:tool-called");
        assertThat(call.payload().path("error").asString()).isEqualTo("out");
        assertThat(call.payload().has("duration")).isFalse();
        assertThat(call.metadata()).doesNotContainKey("inferred");
    }

    @Test
    void agentsOfEveryDepthAndLayoutBelongToWhoCalledThem() throws IOException {
        session(
                "s",
                asked(1, "p1", "Do it"),
                answer(2, "m1", call("t1", "Agent", "{'subagent_type':'Plan','description':'First'}"), "tool_use", 5),
                answer(3, "m1b", call("t9", "Task", "{'subagent_type':'Old','description':'Old way'}"), "tool_use", 5),
                at(
                        20,
                        "'type':'user','message':{'content':[{'type':'tool_result','tool_use_id':'t9','content':'ok'}]},"
                                + "'toolUseResult':{'status':'completed','agentId':'old1','totalTokens':5}"));
        Path deep = folder.resolve("projects/-p/s/subagents/workflows/w/agent-b.jsonl");
        Files.createDirectories(deep.getParent());
        Path agent = folder.resolve("projects/-p/s/subagents/agent-a.jsonl");
        Files.write(
                agent,
                List.of(
                        asked(4, "p1", "go"),
                        answer(5, "m2", call("t2", "Agent", "{'subagent_type':'Deep'}"), "tool_use", 5)));
        Files.writeString(agent.resolveSibling("agent-a.meta.json"), "{\"agentType\":\"Plan\",\"toolUseId\":\"t1\"}");
        Files.write(deep, List.of(asked(6, "p1", "go deeper")));
        Files.writeString(deep.resolveSibling("agent-b.meta.json"), "{\"agentType\":\"Deep\",\"toolUseId\":\"t2\"}");
        Files.write(
                folder.resolve("projects/-p/agent-old1.jsonl"),
                List.of(at(
                        7,
                        "'type':'user','agentId':'old1','isSidechain':true,"
                                + "'message':{'role':'user','content':'the old way'}")));
        read(folder, LATER);

        assertThat(log.of("agent:spawned"))
                .extracting(
                        Fact::aggregateId,
                        fact -> fact.payload().path("role").asString(),
                        fact -> fact.payload().path("parentAgentId").asString(null))
                .containsExactly(
                        tuple("main@s", "main", null),
                        tuple("a", "Plan", "main@s"),
                        tuple("b", "Deep", "a"),
                        tuple("old1", "Old", "main@s"));
        assertThat(log.of("agent:stopped").stream()
                        .filter(fact -> !fact.metadata().containsKey("inferred")))
                .extracting(Fact::aggregateId)
                .containsExactly("old1");
    }

    @Test
    void tasksAreToldByTheirCallsAndTheRestByTheirFiles() throws IOException {
        session(
                "s",
                asked(1, "p1", "Do it"),
                answer(2, "m1", call("t1", "TaskCreate", "{'subject':'A','description':'a'}"), "tool_use", 5),
                at(
                        3,
                        "'type':'user','message':{'content':[{'type':'tool_result','tool_use_id':'t1',"
                                + "'content':'Task #1 created successfully: A'}]}"),
                answer(4, "m2", call("t2", "TaskUpdate", "{'taskId':'1','status':'in_progress'}"), "tool_use", 5),
                result(5, "t2", ""),
                answer(6, "m3", call("t3", "Bash", "{'command':'make'}"), "tool_use", 5),
                result(7, "t3", ""),
                answer(8, "m4", call("t4", "TaskUpdate", "{'taskId':'1','status':'deleted'}"), "tool_use", 5),
                result(9, "t4", ""));
        Path tasks = folder.resolve("tasks/s");
        Files.createDirectories(tasks);
        Files.writeString(tasks.resolve("1.json"), "{\"id\":\"1\",\"subject\":\"A\",\"status\":\"completed\"}");
        Files.writeString(tasks.resolve("2.json"), "{\"id\":\"2\",\"subject\":\"B\",\"status\":\"completed\"}");
        Files.writeString(tasks.resolve("3.json"), "no task");
        read(folder, LATER);

        assertThat(log.standing().get("s:1")).isEqualTo("[task:created A, task:started main@s s:1, task:cancelled]");
        assertThat(log.standing().get("s:2")).isEqualTo("[task:created B, task:started main@s s:2, task:completed]");
        assertThat(log.of("agent:tool-called").get(2).payload().path("taskId").asString())
                .isEqualTo("s:1");
        assertThat(report.defects()).hasSize(1);
    }

    @Test
    void whatCannotBeReadIsToldAndTheRestIsRead() throws IOException {
        Path file =
                session("s", asked(1, "p1", "Do it"), "no JSON", "[1]", "", "{\"a\":1}", at(2, "'type':'brand-new'"));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write("{\"type\":\"user\",\"message\":\"".getBytes(StandardCharsets.UTF_8));
            byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 10; i++) {
                out.write(block);
            }
            out.write("\"}\n".getBytes(StandardCharsets.UTF_8));
            out.write((asked(5, "p2", "After it") + "\n").getBytes(StandardCharsets.UTF_8));
            out.write("{\"type\":\"user\",\"timest".getBytes(StandardCharsets.UTF_8));
        }
        Path links = folder.resolve("projects/-p/links");
        Files.createSymbolicLink(links, folder.resolve("projects"));
        read(folder, LATER);

        assertThat(log.of("claude-code:UserPromptSubmit")).hasSize(2);
        assertThat(report.defects())
                .extracting(ReadReport.Defect::line, ReadReport.Defect::reason)
                .contains(
                        tuple(2L, "is no JSON object"),
                        tuple(3L, "is no JSON object"),
                        tuple(7L, "is longer than 8388608 bytes"),
                        tuple(9L, "is cut"),
                        tuple(null, "is a link to a folder that it is in"));
        assertThat(report.unknown()).containsEntry("brand-new", 1L).containsEntry("without a type", 1L);
    }

    @Test
    void aLastLineWithoutAnEndCountsIfItIsWhole() throws IOException {
        Path file = session("s", asked(1, "p1", "Do it"));
        Files.writeString(file, Files.readString(file).strip());
        read(file, LATER);

        assertThat(log.of("claude-code:UserPromptSubmit")).hasSize(1);
        assertThat(report.defects()).isEmpty();
    }

    @Test
    void aFileThatGrowsIsReadAsFarAsItWentAndTheRestTheNextTime() throws IOException {
        Path file = session("s", asked(1, "p1", "Do it"), answer(2, "m1", "{'type':'text','text':'a'}", "end_turn", 7));
        try (Transcripts transcripts = new Transcripts(file, new ShownContent(Content.TITLES), log, BEFORE)) {
            log.record(List.of(transcripts.next().orElseThrow()));
            Files.writeString(
                    file,
                    answer(3, "m2", "{'type':'text','text':'b'}", "end_turn", 7) + "\n{\"type\":",
                    StandardOpenOption.APPEND);
            log.record(transcripts);
            assertThat(transcripts.report().defects()).isEmpty();
        }
        assertThat(log.of("agent:model-called")).hasSize(1);

        read(file, BEFORE);
        assertThat(log.of("agent:model-called")).hasSize(2);
        assertThat(report.defects()).extracting(ReadReport.Defect::reason).containsExactly("is cut");
    }

    @Test
    void aFileThatBecomesShorterIsToldIfItWasNotReadAsAWhole() throws IOException {
        String much = "x".repeat(6 << 20);
        Path file = session("s", asked(1, "p1", "Do it"), asked(2, "p2", much), asked(3, "p3", much));
        try (Transcripts transcripts = new Transcripts(file, new ShownContent(Content.TITLES), log, BEFORE)) {
            log.record(List.of(transcripts.next().orElseThrow()));
            Files.writeString(file, "");
            log.record(transcripts);
            assertThat(transcripts.report().defects())
                    .isNotEmpty()
                    .extracting(ReadReport.Defect::reason)
                    .containsOnly("cannot be read: the file has become shorter");
        }
    }

    @Test
    void aSmallFileThatBecomesShorterIsToldAsItWas() throws IOException {
        Path file = session("s", asked(1, "p1", "Do it"), asked(2, "p2", "And that"));
        try (Transcripts transcripts = new Transcripts(file, new ShownContent(Content.TITLES), log, BEFORE)) {
            log.record(List.of(transcripts.next().orElseThrow()));
            Files.writeString(file, "");
            log.record(transcripts);
            assertThat(transcripts.report().defects()).isEmpty();
        }
        assertThat(log.of("claude-code:UserPromptSubmit")).hasSize(2);
    }

    @Test
    void aFileSaysWhatItIs() throws IOException {
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"position\":1,\"type\":\"agent:spawned\"}\n");

        assertThat(Transcripts.areAt(RECORDED)).isTrue();
        assertThat(Transcripts.areAt(RECORDED.resolve("projects/-home-user-project/" + SESSION + ".jsonl")))
                .isTrue();
        assertThat(Transcripts.areAt(folder)).isFalse();
        assertThat(Transcripts.areAt(other)).isFalse();
        assertThat(Transcripts.areAt(RECORDED.resolve("hooks.jsonl"))).isFalse();
    }

    @Test
    void aLongSessionIsReadInTheOrderOfItsTimes() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String time = Instant.ofEpochMilli(1_795_968_000_000L + i * 10L).toString();
            lines.add("{\"timestamp\":\"" + time
                    + "\",\"sessionId\":\"s\",\"type\":\"assistant\",\"message\":{\"id\":\"m" + i
                    + "\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}}");
        }
        Collections.swap(lines, 100, 15_000);
        session("s", lines.toArray(String[]::new));
        read(folder, LATER);

        List<Double> times =
                log.of("agent:model-called").stream().map(Fact::timestamp).toList();
        assertThat(times).hasSize(20_000).isSorted();
    }

    /** Counts what the files say, with other means than the reader that is tested. */
    record AnotherReader(List<String> calls, List<String> failures, Map<String, String> models) {

        static AnotherReader of(Path folder) throws IOException {
            AnotherReader reader = new AnotherReader(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
            try (var files = Files.walk(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                        .filter(path -> path.toString().contains("projects"))
                        .toList()) {
                    Files.readAllLines(file).forEach(reader::count);
                }
            }
            return reader;
        }

        private void count(String line) {
            for (String id : found(line, "\"type\": \"tool_use\", \"id\": \"([^\"]+)\"")) {
                calls.add(id);
            }
            if (line.contains("\"is_error\": true")) {
                failures.addAll(found(line, "\"is_error\": true, \"tool_use_id\": \"([^\"]+)\""));
            }
            for (String id : found(line, "\"message\": \\{\"id\": \"([^\"]+)\"")) {
                models.put(id, line);
            }
        }

        long tokens(String name) {
            String field = Map.of(
                            "inputTokens", "input_tokens",
                            "outputTokens", "output_tokens",
                            "cacheReadTokens", "cache_read_input_tokens",
                            "cacheWriteTokens", "cache_creation_input_tokens")
                    .get(name);
            return models.values().stream()
                    .mapToLong(line -> Long.parseLong(
                            found(line, "\"" + field + "\": (\\d+)").get(0)))
                    .sum();
        }

        private static List<String> found(String line, String pattern) {
            return Pattern.compile(pattern)
                    .matcher(line)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        }
    }
}
