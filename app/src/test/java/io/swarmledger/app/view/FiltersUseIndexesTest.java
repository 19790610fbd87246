package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteEventLog;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.events.upcast.Upcasters;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.activity.Activity;
import io.swarmledger.query.activity.ActivityQueries;
import io.swarmledger.query.activity.GetActivity;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.agent.CountAgents;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.agent.GetAgentMetrics;
import io.swarmledger.query.failure.FailureQueries;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.failure.FindFailures;
import io.swarmledger.query.failure.NewestFailures;
import io.swarmledger.query.log.Answerable;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.FindEventsBuilder;
import io.swarmledger.query.log.GetEvent;
import io.swarmledger.query.log.GetNeighbours;
import io.swarmledger.query.log.GetSnapshot;
import io.swarmledger.query.log.LogQueries;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.memory.FindColdMemories;
import io.swarmledger.query.memory.FindHotMemories;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.GetMemory;
import io.swarmledger.query.memory.GetNamespaces;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.task.CountTasks;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.GetTimelines;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.task.TimelineQueries;
import io.swarmledger.query.view.Reading;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryResponseMessage;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Asks each question with each filter alone and lets SQLite explain every statement that was prepared for it. */
class FiltersUseIndexesTest {

    private static final String LOG = "DomainEventEntry";

    @TempDir
    static Path directory;

    private static final List<String> PREPARED = new ArrayList<>();
    private static LogFile log;
    private static ViewsFile views;
    private static QueryBus queries;

    @BeforeAll
    static void open() {
        log = LogFile.open(directory.resolve("events.db"), Clock.systemUTC());
        views = ViewsFile.open(directory.resolve("views.db"), log, ReadModels.ofLedger());
        queries = SimpleQueryBus.builder().build();
        Reading ofViews = new Reading(new Listening(views.readers()));
        for (Object handler : List.of(
                new AgentQueries(ofViews, new AgentHealth(Clock.systemUTC(), Duration.ofMinutes(1))),
                new TaskQueries(ofViews, new AgentHealth(Clock.systemUTC(), Duration.ofMinutes(1))),
                new MemoryQueries(ofViews),
                new SwarmQueries(ofViews),
                new LogQueries(
                        new SqliteEventLog(new Listening(log.readers())),
                        new EventReader(LedgerSerializer.of(StoredTypes.events()), Upcasters.chain()),
                        ReadModels.ofLedger(),
                        new Answerable(AggregateTypes.ofLedger().names())),
                new FailureQueries(new SqliteEventLog(new Listening(log.readers())), new NewestFailures()),
                new TimelineQueries(
                        new SqliteEventLog(new Listening(log.readers())),
                        new EventReader(LedgerSerializer.of(StoredTypes.events()), Upcasters.chain())))) {
            new AnnotationQueryHandlerAdapter<>(handler).subscribe(queries);
        }
    }

    @AfterAll
    static void close() {
        views.close();
        log.close();
    }

