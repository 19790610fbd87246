package io.swarmledger.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.wiring.TestLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored bears stable names: a class can be renamed, and a name in a file never becomes a class. */
class StoredNamesTest {

    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(io\\.swarmledger|org\\.axonframework|java)(\\.\\w+)+");

    @TempDir
    Path home;

    @Test
    void noClassNameIsInEitherFile() throws Exception {
        try (TestLedger ledger = TestLedger.in(home, "swarm-ledger.snapshot.threshold=3")) {
            new DemoSwarm(ledger.commands(), "", 10, 1, 1_767_517_200_000d, (done, all) -> {}).play();
            ledger.caughtUp();
            ledger.awaitSnapshots();
            StreamingEventProcessor processor = ledger.bean(EventProcessingConfiguration.class)
                    .eventProcessor("agent-state", StreamingEventProcessor.class)
                    .orElseThrow();
            processor.shutDown();
            processor.resetTokens();
        }

        assertThat(rowsOf("events.db", "SnapshotEventEntry")).isPositive();
        assertThat(offendersIn("events.db")).isEmpty();
        assertThat(offendersIn("views.db")).isEmpty();
    }

    @Test
    void aFileThatHoldsOneIsFound() throws Exception {
        try (Connection connection = open("fixture.db");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE Token (position INTEGER, type TEXT, token BLOB)");
            statement.executeUpdate("INSERT INTO Token VALUES (1, 'axon:token', 'java.util.HashMap'),"
                    + " (2, 'io.swarmledger.events.agent.AgentSpawned', x'00')");
        }

        assertThat(offendersIn("fixture.db"))
                .containsExactly(
                        "Token.type: io.swarmledger.events.agent.AgentSpawned", "Token.token: java.util.HashMap");
    }

    private List<String> offendersIn(String file) throws SQLException {
        List<String> offenders = new ArrayList<>();
        try (Connection connection = open(file)) {
            for (String column : columns(connection)) {
                String[] names = column.split("\\.");
                try (Statement statement = connection.createStatement();
                        ResultSet values = statement.executeQuery(
                                "SELECT CAST(\"" + names[1] + "\" AS TEXT) FROM \"" + names[0] + "\"")) {
                    while (values.next()) {
                        String value = values.getString(1);
                        if (value != null && CLASS_NAME.matcher(value).find()) {
                            offenders.add(column + ": " + value);
                        }
                    }
                }
            }
        }
        return offenders;
    }

    private static List<String> columns(Connection connection) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT m.name || '.' || c.name FROM sqlite_master m,"
                                + " pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name <> 'flyway_schema_history'")) {
            while (row.next()) {
                columns.add(row.getString(1));
            }
        }
        return columns;
    }

    private long rowsOf(String file, String table) throws SQLException {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection open(String file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve(file));
    }
}
