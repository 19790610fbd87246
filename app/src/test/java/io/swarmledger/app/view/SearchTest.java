package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.search.FoundEvent;
import io.swarmledger.query.search.FoundEvents;
import io.swarmledger.query.search.SearchEvents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

    private static final double START = 1_767_517_200_000d;
    private static final String LONG = "lorem ".repeat(6_000) + "ipsum";

    private static TestLedger ledger;
    private static int written;

    @BeforeAll
    static void open() throws Exception {
        ledger = TestLedger.inMemory();
        write(
                event(
                        "agent",
                        "Agent-7f3A",
                        "agent:spawned",
                        "s1",
                        "{\"agentId\":\"Agent-7f3A\",\"role\":\"reviewer\","
                                + "\"domain\":\"core\",\"capabilities\":[\"Code-Review\",\"naïve Übersetzung\"]}"),
                event(
                        "task",
                        "t-1",
                        "task:created",
                        "s1",
                        "{\"taskId\":\"t-1\",\"taskType\":\"fix\","
                                + "\"title\":\"Fix the rate limiter\",\"description\":\"Requests fail\"}"),
                event(
                        "task",
                        "t-1",
                        "task:failed",
                        "s1",
                        "{\"taskId\":\"t-1\",\"error\":\"429 Rate Limit exceeded: retry later\",\"failedAt\":1}"),
                event(
                        "memory",
                        "m-1",
                        "memory:stored",
                        "s2",
                        "{\"memoryId\":\"m-1\",\"namespace\":\"build\",\"key\":\"auth/limits.json\",\"size\":1}"),
                event(
                        "agent",
                        "a-2",
                        "agent:tool-called",
                        "s2",
                        "{\"agentId\":\"a-2\",\"callId\":\"toolu_01ABC\","
                                + "\"tool\":\"Bash\",\"error\":\"command not found\",\"calledAt\":1}"),
                event(
                        "agent",
                        "a-2",
                        "agent:tool-called",
                        "s2",
                        "{\"agentId\":\"a-2\",\"callId\":\"toolu_02\",\"tool\":\"Bash\",\"title\":\"limit it\"}"),
                event(
                        "task",
                        "t-2",
                        "task:created",
                        "s2",
                        "{\"taskId\":\"t-2\",\"title\":\"数据库查询失败了请重试\",\"description\":\"\"}"),
                event(
                        "task",
                        "t-2",
                        "task:completed",
                        "s2",
                        "{\"taskId\":\"t-2\",\"result\":{\"notes\":[\"deep inside\"]},\"completedAt\":1}"),
                event("task", "t-3", "task:completed", "s2", "{\"taskId\":\"t-3\",\"result\":\"" + LONG + "\"}"),
                event("review", "r-9", "review:opened", "s2", "{\"by\":\"a-2\",\"verdict\":\"limitless\"}"));
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static EventRow event(String aggregateType, String id, String type, String swarm, String payload) {
        written++;
        return new EventRow(
                "e-" + written,
                id,
                written,
                aggregateType,
                START + written,
                type,
                "1",
                payload,
                "{}",
                "test",
                null,
                null,
                swarm,
                null);
    }

    private static void write(EventRow... rows) throws Exception {
        ledger.log().writer().bulk((inserter, connection) -> {
            for (EventRow row : rows) {
                inserter.insert(row);
            }
            return null;
        });
    }

    private static FoundEvents ask(SearchEvents query) {
        return ledger.ask(query, FoundEvents.class);
    }

    private static List<Long> found(String words) {
        return positions(ask(SearchEvents.of(words).withAmong(FindEvents.all().withBefore(START + 1_000))));
    }

    private static List<Long> positions(FoundEvents found) {
        return found.page().items().stream()
                .map(FoundEvent::event)
                .map(event -> event.position())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
            RATE                        | 2 3
            rate limit                  | 2 3
            "rate limit"                | 3
            limit                       | 2 3 4 6 10
            "limit"                     | 3 6
            limit -rate                 | 4 6 10
            limit -is:failure -tool:bash| 2 4 10
            agent-7F3                   | 1
            agent:AGENT-7f3a            | 1
            task:t-1                    | 2 3
            task:failed                 | 3
            task:created                | 2 7
            type:created                | 2 7
            reviewer                    | 1
            role:code                   | 1
            naive                       | 1
            ubersetz                    | 1
            auth/limits                 | 4
            memory:build                | 4
            swarm:s1 -type:failed       | 1 2
            error:found                 | 5
            tool:bash is:failure        | 5
            tool:bash -is:failure       | 6
            toolu_01ABC                 | 5
            id:toolu                    | 5 6
            is:failures                 | 3 5
            查询                         | 7
            查询失败                      | 7
            查询成功                      |
            inside                      | 8
            "deep inside"               | 8
            "inside deep"               |
            "fix fix"                   |
            e-3                         | 3
            id:r-9                      | 10
            verdict:limitless           | 10
            namespace:build             | 4
            agentId:a-2                 | 5 6
            swarmId:s1 type:created     | 2
            toolu-01                    | 5
            limit & rate                | 2 3
            => limit !                  | 2 3 4 6 10
            size:1                      | 4
            size:2                      |
            notes:deep                  | 8
            text:limitless              | 10
            Error: Rate Limit           |
            429 Rate Limit exceeded:    | 3
            xyzzy                       |
            """)
    void wordsAreFoundWhereTheyAre(String words, String expected) {
        assertThat(found(words))
                .isEqualTo(
                        expected == null
                                ? List.of()
                                : Pattern.compile(" ")
                                        .splitAsStream(expected)
                                        .map(Long::valueOf)
                                        .toList());
    }

    @Test
    void whatWasFoundIsMarkedInItsField() {
        FoundEvent failure = ask(SearchEvents.of("rate limit").withFailures(true))
                .page()
                .items()
                .get(0);
        assertThat(failure.matches()).singleElement().satisfies(match -> {
            assertThat(match.field()).isEqualTo("error");
            assertThat(match.pieces())
                    .extracting(piece -> piece.isFound() ? "<" + piece.text() + ">" : piece.text())
                    .containsExactly("429 ", "<Rate>", " ", "<Limit>", " exceeded: retry later");
        });
        assertThat(ask(SearchEvents.of("失败")).page().items().get(0).matches())
                .singleElement()
                .satisfies(match -> assertThat(match.pieces())
                        .extracting(FoundEvent.Piece::text)
                        .containsExactly("数据库查询", "失败", "了请重试"));
    }

    @Test
    void pagesOfASearchAreAllOfIt() {
        for (boolean newestFirst : List.of(true, false)) {
            for (FindEvents among : List.of(
                    FindEvents.all().withLimit(2), FindEvents.all().withLimit(2).withSwarmId("s2"))) {
                List<Long> all = new ArrayList<>();
                FoundEvents part = ask(SearchEvents.of("limit").withAmong(among.withDescending(newestFirst)));
                while (part.page().next() != null) {
                    all.addAll(positions(part));
                    part = ask(SearchEvents.of("limit")
                            .withAmong(among.withDescending(newestFirst)
                                    .withCursor(part.page().next())));
                }
                all.addAll(positions(part));
                assertThat(all)
                        .isSortedAccordingTo(newestFirst ? Comparator.reverseOrder() : Comparator.naturalOrder())
                        .containsExactlyInAnyOrderElementsOf(
                                among.swarmId() == null ? List.of(2L, 3L, 4L, 6L, 10L) : List.of(4L, 6L, 10L));
            }
        }
    }

    @Test
    void otherConditionsHoldBesides() {
        SearchEvents limits = SearchEvents.of("limit");
        assertThat(positions(ask(limits.withAmong(FindEvents.of("t-1"))))).containsExactly(2L, 3L);
        assertThat(positions(ask(
                        limits.withAmong(FindEvents.all().withAfter(START + 3).withBefore(START + 7)))))
                .containsExactly(4L, 6L);
        assertThat(positions(ask(limits.withAmong(FindEvents.all().withAfterPosition(4L)))))
                .containsExactly(6L, 10L);
        assertThat(positions(ask(limits.withAmong(FindEvents.all().withTypes(List.of("task:created"))))))
                .containsExactly(2L);
        assertThat(positions(ask(new SearchEvents(null, true, FindEvents.all().withSwarmId("s2")))))
                .containsExactly(5L);
    }

    @Test
    void theTotalIsThatOfAllPagesWhereItIsSaidToBe() {
        FoundEvents all =
                ask(SearchEvents.of("limit").withAmong(FindEvents.all().withLimit(2)));
        assertThat(all.page().total()).isEqualTo(5);
        assertThat(all.page().totalIsExact()).isTrue();
        FoundEvents some = ask(
                SearchEvents.of("limit").withAmong(FindEvents.all().withLimit(1).withSwarmId("s2")));
        FoundEvents second = ask(SearchEvents.of("limit")
                .withAmong(FindEvents.all()
                        .withLimit(1)
                        .withSwarmId("s2")
                        .withCursor(some.page().next())));
        for (FoundEvents page : List.of(some, second)) {
            assertThat(page.page().total()).isEqualTo(3);
            assertThat(page.page().totalIsExact()).isTrue();
        }
        assertThat(ask(SearchEvents.of("limit").withAmong(FindEvents.all().withAfterPosition(4L)))
                        .page()
                        .total())
                .isEqualTo(2);
    }

    @Test
    void ofWhatIsVeryLongTheBeginningIsSearchedAndThatIsSaid() {
        assertThat(found("lorem")).containsExactly(9L);
        assertThat(found("ipsum")).isEmpty();
        assertThat(ask(SearchEvents.of("lorem")).partly()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "-limit", "???", "is:green", "\"\""})
    void whatSaysNothingIsRefused(String words) {
        assertThatThrownBy(() -> found(words))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(InvalidQuery.class, refused -> assertThat(refused.field())
                        .isEqualTo("q"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT",
                "a AND",
                "OR OR",
                "NEAR(a b)",
                "^a",
                "{title} : x",
                "a\"b",
                "\"open",
                "a:b:c",
                "*",
                "a*",
                "(",
                "x)",
                "title:\"",
                "-\"a",
                "a\0b",
                "'; DROP TABLE Progress",
                "\uE000failure",
                "--limit",
                "ti\u0301tle",
                "- a"
            })
    void nothingThatIsTypedIsAFault(String words) {
        try {
            found(words);
        } catch (CompletionException refused) {
            assertThat(refused.getCause()).isInstanceOf(InvalidQuery.class);
        }
    }

    /** Whatever the words are: what is found is what somebody finds who reads every event. */
    @Test
    void whatIsFoundIsWhatIsThere() throws Exception {
        long seed = Long.getLong("search.seed", new Random().nextLong());
        Random random = new Random(seed);
        List<String> vocabulary =
                List.of("alpha", "alphabet", "Beta", "GAMMA", "gam", "x1", "x12", "delta_force", "été");
        List<String> texts = new ArrayList<>();
        long before = ledger.head();
        EventRow[] rows = new EventRow[400];
        for (int i = 0; i < rows.length; i++) {
            String text = random.ints(random.nextInt(1, 6), 0, vocabulary.size())
                    .mapToObj(vocabulary::get)
                    .collect(Collectors.joining(random.nextBoolean() ? " " : ", "));
            texts.add(text);
            rows[i] = event("task", "law-" + i, "task:failed", "law", "{\"error\":\"" + text + "\"}");
        }
        write(rows);
        for (int round = 0; round < 60; round++) {
            String wanted = vocabulary.get(random.nextInt(vocabulary.size()));
            String second = vocabulary.get(random.nextInt(vocabulary.size()));
            int kind = random.nextInt(4);
            String words = List.of(
                            wanted, wanted + " " + second, wanted + " -" + second, "\"" + wanted + " " + second + "\"")
                    .get(kind);
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                List<String> read = read(texts.get(i));
                boolean isThere =
                        switch (kind) {
                            case 0 -> begins(read, wanted);
                            case 1 -> begins(read, wanted) && begins(read, second);
                            case 2 -> begins(read, wanted) && !begins(read, second);
                            default -> (" " + String.join(" ", read) + " ")
                                    .contains(" " + String.join(" ", read(wanted + " " + second)) + " ");
                        };
                if (isThere) {
                    expected.add(before + i + 1);
                }
            }
            FindEvents among = FindEvents.all().withAfterPosition(before).withLimit(1_000);
            assertThat(positions(ask(SearchEvents.of(words).withAmong(among))))
                    .as("seed %d: %s", seed, words)
                    .isEqualTo(expected);
        }
    }

    private static List<String> read(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).replace("é", "e").split("[^a-z0-9]+"));
    }

    /** As one word, or as the words that it is made of, one behind the other; from three letters on it may go on. */
    private static boolean begins(List<String> text, String wanted) {
        List<String> words = read(wanted);
        String last = words.get(words.size() - 1);
        for (int at = 0; at + words.size() <= text.size(); at++) {
            String there = text.get(at + words.size() - 1);
            if (text.subList(at, at + words.size() - 1).equals(words.subList(0, words.size() - 1))
                    && (last.length() < (words.size() == 1 ? 3 : 2) ? there.equals(last) : there.startsWith(last))) {
                return true;
            }
        }
        return false;
    }
}