    private static Arguments events(String condition, Consumer<FindEventsBuilder> filter) {
        return Arguments.of(LOG, condition, FindEvents.all().with(filter));
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                events("aggregateIdentifier=?", query -> query.aggregateIds(List.of("a"))),
                events("aggregateIdentifier=?", query -> query.aggregateIds(List.of("a", "b", "c"))),
                events("type=?", query -> query.aggregateTypes(List.of("task"))),
                events("type=?", query -> query.aggregateTypes(List.of("task", "agent", "memory"))),
                events("payloadType=?", query -> query.types(List.of("task:created"))),
                events("payloadType=?", query -> query.types(List.of("task:created", "task:queued", "task:failed"))),
                events("timeStamp>?", query -> query.after(1.0)),
                events("timeStamp<?", query -> query.before(1.0)),
                events("timeStamp>? AND timeStamp<?", query -> query.after(1.0).before(2.0)),
                events("sequenceNumber>?", query -> query.fromVersion(5L)),
                events("rowid>?", query -> query.afterPosition(0L)),
                events("swarmId=?", query -> query.swarmId("alpha")),
                events("correlationId=?", query -> query.correlationId("run")),
                events("correlationId=?", query -> query.correlationId("run").descending(true)),
                Arguments.of(LOG, "eventIdentifier=?", new GetEvent("e")),
                Arguments.of(LOG, "aggregateIdentifier=?", StateOf.now("a")),
                Arguments.of(LOG, "payloadType=?", FindFailures.all()),
                Arguments.of(LOG, "payloadType=?", FindFailures.all().withSwarmId("alpha")),
                Arguments.of(LOG, "aggregateIdentifier=?", new GetTimelines(List.of("t"), null)),
                Arguments.of(LOG, "aggregateIdentifier=?", new GetNeighbours("a", 1)),
                Arguments.of("SnapshotEventEntry", "aggregateIdentifier=?", new GetSnapshot("a")),
                Arguments.of("ImportedSnapshot", "aggregateId=?", new GetSnapshot("a")),
                Arguments.of("agent_state", "generation=?", FindAgents.all()),
                Arguments.of("agent_state", "status=?", FindAgents.all().with(query -> query.status("idle"))),
                Arguments.of("agent_state", "domain=?", FindAgents.all().with(query -> query.domain("core"))),
                Arguments.of("agent_state", "role=?", FindAgents.all().with(query -> query.role("coder"))),
                Arguments.of("agent_state", "swarmId=?", FindAgents.all().with(query -> query.swarmId("alpha"))),
                Arguments.of("agent_state", "id=?", new GetAgent("a")),
                Arguments.of("agent_state", "generation=?", new GetAgentMetrics(null)),
                Arguments.of("agent_state", "swarmId=?", new GetAgentMetrics("alpha")),
                Arguments.of("task_history", "generation=?", FindTasks.all()),
                Arguments.of("task_history", "status=?", FindTasks.all().with(query -> query.status("failed"))),
                Arguments.of("task_history", "assignedAgent=?", FindTasks.all().with(query -> query.agent("a"))),
                Arguments.of("task_history", "type=?", FindTasks.all().with(query -> query.type("code"))),
                Arguments.of("task_history", "priority=?", FindTasks.all().with(query -> query.priority("low"))),
                Arguments.of("task_history", "swarmId=?", FindTasks.all().with(query -> query.swarmId("alpha"))),
                Arguments.of("task_history", "id=?", new GetTask("t")),
                Arguments.of("task_history", "generation=?", new GetTaskStatistics(null)),
                Arguments.of("task_history", "swarmId=?", new CountTasks(List.of("alpha", "beta"))),
                Arguments.of("agent_state", "swarmId=?", new CountAgents(List.of("alpha", "beta"))),
                Arguments.of("memory_index", "isDeleted=?", FindMemories.all()),
                Arguments.of("memory_index", "generation=?", memories(query -> {})),
                Arguments.of("memory_index", "namespace=?", memories(query -> query.namespace("n"))),
                Arguments.of("memory_index", "type=?", memories(query -> query.type("episodic"))),
                Arguments.of("memory_index", "swarmId=?", memories(query -> query.swarmId("alpha"))),
                Arguments.of("memory_index", "id=?", new GetMemory("m")),
                Arguments.of("memory_index", "isDeleted=?", new FindHotMemories(null, null, null, null)),
                Arguments.of("memory_index", "isDeleted=?", new FindColdMemories(null, null, null, null)),
                Arguments.of("memory_index", "isDeleted=?", new GetNamespaces(null, null, null)),
                Arguments.of("swarm_overview", "generation=?", FindSwarms.all()),
                Arguments.of("swarm_overview", "status=?", FindSwarms.all().with(query -> query.status("active"))),
                Arguments.of("swarm_overview", "swarmId=?", FindSwarms.all().with(query -> query.swarmId("alpha"))));
    }

    private static FindMemories memories(Consumer<io.swarmledger.query.memory.FindMemoriesBuilder> filter) {
        return FindMemories.all().with(filter.andThen(query -> query.includeDeleted(true)));
    }

    @ParameterizedTest(name = "{1} of {0}: {2}")
    @MethodSource("filters")
    void theConditionIsLookedUpInAnIndex(String table, String condition, LedgerQuery query) {
        PREPARED.clear();
        ask(query);

        List<String> statements =
                PREPARED.stream().filter(sql -> sql.contains("FROM " + table)).toList();
        assertThat(statements).isNotEmpty();
        requireIndex(
                table,
                condition,
                statements.stream()
                        .filter(sql -> !sql.contains("max(globalIndex)"))
                        .toList());
    }

    /** Most events are calls, and few of them fail. */
    @Test
    void ofCallsThoseThatFailedAreFoundInAnIndexOfTheirOwn() {
        PREPARED.clear();
        ask(FindFailures.all());

        assertThat(PREPARED)
                .filteredOn(sql -> sql.contains("'$.error') END IS NOT NULL AND"))
                .hasSameSizeAs(FailureTypes.CALLS)
                .allSatisfy(sql ->
                        assertThat(planOf(LOG, sql)).singleElement().asString().contains("event_failed_call"));
    }

    /** No index has swarms and times together; what is asked of one swarm reads that swarm's events. */
    @Test
    void activityIsCountedInIndexesAloneAndNothingIsSorted(@TempDir Path other) throws Exception {
        Rows rows = new Rows();
        try (AskedLog asked =
                AskedLog.in(other, file -> new ActivityQueries(new SqliteEventLog(new Listening(file.readers()))))) {
            asked.append(rows.next("a", "agent:spawned", "{}"), rows.next("a", "agent:failed", "{}"));
            PREPARED.clear();
            asked.ask(GetActivity.whole(), Activity.class);
        }

        assertThat(PREPARED).hasSizeGreaterThan(5).allSatisfy(sql -> {
            List<String> plan = planOf(LOG, sql);
            assertThat(plan).as(sql).noneMatch(step -> step.contains("TEMP B-TREE"));
            assertThat(plan)
                    .as(sql)
                    .allMatch(step -> !step.startsWith("SCAN " + LOG) || step.contains("USING COVERING INDEX"));
        });
        assertThat(PREPARED)
                .filteredOn(sql -> sql.startsWith("SELECT count(*)"))
                .isNotEmpty()
                .allSatisfy(sql -> assertThat(planOf(LOG, sql))
                        .singleElement()
                        .asString()
                        .matches("SEARCH DomainEventEntry USING COVERING INDEX"
                                + " event_by_(time|believed_time) .*>\\? AND .*<\\?\\)"));
    }

    @Test
    void aStatementThatScansIsFoundOut() {
        for (String scanning : List.of(
                "SELECT * FROM DomainEventEntry WHERE source = ?",
                "SELECT * FROM DomainEventEntry WHERE payloadType LIKE ? ORDER BY globalIndex",
                "SELECT 1 FROM DomainEventEntry WHERE abs(timeStamp) > ?")) {
            assertThatThrownBy(() -> requireIndex(LOG, "source=?", List.of(scanning)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("SCAN");
        }
    }

    private static void requireIndex(String table, String condition, List<String> statements) {
        for (String sql : statements) {
            List<String> plan = planOf(table, sql);
            assertThat(plan).as(sql).noneMatch(step -> step.startsWith("SCAN " + table));
            assertThat(plan).as(sql).anyMatch(step -> step.startsWith("SEARCH " + table) && step.contains(condition));
        }
    }

    private static List<String> planOf(String table, String sql) {
        return JdbcClient.create(
                        table.equals(LOG) || table.endsWith("Snapshot") || table.endsWith("Entry")
                                ? log.readers()
                                : views.readers())
                .sql("EXPLAIN QUERY PLAN " + sql)
                .query((row, number) -> row.getString("detail"))
                .list();
    }

    private static void ask(LedgerQuery query) {
        boolean isList = query.getClass().getSimpleName().startsWith("Find") && !(query instanceof FindFailures);
        Object type = isList || query instanceof GetNamespaces
                ? PageOf.items(Object.class)
                : ResponseTypes.instanceOf(Object.class);
        QueryResponseMessage<?> answer = queries.query(new GenericQueryMessage<>(query, (ResponseType<?>) type))
                .join();
        if (answer.isExceptional()) {
            throw new AssertionError(answer.exceptionResult());
        }
        if (type instanceof PageOf<?>) {
            assertThat(answer.getPayload()).isInstanceOf(Page.class);
        }
    }

    /** Notes what is prepared. */
    private static final class Listening extends DelegatingDataSource {

        Listening(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            PREPARED.add((String) arguments[0]);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    });
        }
    }
}
