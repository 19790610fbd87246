package io.swarmledger.app.log.sqlite;

import io.swarmledger.query.Questions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.sqlite.JDBC;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to one SQLite file with every setting that matters said aloud: the driver's defaults are not ours.
 */
public final class SqliteConnections extends AbstractDataSource {

    /** How long a statement waits for another process's lock before it gives up, milliseconds. */
    private static final int BUSY_TIMEOUT_MS = 5_000;

    /** After so many steps of SQLite's machine a statement asks whether it may go on: some tens of microseconds. */
    private static final int STEPS_BETWEEN_LOOKS = 1_000;

    private static final ProgressHandler MAY_GO_ON = new ProgressHandler() {
        @Override
        protected int progress() {
            return Questions.mayGoOn() ? 0 : 1;
        }
    };

    /** To which SQLite shortens one that a large import left, bytes. */
    private static final long LONG_WRITE_AHEAD_LOG = 64L << 20;

    private final Path file;
    private final Properties properties = new Properties();
    private final Map<String, String> pragmas = new LinkedHashMap<>();
    private boolean isForQuestions;

    private SqliteConnections(Path file) {
        NativeLibrary.load();
        this.file = file;
        // The driver would ask SQLite for the last row id after each insert.
        properties.setProperty("jdbc.get_generated_keys", "false");
        pragmas.put("busy_timeout", String.valueOf(BUSY_TIMEOUT_MS));
        pragmas.put("foreign_keys", "ON");
        pragmas.put("trusted_schema", "OFF");
        pragmas.put("cache_size", "-16384");
        // Where a mapped file is cut by somebody else, the operating system ends the process that reads it.
        pragmas.put("mmap_size", "0");
    }

    /** Connections that write, durably: a commit that returned is on disk. */
    public static SqliteConnections durable(Path file) {
        SqliteConnections connections = new SqliteConnections(file);
        connections.pragmas.put("journal_mode", "WAL");
        connections.pragmas.put("synchronous", "FULL");
        return connections.withLongWriteAheadLog();
    }

    private SqliteConnections withLongWriteAheadLog() {
        // Pages: pages that are written again and again are copied back once in a while, not with every thousandth.
        pragmas.put("wal_autocheckpoint", "10000");
        // What a large import leaves of its write-ahead log is given back to the disk.
        pragmas.put("journal_size_limit", String.valueOf(LONG_WRITE_AHEAD_LOG));
        return this;
    }

    /**
     * Connections that write what can be made again: a commit may be lost with the machine's power, never half of it.
     * A transaction takes the write lock when it begins, so that it cannot fail half way for having read first.
     */
    public static SqliteConnections rebuildable(Path file) {
        SqliteConnections connections = new SqliteConnections(file);
        connections.pragmas.put("journal_mode", "WAL");
        connections.pragmas.put("synchronous", "NORMAL");
        connections.properties.setProperty("transaction_mode", "IMMEDIATE");
        return connections.withLongWriteAheadLog();
    }

    /** Connections that can only read, beside whoever writes. */
    public static SqliteConnections reading(Path file) {
        SqliteConnections connections = new SqliteConnections(file);
        connections.pragmas.put("query_only", "ON");
        // What was moved away may be put back: nothing empty may lie in its place by then.
        connections.properties.setProperty("open_mode", String.valueOf(SQLiteOpenMode.READWRITE.flag));
        return connections;
    }

    /**
     * Connections that can only read, for questions: what they read for one stops where {@link Questions} says so, and they
     * can be used afterwards.
     */
    public static SqliteConnections asking(Path file) {
        SqliteConnections connections = reading(file);
        connections.isForQuestions = true;
        return connections;
    }

    /** Connections to a file that somebody else made and that must not change: opened read-only by SQLite itself. */
    public static SqliteConnections foreign(Path file) {
        SqliteConnections connections = reading(file);
        connections.properties.setProperty("open_mode", "1");
        return connections;
    }

    /** The same, waiting for another process's lock no longer than that. */
    SqliteConnections waitingAtMost(int milliseconds) {
        pragmas.put("busy_timeout", String.valueOf(milliseconds));
        return this;
    }

    /** The same with another setting. */
    SqliteConnections with(String pragma, long value) {
        pragmas.put(pragma, String.valueOf(value));
        return this;
    }

    Path file() {
        return file;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = DriverManager.getConnection(JDBC.PREFIX + file, (Properties) properties.clone());
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> pragma : pragmas.entrySet()) {
                statement.execute("PRAGMA " + pragma.getKey() + " = " + pragma.getValue());
            }
            if (isForQuestions) {
                // Whoever watches the driver hands out connections of its own.
                ProgressHandler.setHandler(connection.unwrap(SQLiteConnection.class), STEPS_BETWEEN_LOOKS, MAY_GO_ON);
            }
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    /** A pool that closes waits so long, in seconds, for a connection that it is just opening. */
    @Override
    public int getLoginTimeout() {
        return 5;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
