package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.imports.ClaudeFlowDatabase;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.view.ProjectionNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.messaging.deadletter.SequencedDeadLetterProcessor;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("I7 stored rows that name classes")
class I07HostileRowsTest {

    private static final String SPRUNG = "swarm-ledger.test.canary";
    private static final String CANARY = "io.swarmledger.app.faults.I07HostileRowsTest$Canary";

    @TempDir
    Path directory;

    /** Whoever loads it is caught, even without making one. */
    static final class Canary {

        static {
            System.setProperty(SPRUNG, "loaded");
        }

        public String command;
    }

    @AfterEach
    void nobodyLoadedTheClassThatWasNamed() {
        assertThat(System.clearProperty(SPRUNG)).isNull();
    }

    static Stream<String> classes() {
        return Stream.of(
                CANARY,
                "java.util.HashMap",
                "java.lang.ProcessBuilder",
                "javax.naming.InitialContext",
                "org.springframework.context.support.ClassPathXmlApplicationContext",
                "io.swarmledger.events.agent.AgentSpawned",
                "[L" + CANARY + ";",
                "agent:spawned$" + CANARY);
    }

    /** What serializers that take orders from their input would follow. */
    private static Stream<String> orders() {
        return Stream.of(
                "{\"@class\":\"" + CANARY + "\",\"command\":\"id\"}",
                "{\"@type\":\"" + CANARY + "\",\"command\":\"id\"}",
                "{\"@c\":\".I07HostileRowsTest$Canary\"}",
                "{\"class\":\"" + CANARY + "\"}",
                "[\"" + CANARY + "\",{\"command\":\"id\"}]",
                "{\"$type\":\"" + CANARY + "\",\"$ref\":\"#/\"}",
                "\"" + CANARY + "\"");
    }

    private static final String XML =
            "<" + CANARY.replace("$", "_-") + "><command>id</command></" + CANARY.replace("$", "_-") + ">";

