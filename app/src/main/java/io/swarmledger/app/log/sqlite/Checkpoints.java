package io.swarmledger.app.log.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;
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
    private static final long PAUSE_MS = 50;

    private final Path writeAheadLog;
    private final SqliteConnections connections;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("swarm-ledger-checkpoints"));
    private Connection connection;
    private FileTime seen;

    Checkpoints(Path file, SqliteConnections connections) {
        this.writeAheadLog = file.resolveSibling(file.getFileName() + "-wal");
        this.connections = connections;
        thread.scheduleWithFixedDelay(this::checkpoint, PAUSE_MS, PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    private void checkpoint() {
        try {
            FileTime written = Files.getLastModifiedTime(writeAheadLog);
            if (written.equals(seen) || Files.size(writeAheadLog) < WORTHWHILE_BYTES) {
                return;
            }
            if (connection == null) {
                connection = connections.getConnection();
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
            seen = written;
        } catch (IOException | SQLException failure) {
            // The writer meets the same fault and says so; here nothing is lost but time.
            LOG.debug("No checkpoint of {} for now", writeAheadLog, failure);
            closeConnection();
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
