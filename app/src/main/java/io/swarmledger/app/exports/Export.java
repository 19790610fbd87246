package io.swarmledger.app.exports;

import io.swarmledger.app.imports.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import tools.jackson.core.JacksonException;

/**
 * Writes the whole log into a file, as it is at one moment, beside whoever goes on writing it. Memory does not grow with
 * the log, only with its largest event.
 */
public final class Export {

    private static final String EVENTS = "SELECT globalIndex, eventIdentifier, payloadType, payloadRevision,"
            + " aggregateIdentifier, type, sequenceNumber, timeStamp, source, payload, metaData, causationId,"
            + " correlationId, swarmId, recordedAt, recordedBy FROM DomainEventEntry ORDER BY globalIndex";
    private static final String SNAPSHOTS =
            "SELECT aggregateId, aggregateType, version, state, timestamp FROM ImportedSnapshot ORDER BY aggregateId";
    private static final int EVENTS_A_STEP = 1_000;

    private final DataSource readers;
    private final boolean replaces;

    /** Exports the log to which {@code readers} connects, never over a file that is there. */
    public Export(DataSource readers) {
        this(readers, false);
    }

    /**
     * Exports the log to which {@code readers} connects.
     *
     * @param replaces whether a file of the same name is replaced once the new one is whole
     */
    public Export(DataSource readers, boolean replaces) {
        this.readers = readers;
        this.replaces = replaces;
    }

    /**
     * One event a line, payload and metadata to the character.
     *
     * @throws ExportFailed if the file cannot be written as a whole; what was there before is there still
     */
    public Exported ndjson(Path file, Progress progress) {
        return export(file, NdjsonTarget::new, progress);
    }

    /**
     * A database that claude-flow V3 opens, with the snapshots that were imported.
     *
     * @throws ExportFailed if the file cannot be written as a whole; what was there before is there still
     */
    public Exported claudeFlow(Path file, Progress progress) {
        return export(file, ClaudeFlowTarget::new, progress);
    }

    private Exported export(Path file, Opening opening, Progress progress) {
        try (Connection connection = readers.getConnection()) {
            // One transaction, so that all of it is of one moment.
            connection.setAutoCommit(false);
            try (NewFile created = NewFile.begin(file, logOf(connection), replaces)) {
                Exported exported;
                try (ExportTarget target = opening.open(created.unfinished())) {
                    exported = copy(connection, target, progress);
                }
                created.finish();
                return exported;
            } finally {
                connection.rollback();
            }
        } catch (SQLException | IOException | JacksonException failure) {
            throw new ExportFailed(file, failure.getMessage(), failure);
        }
    }

    private static Exported copy(Connection connection, ExportTarget target, Progress progress)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            long total;
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM DomainEventEntry")) {
                count.next();
                total = count.getLong(1);
            }
            long events = 0;
            try (ResultSet rows = statement.executeQuery(EVENTS)) {
                while (rows.next()) {
                    target.add(rows);
                    if (++events % EVENTS_A_STEP == 0) {
                        progress.at(events, total);
                    }
                }
            }
            long snapshots = 0;
            try (ResultSet rows = statement.executeQuery(SNAPSHOTS)) {
                while (rows.next()) {
                    snapshots += target.addSnapshot(rows);
                }
            }
            target.finish();
            progress.at(events, total);
            return new Exported(events, snapshots);
        }
    }

    private static Path logOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet main = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
            main.next();
            return Path.of(main.getString(1));
        }
    }

    private interface Opening {

        ExportTarget open(Path file) throws IOException, SQLException;
    }
}
