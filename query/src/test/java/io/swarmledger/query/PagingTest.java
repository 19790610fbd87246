package io.swarmledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentSpawned;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import io.swarmledger.events.swarm.SwarmInitialized;
import io.swarmledger.events.task.TaskCreated;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.memory.FindColdMemories;
import io.swarmledger.query.memory.FindHotMemories;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.GetNamespaces;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.memory.Namespace;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.view.ViewsInMemory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How lists are cut, the same for every read model. */
class PagingTest {

    @TempDir
    Path directory;

    private ViewsInMemory models;

    @BeforeEach
    void open() {
        models = ViewsInMemory.in(directory);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(models.rows()
                        .sql("PRAGMA integrity_check")
                        .query(String.class)
                        .single())
                .isEqualTo("ok");
    }

    private static LedgerEvent created(String type) {
        return new TaskCreated(null, type, "t", "d", "low", List.of(), null);
    }

    private static MemoryStored stored(String namespace, Long size, Double at) {
        return new MemoryStored(null, namespace, "key", "episodic", size, at);
    }

    private static MemoryRetrieved retrieved(Long count, Double at) {
        return new MemoryRetrieved(null, null, null, at, count);
    }

    /** All items, page by page. */
    private <T> List<T> walk(int limit, Class<T> item, BiFunction<Integer, String, LedgerQuery> query) {
        return walk(limit, item, query, () -> {});
    }

    private <T> List<T> walk(
            int limit, Class<T> item, BiFunction<Integer, String, LedgerQuery> query, Runnable inBetween) {
        List<T> items = new ArrayList<>();
        String cursor = null;
        do {
            Page<T> page = models.page(query.apply(limit, cursor), item);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            items.addAll(page.items());
            cursor = page.next();
            inBetween.run();
        } while (cursor != null);
        return items;
    }

