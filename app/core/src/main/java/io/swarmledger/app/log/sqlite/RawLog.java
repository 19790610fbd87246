package io.swarmledger.app.log.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What SQLite itself can do: a plain JDBC loop on the ledger's schema with all its indexes and the settings of the
 * ledger's writer, every commit on disk. It inserts the very rows that a ledger has just written, so that both files
 * hold the same, in the same order, and grow at the same pace; reading those rows is not counted.
 */
public final class RawLog implements AutoCloseable {

    private static final String COLUMNS = LogTable.COLUMNS + ", asOf, chain";
    private static final int WIDTH = COLUMNS.split(",").length;
    private static final int CHUNK = 1_000;

    private final Connection connection;
    private long copied;

    private RawLog(Connection connection) {
        this.connection = connection;
    }

    /** An empty one in a new file. */
    public static RawLog in(Path file) throws SQLException {
        DataSource connections = SqliteConnections.durable(file);
        LogFile.migrate(file, connections, "classpath:io/swarmledger/app/log/sqlite");
        return new RawLog(connections.getConnection());
    }

    /**
     * Inserts the rows that the log in the file {@code ledger} has and this has not yet.
     *
     * @param perTransaction rows a transaction; 1 is the driver's auto-commit
     * @return rows a second
     */
    public double copy(Path ledger, int perTransaction) throws SQLException {
        long before = copied;
        long nanos = 0;
        connection.setAutoCommit(perTransaction == 1);
        try (Connection source = SqliteConnections.reading(ledger).getConnection();
                PreparedStatement select = source.prepareStatement("SELECT " + COLUMNS
                        + " FROM DomainEventEntry WHERE globalIndex > ? ORDER BY globalIndex LIMIT " + CHUNK);
                PreparedStatement insert = connection.prepareStatement(LogTable.INSERT)) {
            List<Object[]> rows = read(select);
            while (!rows.isEmpty()) {
                long start = System.nanoTime();
                for (Object[] row : rows) {
                    insert(insert, row);
                    copied++;
                    if (perTransaction > 1 && (copied - before) % perTransaction == 0) {
                        connection.commit();
                    }
                }
                nanos += System.nanoTime() - start;
                rows = read(select);
            }
            if (perTransaction > 1) {
                long start = System.nanoTime();
                connection.commit();
                nanos += System.nanoTime() - start;
            }
        }
        return perSecond(copied - before, nanos);
    }

    private List<Object[]> read(PreparedStatement select) throws SQLException {
        List<Object[]> rows = new ArrayList<>(CHUNK);
        select.setLong(1, copied);
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                Object[] row = new Object[WIDTH];
                for (int i = 0; i < WIDTH; i++) {
                    row[i] = found.getObject(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void insert(PreparedStatement insert, Object[] row) throws SQLException {
        for (int i = 0; i < WIDTH; i++) {
            insert.setObject(i + 1, row[i]);
        }
        insert.executeUpdate();
    }

    /** Reads every column of every row in order; answers rows a second. */
    public double scan() throws SQLException {
        connection.setAutoCommit(true);
        return scan(connection);
    }

    /** The same, of a ledger's own log. */
    public static double scan(Path log) throws SQLException {
        try (Connection reading = SqliteConnections.reading(log).getConnection()) {
            return scan(reading);
        }
    }

    private static double scan(Connection connection) throws SQLException {
        long rows = 0;
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT " + COLUMNS + " FROM DomainEventEntry ORDER BY globalIndex")) {
            while (found.next()) {
                for (int i = 1; i <= WIDTH; i++) {
                    found.getString(i);
                }
                rows++;
            }
        }
        return perSecond(rows, System.nanoTime() - start);
    }

    private static double perSecond(long rows, long nanos) {
        return Math.rint(rows * 1e9 / nanos);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
