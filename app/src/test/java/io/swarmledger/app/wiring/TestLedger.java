package io.swarmledger.app.wiring;

import io.swarmledger.app.SwarmLedgerApplication;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.events.Envelope;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Positions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole ledger without its doors, used as coordinator code uses it. */
public final class TestLedger implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestLedger(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** A ledger that is gone at the end. */
    public static TestLedger inMemory(String... properties) {
        return in(":memory:", properties);
    }

    /** The ledger in that directory. */
    public static TestLedger in(Object directory, String... properties) {
        String[] arguments = Stream.concat(
                        Stream.of("--swarm-ledger.data=" + directory),
                        Stream.of(properties).map(property -> "--" + property))
                .toArray(String[]::new);
        return new TestLedger(new SpringApplicationBuilder(SwarmLedgerApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments));
    }

    public CommandGateway commands() {
        return bean(CommandGateway.class);
    }

    public Appended send(LedgerCommand command) {
        return commands().sendAndWait(command);
    }

    public <R> R ask(LedgerQuery query, Class<R> answer) {
        return bean(QueryGateway.class)
                .query(AtLeast.position(head(), query), answer)
                .join();
    }

    public <T> Page<T> page(LedgerQuery query, Class<T> item) {
        return bean(QueryGateway.class)
                .query(AtLeast.position(head(), query), PageOf.items(item))
                .join();
    }

    /** The position of the last event. */
    public long head() {
        return bean(Positions.class).of(LedgerQuery.LOG);
    }

    /** Waits until every view has seen the whole log. */
    public TestLedger caughtUp() {
        for (String name : ReadModels.ofLedger().projections()) {
            bean(Positions.class).await(name, head(), Duration.ofSeconds(60));
        }
        return this;
    }

    public LogFile log() {
        return bean(LogFile.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Appended send(LedgerCommand command, Envelope envelope) {
        return commands().sendAndWait(messageOf(command, envelope));
    }

    public static GenericCommandMessage<LedgerCommand> messageOf(LedgerCommand command, Envelope envelope) {
        return new GenericCommandMessage<>(command, MetaData.from(envelope.toMetaData()));
    }

    public void awaitSnapshots() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(bean(SnapshotThread.class)::isAtRest);
    }

    /** History of a memory as an import leaves it: rows, without an aggregate: stored once, then read. */
    public void importMemory(String id, int events) throws Exception {
        log().writer().bulk((inserter, connection) -> {
            for (int version = 1; version <= events; version++) {
                inserter.insert(memoryRow(id, version));
            }
            return null;
        });
    }

    public static EventRow memoryRow(String id, long version) {
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
    public List<String> query(String sql, Object... parameters) throws SQLException {
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
    public void tamper(String sql, Object... parameters) throws Exception {
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