    private static LedgerQuery tasks(Integer limit, String cursor) {
        return FindTasks.all().with(query -> query.limit(limit).cursor(cursor));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 100_000})
    void everyItemIsOnOnePageInOrder(int limit) {
        for (int i = 7; i >= 0; i--) {
            models.told("task-" + i, created("code"));
        }
        assertThat(walk(limit, TaskState.class, PagingTest::tasks))
                .extracting(TaskState::id)
                .containsExactly("task-0", "task-1", "task-2", "task-3", "task-4", "task-5", "task-6", "task-7");
    }

    @Test
    void whatComesInBetweenMovesNothingOntoAnotherPage() {
        for (int i = 0; i < 40; i++) {
            models.told("task-%03d".formatted(i * 10), created("code"));
        }
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<TaskState> seen = walk(
                7,
                TaskState.class,
                PagingTest::tasks,
                () -> models.told("task-%03d".formatted(random.nextInt(400)), created("late")));

        assertThat(seen).as("seed %d", seed).extracting(TaskState::id).doesNotHaveDuplicates();
        assertThat(seen).isSortedAccordingTo(Comparator.comparing(TaskState::id));
        assertThat(seen)
                .extracting(TaskState::id)
                .containsAll(Stream.iterate(0, i -> i + 10)
                        .limit(40)
                        .map("task-%03d"::formatted)
                        .toList());
    }

    @Test
    void theTotalIsThatOfTheFilterAndNotOfThePage() {
        for (int i = 0; i < 5; i++) {
            models.told("task-" + i, created(i % 2 == 0 ? "code" : "test"));
        }
        Page<TaskState> first =
                models.page(FindTasks.all().with(query -> query.type("code").limit(2)), TaskState.class);
        assertThat(first.total()).isEqualTo(3);
        assertThat(first.totalIsExact()).isTrue();
        Page<TaskState> last = models.page(
                FindTasks.all().with(query -> query.type("code").limit(2).cursor(first.next())), TaskState.class);
        assertThat(last.total()).isEqualTo(3);
        assertThat(last.items()).extracting(TaskState::id).containsExactly("task-4");
        assertThat(last.next()).isNull();
    }

    @Test
    void nothingIsAPageToo() {
        assertThat(models.page(FindTasks.all(), TaskState.class)).isEqualTo(new Page<>(List.of(), 0, true, null));
    }

    @Test
    void unlessToldOtherwiseAPageHasAHundredItems() {
        for (int i = 0; i < 101; i++) {
            models.told("task-" + i, created("code"));
        }
        Page<TaskState> page = models.page(FindTasks.all(), TaskState.class);
        assertThat(page.items()).hasSize(100);
        assertThat(page.next()).isNotNull();
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                list("agents", (limit, cursor) -> FindAgents.all()
                        .with(query -> query.limit(limit).cursor(cursor))),
                list("tasks", PagingTest::tasks),
                list("memories", (limit, cursor) -> FindMemories.all()
                        .with(query -> query.limit(limit).cursor(cursor))),
                list("hot", (limit, cursor) -> new FindHotMemories(null, null, limit, cursor)),
                list("cold", (limit, cursor) -> new FindColdMemories(null, null, limit, cursor)),
                list("namespaces", (limit, cursor) -> new GetNamespaces(null, limit, cursor)),
                list("swarms", (limit, cursor) -> FindSwarms.all()
                        .with(query -> query.limit(limit).cursor(cursor))));
    }

    private static Arguments list(String name, BiFunction<Integer, String, LedgerQuery> query) {
        return Arguments.of(name, query);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void aLimitOutOfRangeIsRefused(String name, BiFunction<Integer, String, LedgerQuery> query) {
        for (int limit : new int[] {0, -1, Integer.MIN_VALUE, 100_001, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> models.page(query.apply(limit, null), Object.class))
                    .isInstanceOfSatisfying(InvalidQuery.class, refused -> {
                        assertThat(refused.field()).isEqualTo("limit");
                        assertThat(refused.isOutOfRange()).isTrue();
                    })
                    .hasMessage("limit: " + limit + " is not between 1 and 100000");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void aCursorThatTheListNeverGaveIsRefused(String name, BiFunction<Integer, String, LedgerQuery> query) {
        List<String> foreign = new ArrayList<>(List.of(
                "",
                "!",
                "bm8",
                base64("null"),
                base64("[]"),
                base64("[null]"),
                base64("[null,null]"),
                base64("{}"),
                base64("[1"),
                base64("[\"" + name + "\",1,2,3]"),
                base64("[".repeat(5_000)),
                "' OR 1=1 --"));
        models.told("a", new AgentSpawned(null, "r", "d", List.of())).told("b", new AgentSpawned(null, "", "", null));
        models.told("a", created("code")).told("b", created("code"));
        models.told("a", stored("n", 1L, 1.0)).told("b", stored("m", 1L, 1.0));
        models.told("a", new SwarmInitialized("mesh", 1L, null, null))
                .told("b", new SwarmInitialized("", 1L, null, null));
        lists().filter(other -> !other.get()[0].equals(name)).forEach(other -> {
            @SuppressWarnings("unchecked")
            var otherList = (BiFunction<Integer, String, LedgerQuery>) other.get()[1];
            foreign.add(models.page(otherList.apply(1, null), Object.class).next());
        });
        assertThat(foreign).doesNotContainNull();
        for (String cursor : foreign) {
            assertThatThrownBy(() -> models.page(query.apply(10, cursor), Object.class))
                    .as("cursor %s", cursor)
                    .isInstanceOfSatisfying(InvalidQuery.class, refused -> assertThat(refused.isOutOfRange())
                            .isFalse())
                    .hasMessage("cursor: is none that this list gave");
        }
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static LedgerQuery hot(Integer limit, String cursor) {
        return new FindHotMemories(null, null, limit, cursor);
    }

    private static LedgerQuery cold(Integer limit, String cursor) {
        return new FindColdMemories(null, null, limit, cursor);
    }

    /** Against sorting in Java; times and counts from few values, so that there are ties of every kind. */
    @Test
    void hotAndColdAreSortedWithTheirTiesWhereverAPageEnds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String id = "m-" + i;
            models.told(id, stored("n", 1L, 1_767_517_200_000d + random.nextInt(3) / 4.0));
            if (random.nextBoolean()) {
                models.told(id, retrieved((long) random.nextInt(3), 1_767_517_200_001d + random.nextInt(3) / 4.0));
            }
        }
        List<MemoryState> all =
                models.page(FindMemories.all(), MemoryState.class).items();
        Comparator<MemoryState> byId = Comparator.comparing(MemoryState::id);
        List<MemoryState> hottest = all.stream()
                .sorted(Comparator.comparing(MemoryState::accessCount)
                        .thenComparing(MemoryState::lastAccessedAt)
                        .reversed()
                        .thenComparing(byId))
                .toList();
        List<MemoryState> coldest = all.stream()
                .sorted(Comparator.comparing(MemoryState::lastAccessedAt).thenComparing(byId))
                .toList();

        for (int limit : new int[] {1, 7, 100}) {
            assertThat(walk(limit, MemoryState.class, PagingTest::hot))
                    .as("hot, seed %d, limit %d", seed, limit)
                    .isEqualTo(hottest);
            assertThat(walk(limit, MemoryState.class, PagingTest::cold))
                    .as("cold, seed %d, limit %d", seed, limit)
                    .isEqualTo(coldest);
        }
    }

    @Test
    void namespacesAreTheLargestFirstAndNoneIsLostBetweenPages() {
        models.told("m-1", stored("small", 1L, null)).told("m-2", stored("large", 500L, null));
        models.told("m-3", stored("large", 500L, null)).told("m-4", stored("", 7L, null));
        models.told("m-5", stored(null, 7L, null)).told("m-6", stored("same", 7L, null));
        models.told("m-7", stored("unsized", null, null));
        List<Namespace> expected = List.of(
                new Namespace("large", 2, 1_000),
                new Namespace(null, 1, 7),
                new Namespace("", 1, 7),
                new Namespace("same", 1, 7),
                new Namespace("small", 1, 1),
                new Namespace("unsized", 1, 0));
        for (int limit : new int[] {1, 2, 3, 100}) {
            assertThat(walk(limit, Namespace.class, (size, cursor) -> new GetNamespaces(null, size, cursor)))
                    .as("limit %d", limit)
                    .isEqualTo(expected);
        }
        assertThat(models.page(new GetNamespaces(null, 2, null), Namespace.class)
                        .total())
                .isEqualTo(6);
    }
}
