package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.events.Json;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.failure.FailureQueries;
import io.swarmledger.query.failure.Failures;
import io.swarmledger.query.failure.Failures.FailureGroup;
import io.swarmledger.query.failure.Failures.Occurrence;
import io.swarmledger.query.failure.FindFailures;
import io.swarmledger.query.failure.NewestFailures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    @TempDir
    Path directory;

    private final Rows rows = new Rows();
    private AskedLog log;

    @BeforeEach
    void open() {
        log = AskedLog.in(directory, file -> new FailureQueries(file.events(), new NewestFailures()));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Failures ask(FindFailures query) {
        return log.ask(query, Failures.class);
    }

    private EventRow failed(String id, String type, String error) {
        return rows.next(id, type, Json.mapper().writeValueAsString(Map.of("error", error)));
    }

    private List<FailureGroup> groupsOf(String... errors) throws Exception {
        for (String error : errors) {
            log.append(failed("t", "task:failed", error));
        }
        return ask(FindFailures.all()).groups().items();
    }

    @Test
    void alikeFailuresAreTogetherWithWhomTheyHit() throws Exception {
        log.append(
                rows.next("t-1", "task:started", "{\"agentId\":\"a-1\"}"),
                failed("t-1", "task:failed", "exit code 1"),
                rows.next("a-1", "agent:task-assigned", "{\"taskId\":\"t-1\"}"),
                failed("a-1", "agent:failed", "exit code 1"),
                rows.next("t-2", "task:started", "{\"agentId\":\"a-2\"}"),
                failed("t-2", "task:failed", "exit code 137"),
                failed("swarm", "swarm:error", "disk full"));

        Failures failures = ask(FindFailures.all());

        assertThat(failures.considered()).isEqualTo(4);
        assertThat(failures.isWhole()).isTrue();
        assertThat(failures.groups().total()).isEqualTo(3);
        List<FailureGroup> groups = failures.groups().items();
        assertThat(groups)
                .extracting(FailureGroup::message)
                .containsExactly("disk full", "exit code <n>", "exit code <n>");
        assertThat(groups.get(1))
                .isEqualTo(new FailureGroup(
                        "exit code <n>",
                        "exit code 137",
                        "task:failed",
                        null,
                        2,
                        0,
                        new Occurrence("event-2", 2, Rows.START + 2, "t-1"),
                        new Occurrence("event-6", 6, Rows.START + 6, "t-2"),
                        List.of("a-2", "a-1"),
                        2,
                        List.of("t-2", "t-1"),
                        2));
        assertThat(groups.get(2).agents()).containsExactly("a-1");
        assertThat(groups.get(2).tasks()).containsExactly("t-1");
        assertThat(groups.get(0).agentCount()).isZero();
    }

    @Test
    void aToolsFailureIsOfItsOwnKindAndRecoveredOnceTheSameAgentsSameToolSucceeds() throws Exception {
        log.append(
                called("a-1", "Bash", "exit code 1"),
                called("a-1", "Bash", "exit code 2"),
                called("a-1", "Read", null),
                called("a-2", "Bash", null),
                called("a-2", "Read", "exit code 3"));
        assertThat(ask(FindFailures.all()).groups().items())
                .extracting(FailureGroup::type, FailureGroup::tool, FailureGroup::count, FailureGroup::recovered)
                .containsExactly(
                        tuple("agent:tool-called", "Read", 1L, 0L), tuple("agent:tool-called", "Bash", 2L, 0L));

        log.append(
                called("a-1", "Bash", null),
                called("a-1", "Bash", "exit code 4"),
                called("a-2", "Read", "exit code 5"),
                rows.next("a-2", "agent:model-called", "{\"model\":\"m\",\"error\":\"overloaded\",\"taskId\":\"t-7\"}"),
                rows.next("a-2", "agent:model-called", "{\"model\":\"m\"}"),
                rows.next("a-2", "agent:tool-called", "no JSON"));
        List<FailureGroup> groups = ask(FindFailures.all()).groups().items();
        assertThat(groups)
                .extracting(FailureGroup::type, FailureGroup::tool, FailureGroup::count, FailureGroup::recovered)
                .containsExactly(
                        tuple("agent:model-called", null, 1L, 0L),
                        tuple("agent:tool-called", "Read", 2L, 0L),
                        tuple("agent:tool-called", "Bash", 3L, 2L));
        assertThat(groups.get(0).agents()).containsExactly("a-2");
        assertThat(groups.get(0).tasks()).containsExactly("t-7");
        assertThat(ask(FindFailures.all().withType("agent:model-called")).considered())
                .isEqualTo(1);
    }

    private EventRow called(String agent, String tool, String error) {
        return rows.next(
                agent,
                "agent:tool-called",
                error == null
                        ? Json.mapper().writeValueAsString(Map.of("tool", tool))
                        : Json.mapper().writeValueAsString(Map.of("tool", tool, "error", error)));
    }

    @Test
    void whatAnAgentHasCompletedDidNotFailWithIt() throws Exception {
        log.append(
                rows.next("a", "agent:task-assigned", "{\"taskId\":\"t\"}"),
                rows.next("a", "agent:task-completed", "{\"taskId\":\"t\"}"),
                failed("a", "agent:failed", "bored"));
        assertThat(ask(FindFailures.all()).groups().items().get(0).tasks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "timeout after 30s|timeout after 1500s|timeout after <duration>",
                "no such file: /var/a/x1/main.ts|no such file: /srv/b/test.ts|no such file: <path>",
                "at 2026-01-04T09:00:00.030Z it broke|at 2027-11-30T23:59:59Z it broke|at <time> it broke",
                "task 0190b7c4-0000-7000-8000-000000000001 died|task 0190B7C4-ffff-7000-8000-000000000002 died|task <id> died",
                "cannot read 'x' of undefined|cannot read 'length' of undefined|cannot read <text> of undefined",
                "segfault at 0xdeadbeef|segfault at 0x7f01|segfault at <hex>",
                "commit 9eb17a8 is bad|commit 1ca56e0 is bad|commit <hex> is bad",
                "too   many\tblanks|too many blanks|too many blanks",
                "can't go on|can't go on|can't go on",
                "10.0.0.1:80 refused|10.0.0.2:8080 refused|<n>:<n> refused"
            })
    void messagesAreAlikeThatDifferOnlyInWhatIsDifferentEachTime(String one, String other, String alike)
            throws Exception {
        assertThat(groupsOf(one, other)).extracting(FailureGroup::message).containsExactly(alike);
    }

    @Test
    void messagesThatSaySomethingElseAreNotAlike() throws Exception {
        assertThat(groupsOf("connection refused", "connection reset", "facade is dead", "facade is dread"))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{}", "{\"error\":null}", "{\"error\":\"  \"}", "[]", "null"})
    void whatHasNoMessageSaysSo(String payload) throws Exception {
        log.append(rows.next("t", "task:failed", payload));
        assertThat(ask(FindFailures.all()).groups().items())
                .extracting(FailureGroup::message)
                .containsExactly("(no message)");
    }

    @Test
    void endlessAndHostileMessagesAreCut() throws Exception {
        List<FailureGroup> groups = groupsOf(
                "x".repeat(1 << 20),
                "\ud83d\ude00".repeat(1 << 18),
                "'".repeat(100_000),
                "/a".repeat(100_000),
                "0".repeat(100_000),
                "<script>alert(1)</script>\u202e\u0000");
        assertThat(groups).hasSize(6).allSatisfy(group -> {
            assertThat(group.message()).hasSizeLessThanOrEqualTo(301).isNotEmpty();
            assertThat(group.sample()).hasSizeLessThanOrEqualTo(301);
            assertThat(new String(group.message().getBytes("UTF-16"), "UTF-16")).isEqualTo(group.message());
        });
    }

    @Test
    void theNewestAreConsideredAndAtMostTwentyOfWhomTheyHitAreListed() throws Exception {
        List<EventRow> events = new ArrayList<>();
        events.add(failed("old", "swarm:error", "long ago"));
        for (int i = 0; i < 10_000; i++) {
            events.add(failed("t-" + i, "task:failed", "error " + i));
        }
        log.append(events.toArray(EventRow[]::new));

        Failures failures = ask(FindFailures.all());

        assertThat(failures.considered()).isEqualTo(10_000);
        assertThat(failures.isWhole()).isFalse();
        assertThat(failures.groups().totalIsExact()).isFalse();
        FailureGroup only = failures.groups().items().get(0);
        assertThat(failures.groups().items()).hasSize(1);
        assertThat(only.count()).isEqualTo(10_000);
        assertThat(only.tasks()).hasSize(20).startsWith("t-9999", "t-9998");
        assertThat(only.taskCount()).isEqualTo(10_000);
        assertThat(ask(FindFailures.all().withType("swarm:error")).isWhole()).isTrue();
    }

    @Test
    void pagesGoOnWhateverFailsInBetween() throws Exception {
        for (String word : List.of("one", "two", "three", "four", "five")) {
            log.append(failed("t", "task:failed", word));
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Failures page = ask(new FindFailures(null, null, null, null, 2, cursor));
            page.groups().items().forEach(group -> seen.add(group.message()));
            cursor = page.groups().next();
            log.append(failed("t", "task:failed", "one"));
            log.append(failed("t", "task:failed", "another " + "x".repeat(seen.size())));
        } while (cursor != null);
        assertThat(seen).containsExactly("five", "four", "three", "two", "one");
    }

    @Test
    void onlyThoseOfASwarmOrOfATypeIfAskedFor() throws Exception {
        log.append(
                rows.next("t", "task:failed", "{\"error\":\"a\"}", 1, "alpha", null),
                rows.next("a", "agent:failed", "{\"error\":\"b\"}", 2, "beta", null));
        assertThat(ask(FindFailures.all().withSwarmId("alpha")).groups().items())
                .extracting(FailureGroup::message)
                .containsExactly("a");
        assertThat(ask(FindFailures.all().withType("agent:failed")).groups().items())
                .extracting(FailureGroup::message)
                .containsExactly("b");
        assertThatThrownBy(() -> ask(FindFailures.all().withType("task:created")))
                .isInstanceOf(InvalidQuery.class)
                .hasMessageStartingWith("type: task:created is none of agent:failed");
        assertThatThrownBy(() -> ask(FindFailures.all().withCursor("x"))).isInstanceOf(InvalidQuery.class);
    }
}