    private static EventRow row(String id, String aggregate, long number, String type, String payload) {
        return new EventRow(
                id, aggregate, number, "agent", 1L, type, "1", payload, "{}", "swarm", null, null, "swarm", null);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void anEventOfSuchATypeIsKeptAndShownAndNothingMore(String type) throws Exception {
        List<String> payloads = Stream.concat(orders(), Stream.of("{}", "null")).toList();
        try (TestLedger ledger = TestLedger.inMemory()) {
            List<EventRow> rows = new ArrayList<>();
            rows.add(row("first", "a", 0, "agent:spawned", "{\"role\":\"r\"}"));
            payloads.forEach(payload -> rows.add(row("e" + rows.size(), "a", rows.size(), type, payload)));
            ledger.log().writer().append(rows);

            assertThat(ledger.ask(new GetAgent("a"), AgentView.class).agent().status())
                    .isEqualTo("idle");
            assertThat(ledger.send(new StartAgent("a")).version()).isEqualTo(rows.size() + 1);
            assertThat(ledger.page(FindEvents.of("a"), RecordedEvent.class).items())
                    .filteredOn(event -> event.type().equals(type))
                    .extracting(event -> event.payload().toString())
                    .hasSize(payloads.size());
        }
    }

    @Test
    void aPayloadThatOrdersAClassIsJsonLikeAnyOther() throws Exception {
        try (TestLedger ledger = TestLedger.inMemory()) {
            for (String order : orders().toList()) {
                String id = "t" + order.hashCode();
                ledger.log()
                        .writer()
                        .append(List.of(
                                task(
                                        id,
                                        0,
                                        "task:created",
                                        "{\"taskType\":\"x\",\"title\":\"T\",\"@class\":\"" + CANARY + "\"}"),
                                task(
                                        id,
                                        1,
                                        "task:completed",
                                        "{\"result\":" + order + ",\"@type\":\"" + CANARY + "\"}")));

                TaskState state = ledger.ask(new GetTask(id), TaskState.class);

                assertThat(state.title()).isEqualTo("T");
                assertThat(Json.mapper().readTree(Json.mapper().writeValueAsString(state.result())))
                        .isEqualTo(Json.mapper().readTree(order));
            }
            for (String whole : Stream.concat(orders(), Stream.of(XML)).toList()) {
                String id = "w" + whole.hashCode();
                ledger.log()
                        .writer()
                        .append(List.of(
                                row(id + 0, id, 0, "agent:spawned", "{\"role\":\"r\"}"),
                                row(id + 1, id, 1, "agent:failed", whole)));
                assertThat(ledger.send(new StartAgent(id)).version()).isEqualTo(3);
            }
            ledger.caughtUp();
        }
    }

    private static EventRow task(String id, long number, String type, String payload) {
        return new EventRow(
                id + number,
                id,
                number,
                "task",
                1L,
                type,
                "1",
                payload,
                "{\"@class\":\"" + CANARY + "\"}",
                "swarm",
                null,
                null,
                "swarm",
                null);
    }

    @Test
    void aSnapshotThatNamesAClassIsPassedOver() throws Exception {
        try (TestLedger ledger = TestLedger.inMemory()) {
            int number = 0;
            for (String name :
                    Stream.concat(classes(), Stream.of("memory-snapshot")).toList()) {
                for (String state : Stream.concat(orders(), Stream.of(XML)).toList()) {
                    String id = "memory-" + number++;
                    ledger.importMemory(id, 3);
                    ledger.tamper(
                            "INSERT INTO SnapshotEventEntry (aggregateIdentifier, sequenceNumber, type,"
                                    + " eventIdentifier, timeStamp, payloadType, payloadRevision, payload)"
                                    + " VALUES (?, 2, 'memory', ?, 1, ?, '1', ?)",
                            id,
                            id + "-snapshot",
                            name,
                            state);
                    if (!name.equals("memory-snapshot") || !state.startsWith("{")) {
                        assertThat(ledger.send(new RetrieveMemory(id)).version())
                                .isEqualTo(4);
                    }
                }
            }
        }
    }

    /** A view's file is made anew where it is of no use; what it must not do is to be believed. */
    @ParameterizedTest
    @MethodSource("classes")
    void aTokenOrADeadLetterThatNamesAClassLoadsNone(String type) throws Exception {
        try (TestLedger ledger = TestLedger.in(directory)) {
            ledger.log()
                    .writer()
                    .append(List.of(
                            row("e0", "a", 0, "agent:spawned", "{\"role\":\"r\"}"),
                            row("e1", "a", 1, "agent:started", "[]")));
            ledger.caughtUp();
        }
        try (Connection views = DriverManager.getConnection("jdbc:sqlite:" + new LedgerFiles(directory).views());
                Statement statement = views.createStatement()) {
            String quoted = "'" + type + "'";
            assertThat(statement.executeUpdate("UPDATE DeadLetterEntry SET payloadType = " + quoted + ", tokenType = "
                            + quoted + ", payload = CAST('[\"" + CANARY + "\",{}]' AS BLOB), metaData = CAST("
                            + "'{\"@class\":\"" + CANARY + "\"}' AS BLOB), causeType = " + quoted))
                    .isEqualTo(1);
            assertThat(statement.executeUpdate("UPDATE TokenEntry SET tokenType = " + quoted
                            + ", token = CAST('{\"@class\":\"" + CANARY + "\"}' AS BLOB) WHERE processorName ="
                            + " 'memory-index'"))
                    .isEqualTo(1);
        }

        try (TestLedger ledger = TestLedger.in(directory)) {
            assertThat(ledger.page(FindEvents.of("a"), RecordedEvent.class).items())
                    .hasSize(2);
            assertThat(ledger.ask(new GetAgent("a"), AgentView.class).agent().role())
                    .isEqualTo("r");
            SequencedDeadLetterProcessor<?> letters = ledger.bean(EventProcessingConfiguration.class)
                    .sequencedDeadLetterProcessor(ProjectionNames.AGENT_STATE)
                    .orElseThrow();
            assertThat(catchThrowable(letters::processAny))
                    .as("what the letter says is no token")
                    .hasRootCauseInstanceOf(ClassCastException.class);
            assertThat(ledger.send(new StartAgent("a")).version()).isEqualTo(3);
        }
    }

    @Test
    void noSerializerKnowsAClassThatIsNotRegistered() throws Exception {
        try (TestLedger ledger = TestLedger.inMemory()) {
            Configuration configuration = ledger.bean(Configuration.class);
            for (Serializer serializer : List.of(
                    configuration.serializer(), configuration.eventSerializer(), configuration.messageSerializer())) {
                assertThat(serializer).isInstanceOf(LedgerSerializer.class);
                classes().forEach(name -> assertThat(serializer.classForType(new SimpleSerializedType(name, "1")))
                        .as(name)
                        .isEqualTo(OpaqueEvent.class));
            }
            for (JsonMapper mapper : List.of(Json.mapper(), ledger.bean(JsonMapper.class))) {
                assertThat(orders().map(order -> mapper.readValue(order, Object.class)))
                        .allMatch(value -> value instanceof Map || value instanceof List || value instanceof String);
            }
        }
        assertThat(System.getProperty("java.class.path")).doesNotContainIgnoringCase("xstream");
        assertThatThrownBy(() -> Class.forName("com.thoughtworks.xstream.XStream"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void anImportedFileIsOpenedToBeReadAndItsSchemaIsNotTrusted() throws Exception {
        Path file = ClaudeFlowDatabase.original("all23", directory);
        byte[] before = Files.readAllBytes(file);
        try (Connection foreign = SqliteConnections.foreign(file).getConnection();
                Statement statement = foreign.createStatement()) {
            for (Map.Entry<String, String> pragma :
                    Map.of("trusted_schema", "0", "query_only", "1").entrySet()) {
                try (var value = statement.executeQuery("PRAGMA " + pragma.getKey())) {
                    assertThat(value.getString(1)).as(pragma.getKey()).isEqualTo(pragma.getValue());
                }
            }
            statement.execute("PRAGMA query_only = OFF");
            assertThatThrownBy(() -> statement.execute("DELETE FROM events")).hasMessageContaining("readonly");
        }
        assertThat(file).hasBinaryContent(before);
    }

    /** A view is asked of by whoever reads it, and asks in his name. */
    @Test
    void aSchemaThatAsksInItsReadersNameIsRefused() throws Exception {
        Path events = directory.resolve("events-view.db");
        String columns = "'e' AS id, 'task:queued' AS type, file AS aggregate_id, 'task' AS aggregate_type, 1 AS"
                + " version, 1 AS timestamp, 'swarm' AS source, '{}' AS payload, '{}' AS metadata, NULL AS"
                + " causation_id, NULL AS correlation_id";
        ClaudeFlowDatabase.sql(events, "CREATE VIEW events AS SELECT " + columns + " FROM pragma_database_list");
        Path snapshots = ClaudeFlowDatabase.original("all23", directory);
        ClaudeFlowDatabase.sql(
                snapshots,
                "DROP TABLE snapshots",
                "CREATE VIEW snapshots AS SELECT 'x' AS aggregate_id, 'task' AS aggregate_type, 1 AS version,"
                        + " json_object('file', file) AS state, 1 AS timestamp FROM pragma_database_list");
        try (Connection foreign = SqliteConnections.foreign(snapshots).getConnection();
                Statement statement = foreign.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM snapshots"))
                    .hasMessageContaining("unsafe use of virtual table");
        }

        Path data = directory.resolve("ledger");
        assertThat(Terminal.run("import", events, "--data", data).exitCode()).isEqualTo(1);
        Terminal.run("import", snapshots, "--data", data);

        try (TestLedger ledger = TestLedger.in(data)) {
            assertThat(JdbcClient.create(ledger.log().readers())
                            .sql("SELECT count(*) FROM ImportedSnapshot")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
        assertThat(JdbcClient.create(SqliteConnections.reading(new LedgerFiles(data).log()))
                        .sql("SELECT count(*) FROM DomainEventEntry WHERE aggregateIdentifier LIKE '%view.db'")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
