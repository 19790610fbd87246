package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log back into the database beside the writer, so that no commit waits for most of it. The writer
 * copies what is left once its log is long ({@link SqliteConnections#durable}): only a writer can begin the log anew, and
 * one that never stops would leave the file growing.
 */
final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private static final long WORTHWHILE_BYTES = 8L << 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path writeAheadLog;
    private final SqliteConnections connections;
    private final BooleanSupplier allowed;
    private final Worker worker;
    private Connection connection;
    private FileTime seen;

    /** @param allowed whether the write-ahead log is whole */
    Checkpoints(Path file, SqliteConnections connections, BooleanSupplier allowed, Workers workers) {
        this.allowed = allowed;
        this.writeAheadLog = file.resolveSibling(file.getFileName() + "-wal");
        this.connections = connections;
        worker = workers.loop("swarm-ledger-checkpoints", this::checkpoint);
    }

    private long checkpoint() {
        try {
            FileTime written = Files.getLastModifiedTime(writeAheadLog);
            if (allowed.getAsBoolean() && !written.equals(seen) && Files.size(writeAheadLog) >= WORTHWHILE_BYTES) {
                copyBack();
                seen = written;
            }
        } catch (IOException | SQLException failure) {
            // The writer meets the same fault and says so; here nothing is lost but time.
            LOG.debug("No checkpoint of {} for now", writeAheadLog, failure);
            closeConnection();
        }
        return PAUSE_NANOS;
    }

    private void copyBack() throws SQLException {
        if (connection == null) {
            connection = connections.getConnection();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    @Override
    public void close() {
        worker.close();
        closeConnection();
    }

    private void closeConnection() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException failure) {
            LOG.debug("Closing {}", writeAheadLog, failure);
        }
        connection = null;
    }
}
