package io.swarmledger.app.wiring;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFile;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.events.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole ledger as it is embedded, for tests that speak to it through the command gateway. */
final class RunningLedger implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningLedger(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** A ledger in memory, with these properties besides. */
    static RunningLedger inMemory(String... properties) {
        return at(":memory:", properties);
    }

    static RunningLedger at(String data, String... properties) {
        String[] arguments = Stream.concat(
                        Stream.of("--swarm-ledger.data=" + data),
                        Arrays.stream(properties).map(property -> "--" + property))
                .toArray(String[]::new);
        return new RunningLedger(new SpringApplicationBuilder(SwarmLedgerApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments));
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    CommandGateway commands() {
        return get(CommandGateway.class);
    }

    LogFile log() {
        return get(LogFile.class);
    }

    Appended send(LedgerCommand command) {
        return commands().sendAndWait(command);
    }

    Appended send(LedgerCommand command, Envelope envelope) {
        return commands().sendAndWait(messageOf(command, envelope));
    }

    static GenericCommandMessage<LedgerCommand> messageOf(LedgerCommand command, Envelope envelope) {
        return new GenericCommandMessage<>(command, MetaData.from(envelope.toMetaData()));
    }

    void awaitSnapshots() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(get(SnapshotThread.class)::isAtRest);
    }

    /** History of a memory as an import leaves it: rows, without an aggregate: stored once, then read. */
    void importMemory(String id, int events) throws Exception {
        log().writer().bulk((inserter, connection) -> {
            for (int version = 1; version <= events; version++) {
                inserter.insert(memoryRow(id, version));
            }
            return null;
        });
    }

    static EventRow memoryRow(String id, long version) {
        boolean first = version == 1;
        return new EventRow(
                id + "-" + version,
                id,
                version - 1,
                "memory",
                1_000L + version,
                first ? "memory:stored" : "memory:retrieved",
                "1",
                first
                        ? "{\"memoryId\":\"" + id + "\",\"namespace\":\"n\",\"key\":\"k\",\"size\":1,\"storedAt\":1}"
                        : "{\"memoryId\":\"" + id + "\",\"namespace\":\"n\",\"key\":\"k\",\"retrievedAt\":1,"
                                + "\"accessCount\":" + (version - 1) + "}",
                "{}",
                "swarm",
                null,
                null,
                "swarm",
                null);
    }

    /** The rows that a query of the log answers, columns joined by a blank. */
    List<String> query(String sql, Object... parameters) throws SQLException {
        try (Connection connection = log().readers().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            List<String> result = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        columns.add(row.getString(i));
                    }
                    result.add(String.join(" ", columns));
                }
            }
            return result;
        }
    }

    /** Does to the log what no ledger would do. */
    void tamper(String sql, Object... parameters) throws Exception {
        log().writer().transact((connection, next) -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void close() {
        context.close();
    }
}
