package io.swarmledger.app.bench;

import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
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
final class RawLog implements AutoCloseable {

    private static final int COLUMNS = 17;
    private static final int CHUNK = 1_000;

    private final Connection connection;
    private long copied;

    private RawLog(Connection connection) {
        this.connection = connection;
    }

    /** An empty one in a new file. */
    static RawLog in(Path file) throws SQLException {
        DataSource connections = SqliteConnections.durable(file);
        LogFile.migrate(file, connections, "classpath:io/swarmledger/app/log/sqlite");
        return new RawLog(connections.getConnection());
    }

    /**
     * Inserts the rows that {@code ledger} has and this has not yet.
     *
     * @param perTransaction rows a transaction; 1 is the driver's auto-commit
     * @return rows a second
     */
    double copy(BenchLedger ledger, int perTransaction) throws SQLException {
        long before = copied;
        long nanos = 0;
        connection.setAutoCommit(perTransaction == 1);
        try (Connection source = SqliteConnections.reading(ledger.files().log()).getConnection();
                PreparedStatement select = source.prepareStatement(
                        "SELECT * FROM DomainEventEntry WHERE globalIndex > ? ORDER BY globalIndex LIMIT " + CHUNK);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO DomainEventEntry VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
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
        return Rate.perSecond(copied - before, nanos);
    }

    private List<Object[]> read(PreparedStatement select) throws SQLException {
        List<Object[]> rows = new ArrayList<>(CHUNK);
        select.setLong(1, copied);
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                Object[] row = new Object[COLUMNS];
                for (int i = 0; i < COLUMNS; i++) {
                    row[i] = found.getObject(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void insert(PreparedStatement insert, Object[] row) throws SQLException {
        for (int i = 0; i < COLUMNS; i++) {
            insert.setObject(i + 1, row[i]);
        }
        insert.executeUpdate();
    }

    /** Reads every column of every row in order; answers rows a second. */
    double scan() throws SQLException {
        connection.setAutoCommit(true);
        return scan(connection);
    }

    /** The same, of a ledger's own log. */
    static double scan(Path log) throws SQLException {
        try (Connection reading = SqliteConnections.reading(log).getConnection()) {
            return scan(reading);
        }
    }

    private static double scan(Connection connection) throws SQLException {
        long rows = 0;
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM DomainEventEntry ORDER BY globalIndex")) {
            while (found.next()) {
                for (int i = 1; i <= COLUMNS; i++) {
                    found.getString(i);
                }
                rows++;
            }
        }
        return Rate.perSecond(rows, System.nanoTime() - start);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
