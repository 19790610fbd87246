package io.swarmledger.app.exports;

import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.sqlite.SqliteEventLog;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import tools.jackson.core.JacksonException;

/**
 * Writes the whole log into a file, as it is at one moment, beside whoever goes on writing it. Memory does not grow with
 * the log, only with its largest event.
 */
public final class Export {

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
                    exported = copy(SqliteEventLog.asSeenBy(connection), target, progress);
                }
                created.finish();
                return exported;
            } finally {
                connection.rollback();
            }
        } catch (SQLException | IOException | DataAccessException | UncheckedIOException | JacksonException failure) {
            throw new ExportFailed(file, failure.getMessage(), failure);
        }
    }

    private static Exported copy(EventLog log, ExportTarget target, Progress progress)
            throws SQLException, IOException {
        long total = log.count(EventSelection.of(EventCriteria.ALL), Long.MAX_VALUE);
        var written = new Object() {
            long events;
            long snapshots;
        };
        log.each(0, Long.MAX_VALUE, row -> {
            target.add(row);
            if (++written.events % EVENTS_A_STEP == 0) {
                progress.at(written.events, total);
            }
        });
        log.importedSnapshots(snapshot -> written.snapshots += target.addSnapshot(snapshot));
        target.finish();
        progress.at(written.events, total);
        return new Exported(written.events, written.snapshots);
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
