package io.swarmledger.app.exports;

import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.StoredSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/** Where an export writes: {@link #add} the events in the order of the log, then the snapshots, then {@link #finish}. */
interface ExportTarget extends AutoCloseable {

    /**
     * Writes an event.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void add(LogRow row);

    /** Whether whoever the format is for knows events of that type, and does not pass over them. */
    default boolean isKnownThere(String type) {
        return true;
    }

    /** Writes a snapshot, if the format has any; answers how many were written. */
    int addSnapshot(StoredSnapshot snapshot);

    /** Completes the file after the last row. */
    void finish() throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;
}
