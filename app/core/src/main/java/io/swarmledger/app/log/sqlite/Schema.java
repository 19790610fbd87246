package io.swarmledger.app.log.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Whether a file's tables, indexes, views and triggers are those that its migrations make, to the character. Somebody else's
 * trigger could swallow what is inserted, a default or a check change what is stored, a view lie.
 */
final class Schema {

    /** The migrations of a log. */
    static final String LOG = "classpath:io/swarmledger/app/log/sqlite";

    /** What is SQLite's own, or the migrations' own, is made otherwise in another release of theirs. */
    private static final String OBJECTS = "SELECT type || ' ' || name, tbl_name, sql FROM sqlite_schema"
            + " WHERE sql IS NOT NULL AND NOT (type IN ('table', 'index') AND"
            + " (tbl_name = 'flyway_schema_history' OR name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')))";

    private static final String VERSION =
            "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1";

    /** All migrations that there are. */
    private static final String LATEST = "latest";

    private static final Pattern TABLE_OR_INDEX =
            Pattern.compile("CREATE (TABLE|INDEX) \\w+( ON \\w+)? \\([\\w ,()]*\\)");

    /** Where views say how they are made. */
    private static final String OWN_VIEWS = "table OwnView";

    private static final Map<Made, Map<String, String>> MADE = new ConcurrentHashMap<>();

    private Schema() {}

    /** What migrations make, up to a version. */
    private record Made(List<String> migrations, String version) {}

    /** Has whatever makes a schema loaded. */
    static void preload() {
        make(new Made(List.of(LOG), LATEST));
    }

    /** What is there, is missing or is otherwise in the schema of that file; empty if it is as it was made. */
    static Optional<String> oddity(Connection file, String... migrations) throws SQLException {
        Map<String, String> found = objects(file);
        String version = version(file);
        Map<String, String> due;
        try {
            // Killed before the first migration was done, it has the migrations' own table and nothing else.
            due = version == null
                    ? Map.of()
                    : MADE.computeIfAbsent(new Made(List.of(migrations), version), Schema::make);
        } catch (FlywayException unknown) {
            return Optional.of("it is of version " + version + ", which this program does not know");
        }
        if (due.containsKey(OWN_VIEWS)) {
            due = new TreeMap<>(due);
            try {
                due.putAll(declaredIn(file));
            } catch (SQLException strange) {
                return Optional.of("what it says of its own views is none of a ledger's: " + strange.getMessage());
            }
        }
        for (Map.Entry<String, String> object : found.entrySet()) {
            String known = due.get(object.getKey());
            if (known == null) {
                return Optional.of("it has a " + object.getKey() + ", which no ledger has");
            }
            if (!known.equals(object.getValue())) {
                return Optional.of("its " + object.getKey() + " is not as a ledger makes it");
            }
        }
        return due.keySet().stream()
                .filter(object -> !found.containsKey(object))
                .map(object -> "its " + object + " is missing")
                .findFirst();
    }

    /** What the file itself says that was declared beside its migrations. */
    private static Map<String, String> declaredIn(Connection file) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery("SELECT ddl FROM OwnView")) {
            while (row.next()) {
                row.getString(1).lines().forEach(statements::add);
            }
        }
        return made(statements);
    }

    /**
     * What statements make that make tables and indexes, and do nothing else.
     *
     * @throws SQLException if one is of another kind, or cannot be executed
     */
    static Map<String, String> made(List<String> statements) throws SQLException {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement made = memory.createStatement()) {
            for (String ddl : statements) {
                if (!TABLE_OR_INDEX.matcher(ddl).matches()) {
                    throw new SQLException("this makes no table and no index: " + ddl);
                }
                made.execute(ddl);
            }
            return objects(memory);
        }
    }

    private static String version(Connection file) throws SQLException {
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery(VERSION)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static Map<String, String> objects(Connection file) throws SQLException {
        Map<String, String> objects = new TreeMap<>();
        try (Statement statement = file.createStatement();
                ResultSet row = statement.executeQuery(OBJECTS)) {
            while (row.next()) {
                objects.put(row.getString(1), row.getString(2) + ": " + row.getString(3));
            }
        }
        return objects;
    }

    private static Map<String, String> make(Made due) {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            Flyway.configure()
                    .dataSource(new SingleConnectionDataSource(memory, true))
                    .locations(due.migrations().toArray(String[]::new))
                    .target(due.version())
                    .load()
                    .migrate();
            return objects(memory);
        } catch (SQLException failure) {
            throw new IllegalStateException("The schema of a file cannot be made: " + failure.getMessage(), failure);
        }
    }
}
