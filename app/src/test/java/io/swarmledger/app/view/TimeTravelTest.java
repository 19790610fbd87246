package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.DeleteMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.events.Json;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.BeyondHead;
import io.swarmledger.query.InvalidQuery;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.agent.AgentState;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.SwarmState;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.Change;
import io.swarmledger.query.timetravel.Changes;
import io.swarmledger.query.timetravel.FindChanges;
import io.swarmledger.query.timetravel.StateOfAll;
import io.swarmledger.query.view.Positions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole swarm at any position is what a plain retelling of the log up to there says, and what changed leads there. */
class TimeTravelTest {

    private static final int MAX = 100_000;

    private static final List<String> TYPES = List.of("agent", "task", "memory", "swarm");

    @TempDir
    Path home;

    @Test
    void atAnyPositionOfAnyHistoryEverythingIsAsAPlainRetellingHasIt() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<EventRow> events = new RandomHistory(random).events("x-", 9, 3_000);
        try (TestLedger ledger = TestLedger.inMemory()) {
            append(ledger, events, random);
            NaiveViews naive = new NaiveViews();
            int told = 0;
            for (int position : random.ints(50, 0, events.size() + 1).sorted().toArray()) {
                events.subList(told, position).forEach(naive::tell);
                told = position;
                requireSame("position " + position + ", seed " + seed, ledger, position, naive);
            }
        }
    }

    @Test
    void atEachPositionOfAnImportedSwarmItIsAsAFreshImportOfWhatIsBefore() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Path history = home.resolve("swarm-small.db");
        Files.copy(getClass().getResourceAsStream("/claude-flow/swarm-small.db"), history);
        try (TestLedger ledger = TestLedger.inMemory()) {
            importInto(ledger, history);
            int head = (int) ledger.head();
            NaiveViews naive = new NaiveViews();
            List<EventRow> rows = rows(ledger);
            for (int position = 1; position <= head; position++) {
                naive.tell(rows.get(position - 1));
                assertThat(listed(then(ledger, everythingAt(position))))
                        .as("position %d", position)
                        .isEqualTo(told(naive));
            }
            for (int position : random.ints(3, 1, head).toArray()) {
                try (TestLedger fresh = TestLedger.inMemory()) {
                    importInto(fresh, cut(history, position));
                    assertThat(listed(then(ledger, StateOfAll.at(position))))
                            .as("position %d, seed %d", position, seed)
                            .isEqualTo(live(fresh));
                }
            }
        }
    }

    @Test
    void whatChangedLeadsFromOneMomentToTheOther() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<EventRow> events = new RandomHistory(random).events("x-", 6, 2_500);
        try (TestLedger ledger = TestLedger.inMemory()) {
            append(ledger, events, random);
            for (int round = 0; round < 40; round++) {
                long from = random.nextInt(events.size());
                long to = from
                        + random.nextInt(
                                Math.min(random.nextBoolean() ? 20 : events.size(), events.size() - (int) from));
                String what = "from %d to %d, seed %d".formatted(from, to, seed);
                Map<String, Map<String, JsonNode>> state = listed(then(ledger, StateOfAll.at(from)));
                for (Change change : changes(ledger, FindChanges.between(from, to), 1 + random.nextInt(7))) {
                    apply(change, state, from, to, events, what);
                }
                assertThat(state).as(what).isEqualTo(listed(then(ledger, StateOfAll.at(to))));
                assertThat(changes(ledger, FindChanges.between(to, to), 100)).isEmpty();
            }
        }
    }

    private static void apply(
            Change change,
            Map<String, Map<String, JsonNode>> state,
            long from,
            long to,
            List<EventRow> events,
            String what) {
        Map<String, JsonNode> things = state.get(change.type());
        if (change.kind() == Change.Kind.ended) {
            assertThat(things.remove(change.id())).as(what).isNotNull();
            return;
        }
        assertThat(things.containsKey(change.id())).as(what).isEqualTo(change.kind() == Change.Kind.changed);
        ObjectNode thing =
                things.containsKey(change.id()) ? things.get(change.id()).asObject() : nothing(change.type());
        for (Change.Field field : change.fields()) {
            assertThat(field.event())
                    .as("%s: %s of %s", what, field, change.id())
                    .isNotNull();
            assertThat(field.event().position()).as(what).isGreaterThan(from).isLessThanOrEqualTo(to);
            EventRow event = events.get((int) field.event().position() - 1);
            if (!NaiveViews.OF_CALLS.contains(field.field())
                    || !event.eventType().endsWith("-called")) {
                assertThat(event.aggregateId()).as(what).isEqualTo(change.id());
            }
            if (!NaiveViews.BEYOND_THE_CONTRACT.contains(field.field())) {
                if (change.kind() == Change.Kind.changed) {
                    assertThat(thing.get(field.field())).as(what).isEqualTo(json(field.from()));
                }
                thing.set(field.field(), json(field.to()));
            }
        }
        things.put(change.id(), thing);
    }

    private static JsonNode json(Object value) {
        return Json.mapper().readTree(Json.mapper().writeValueAsString(value));
    }

    /** What appeared tells what it has; everything else of it is null. */
    private static ObjectNode nothing(String type) {
        Class<?> state = Map.of(
                        "agent",
                        AgentState.class,
                        "task",
                        TaskState.class,
                        "memory",
                        MemoryState.class,
                        "swarm",
                        SwarmState.class)
                .get(type);
        ObjectNode nothing = Json.mapper().createObjectNode();
        Stream.of(state.getRecordComponents()).forEach(field -> nothing.putNull(field.getName()));
        if (nothing.remove("calls") != null) {
            NaiveViews.OF_CALLS.forEach(nothing::putNull);
        }
        NaiveViews.BEYOND_THE_CONTRACT.forEach(nothing::remove);
        return nothing;
    }

    @Test
    void aTimeMeansTheHighestPositionUpToWhichNoEventIsLater() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<EventRow> events = new RandomHistory(random).events("x-", 5, 2_000);
        try (TestLedger ledger = TestLedger.inMemory()) {
            append(ledger, events, random);
            List<Double> times = events.stream()
                    .map(event -> event.timestamp().doubleValue())
                    .toList();
            for (int i = 0; i < 100; i++) {
                double time = times.get(random.nextInt(times.size())) + (random.nextInt(3) - 1) / 8.0;
                int expected = 0;
                while (expected < times.size() && times.get(expected) <= time) {
                    expected++;
                }
                AllThen then = then(ledger, StateOfAll.now().with(query -> query.at(time)));
                assertThat(then.position()).as("time %s, seed %d", time, seed).isEqualTo(expected);
                assertThat(then.at())
                        .as("the latest until then")
                        .isEqualTo(times.subList(0, expected).stream()
                                .max(Double::compare)
                                .orElse(null));
            }
        }
    }

    @Test
    void theIndexIsTheSameHoweverTheLogWasReadAndIsMadeAnewWhereItIsNone() throws Exception {
        Random random = new Random(7);
        List<EventRow> events = new RandomHistory(random).events("x-", 7, 2_000);
        Path data = home.resolve("ledger");
        Path index = data.resolve("timetravel.db");
        try (TestLedger ledger = TestLedger.in(data)) {
            for (int from = 0; from < events.size(); from += 250) {
                ledger.log().writer().append(events.subList(from, from + 250));
                then(ledger, StateOfAll.now());
            }
        }
        List<String> followed = dump(index);

        Files.delete(index);
        reopened(data);
        assertThat(dump(index)).as("deleted").isEqualTo(followed);

        Files.writeString(index, "no database");
        reopened(data);
        assertThat(dump(index)).as("garbage").isEqualTo(followed);

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + index);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE Progress SET ledgerId = 'another', position = 1");
        }
        reopened(data);
        assertThat(dump(index)).as("another ledger's").isEqualTo(followed);
    }

    private static void reopened(Path data) {
        try (TestLedger ledger = TestLedger.in(data)) {
            then(ledger, StateOfAll.now());
        }
    }

    private static List<String> dump(Path index) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + index);
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of("Swarm", "Thing", "Step", "Checkpoint", "Item", "Presence", "Tally", "Counted")) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    while (row.next()) {
                        StringBuilder line = new StringBuilder(table);
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            line.append(' ').append(row.getString(i));
                        }
                        rows.add(line.toString());
                    }
                }
            }
        }
        return rows;
    }

    @Test
    void pagesGoOnAtTheirMomentWhateverHappensMeanwhile() {
        try (TestLedger ledger = TestLedger.inMemory()) {
            for (int i = 0; i < 7; i++) {
                ledger.send(new StoreMemory("m" + i, "notes", "k" + i, "episodic", 1L));
                ledger.send(new SpawnAgent("a" + i, "coder"));
            }
            AllThen first = then(ledger, StateOfAll.now().with(query -> query.limit(3)));
            ledger.send(new DeleteMemory("m1"));
            ledger.send(new DeleteMemory("m4"));
            ledger.send(new StoreMemory("m7", "notes", "k7", "episodic", 1L));

            List<String> memories = new ArrayList<>(ids(first.memories(), MemoryState::id));
            AllThen next = first;
            while (next.memories().next() != null) {
                String cursor = next.memories().next();
                next = then(
                        ledger, StateOfAll.now().with(query -> query.limit(3).cursor(cursor)));
                assertThat(next.position()).isEqualTo(first.position());
                assertThat(next.agents().items()).isEmpty();
                memories.addAll(ids(next.memories(), MemoryState::id));
            }
            assertThat(memories).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6");
            AllThen now = then(ledger, StateOfAll.now());
            assertThat(ids(now.memories(), MemoryState::id)).containsExactly("m0", "m2", "m3", "m5", "m6", "m7");
            assertThat(now.counts().get("memories")).containsEntry("stored", 6L).containsEntry("deleted", 2L);
        }
    }

    @Test
    void ofAVeryLongListTheLastItemsAreAnsweredAndTheAgentsOwnStateHasThemAll() throws Exception {
        int completed = StateOfAll.LAST_ITEMS + 200;
        Rows rows = new Rows();
        List<EventRow> events = new ArrayList<>(List.of(rows.next("busy", "agent:spawned", "{}")));
        for (int i = 1; i <= completed; i++) {
            events.add(rows.next("busy", "agent:task-completed", "{\"taskId\":\"t" + i + "\"}"));
        }
        try (TestLedger ledger = TestLedger.inMemory()) {
            ledger.log().writer().append(events);
            AllThen then = then(ledger, StateOfAll.at(completed));
            AgentState busy = then.agents().items().get(0).agent();
            AgentState whole = (AgentState) ledger.ask(new StateOf("busy", (long) completed, null), StateThen.class)
                    .state();

            assertThat(busy.taskCount()).isEqualTo(completed - 1);
            assertThat(then.cut())
                    .isEqualTo(Map.of("agents", Map.of("busy", Map.of("completedTasks", completed - 1L))));
            assertThat(then(ledger, StateOfAll.at(StateOfAll.LAST_ITEMS + 1)).cut())
                    .as("all of them are there")
                    .isEmpty();
            assertThat(whole.completedTasks().toList()).hasSize(completed - 1);
            assertThat(busy.completedTasks().toList())
                    .isEqualTo(whole.completedTasks().toList().subList(199, completed - 1));
            Change grown = changes(ledger, FindChanges.between(completed, completed + 1), 1)
                    .get(0);
            assertThat(grown.fields())
                    .filteredOn(field -> field.field().equals("completedTasks"))
                    .singleElement()
                    .satisfies(field -> {
                        assertThat(field.to().toString()).contains("t" + completed);
                        assertThat(field.fromSize()).isEqualTo(completed - 1);
                        assertThat(field.toSize()).isEqualTo(completed);
                    });
        }
    }

    @Test
    void pagesOfChangesGoOnBetweenTheirMomentsWhateverHappensMeanwhile() {
        try (TestLedger ledger = TestLedger.inMemory()) {
            for (int i = 0; i < 4; i++) {
                ledger.send(new StoreMemory("m" + i, "notes", "k" + i, "episodic", 1L));
            }
            Changes first = ledger.ask(new FindChanges(1L, null, null, null, null, 2, null), Changes.class);
            ledger.send(new StoreMemory("m4", "notes", "k4", "episodic", 1L));
            Changes next = ledger.ask(
                    new FindChanges(
                            null, null, null, null, null, 2, first.changes().next()),
                    Changes.class);

            assertThat(ids(first.changes(), Change::id)).containsExactly("m1", "m2");
            assertThat(ids(next.changes(), Change::id)).containsExactly("m3");
            assertThat(next.changes().next()).isNull();
            assertThat(next.from()).isEqualTo(1);
            assertThat(next.to()).isEqualTo(first.to()).isEqualTo(4);
        }
    }

    /** Whoever is told by others may be told any status; how many agents a swarm has at work is counted beside it. */
    @Test
    void aStatusMayBeAnyTextNoneToo() throws Exception {
        Rows rows = new Rows();
        try (TestLedger ledger = TestLedger.inMemory()) {
            ledger.log()
                    .writer()
                    .append(List.of(
                            rows.next("a", "agent:spawned", "{\"role\":\"coder\"}"),
                            rows.next("a", "agent:status-changed", "{\"newStatus\":\"\"}"),
                            rows.next("a", "agent:status-changed", "{\"newStatus\":\"blocked\"}")));

            assertThat(positive(then(ledger, StateOfAll.at(2)).counts().get("agents")))
                    .isEqualTo(Map.of("", 1L));
            assertThat(positive(then(ledger, StateOfAll.at(3)).counts().get("agents")))
                    .isEqualTo(Map.of("blocked", 1L));
        }
    }

    @Test
    void whatCannotBeAskedIsNamed() {
        try (TestLedger ledger = TestLedger.inMemory()) {
            ledger.send(new CreateTask("t", "coding", "x"));
            assertThat(then(ledger, StateOfAll.at(0)).at()).isNull();
            assertThatThrownBy(() -> then(ledger, StateOfAll.at(99)))
                    .hasCauseInstanceOf(BeyondHead.class)
                    .hasMessageContaining("position: position 99 is beyond the head of this ledger, 1");
            requireRefused(ledger, StateOfAll.at(-1), "position: -1 is less than 0");
            requireRefused(ledger, StateOfAll.at(1).with(query -> query.at(1.0)), "at: is given together");
            requireRefused(ledger, StateOfAll.now().with(query -> query.cursor("x")), "cursor: is none that");
            requireRefused(ledger, StateOfAll.now().with(query -> query.limit(0)), "limit: 0 is not between");
            requireRefused(ledger, FindChanges.between(1, 0), "to: position 0 is before that of from, 1");
            requireRefused(ledger, new FindChanges(null, null, 1L, null, null, null, null), "from: is missing");
        }
    }

    private static void requireRefused(TestLedger ledger, LedgerQuery query, String message) {
        assertThatThrownBy(() -> ledger.ask(query, Object.class))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(InvalidQuery.class)
                .hasMessageContaining(message);
    }

    private static <T> List<String> ids(Page<T> page, Function<T, String> id) {
        return page.items().stream().map(id).toList();
    }

    private static AllThen then(TestLedger ledger, StateOfAll query) {
        return ledger.ask(query, AllThen.class);
    }

    private static List<Change> changes(TestLedger ledger, FindChanges query, int limit) {
        List<Change> changes = new ArrayList<>();
        Page<Change> page = ledger.ask(query.with(first -> first.limit(limit)), Changes.class)
                .changes();
        changes.addAll(page.items());
        while (page.next() != null) {
            String cursor = page.next();
            page = ledger.ask(query.with(next -> next.limit(limit).cursor(cursor)), Changes.class)
                    .changes();
            changes.addAll(page.items());
        }
        return changes;
    }

    private static void append(TestLedger ledger, List<EventRow> events, Random random) throws Exception {
        for (int from = 0; from < events.size(); ) {
            int size = Math.min(1 + random.nextInt(200), events.size() - from);
            ledger.log().writer().append(events.subList(from, from + size));
            from += size;
        }
        ledger.bean(Positions.class).await(LedgerQuery.TIME_TRAVEL, ledger.head(), Duration.ofSeconds(60));
    }

    private static void importInto(TestLedger ledger, Path history) throws Exception {
        new Import(ledger.log(), ledger.bean(StoredTypes.class)).from(history, Optional.empty(), Progress.SILENT);
    }

    private Path cut(Path history, int events) throws Exception {
        Path copy = home.resolve("cut.db");
        Files.copy(history, copy, StandardCopyOption.REPLACE_EXISTING);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "DELETE FROM events WHERE rowid NOT IN (SELECT rowid FROM events ORDER BY rowid LIMIT " + events
                            + ")");
            statement.executeUpdate("DELETE FROM snapshots");
        }
        return copy;
    }

    private static List<EventRow> rows(TestLedger ledger) {
        return ledger.page(FindEvents.all().with(query -> query.limit(10_000)), RecordedEvent.class).items().stream()
                .map(event -> new EventRow(
                        event.id(),
                        event.aggregateId(),
                        event.version() - 1,
                        event.aggregateType(),
                        event.timestamp(),
                        event.type(),
                        "1",
                        event.payload().toString(),
                        null,
                        event.source(),
                        null,
                        null,
                        event.swarmId(),
                        null))
                .toList();
    }

    private static void requireSame(String what, TestLedger ledger, long position, NaiveViews naive) {
        AllThen then = then(ledger, everythingAt(position));
        Map<String, Map<String, JsonNode>> told = told(naive);
        assertThat(listed(then)).as(what).isEqualTo(told);
        assertThat(then.position()).as(what).isEqualTo(position);

        Map<String, Map<String, JsonNode>> there = listed(then(ledger, StateOfAll.at(position)));
        told.get("memory").values().removeIf(memory -> memory.get("isDeleted").booleanValue());
        assertThat(there).as(what).isEqualTo(told);
        for (String list : List.of("agents", "tasks", "swarms")) {
            assertThat(positive(then.counts().get(list)))
                    .as("%s, %s", list, what)
                    .isEqualTo(told.get(list.substring(0, list.length() - 1)).values().stream()
                            .collect(Collectors.groupingBy(
                                    thing -> thing.get("status").stringValue(), Collectors.counting())));
        }
        assertThat(then.counts().get("memories").get("stored"))
                .as(what)
                .isEqualTo(told.get("memory").size());

        Map<String, Map<String, JsonNode>> ofAlpha =
                listed(then(ledger, StateOfAll.at(position).with(query -> query.swarmId("alpha"))));
        told.values().forEach(things -> things.values()
                .removeIf(thing -> !thing.get("swarmId").stringValue().equals("alpha")));
        assertThat(ofAlpha).as("of one swarm, %s", what).isEqualTo(told);
    }

    private static StateOfAll everythingAt(long position) {
        return StateOfAll.at(position).with(query -> query.includeDeleted(true).limit(MAX));
    }

    private static Map<String, Map<String, JsonNode>> told(NaiveViews naive) {
        Map<String, Map<String, JsonNode>> told = new TreeMap<>();
        TYPES.forEach(type -> told.put(type, byId(naive.of(type))));
        return told;
    }

    private static Map<String, Long> positive(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What is listed, by type and id. */
    private static Map<String, Map<String, JsonNode>> listed(AllThen then) {
        return new TreeMap<>(Map.of(
                "agent", byId(nodes(then.agents())),
                "task", byId(nodes(then.tasks())),
                "memory", byId(nodes(then.memories())),
                "swarm", byId(nodes(then.swarms()))));
    }

    private static Map<String, Map<String, JsonNode>> live(TestLedger ledger) {
        return new TreeMap<>(Map.of(
                "agent", byId(nodes(ledger.page(FindAgents.all().withLimit(MAX), AgentView.class))),
                "task", byId(nodes(ledger.page(FindTasks.all().withLimit(MAX), TaskState.class))),
                "memory", byId(nodes(ledger.page(FindMemories.all().withLimit(MAX), MemoryState.class))),
                "swarm", byId(nodes(ledger.page(FindSwarms.all().withLimit(MAX), SwarmView.class)))));
    }

    private static List<JsonNode> nodes(Page<?> page) {
        return page.items().stream().map(NaiveViews::comparable).toList();
    }

    private static Map<String, JsonNode> byId(List<JsonNode> things) {
        return things.stream()
                .collect(Collectors.toMap(
                        thing -> thing.get("id").stringValue(),
                        Function.identity(),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
