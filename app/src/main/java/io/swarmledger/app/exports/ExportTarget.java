package io.swarmledger.app.exports;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Where an export writes: {@link #add} the events in the order of the log, then the snapshots, then {@link #finish}. */
interface ExportTarget extends AutoCloseable {

    /** Writes the event at which {@code row} is, with the columns of the log. */
    void add(ResultSet row) throws IOException, SQLException;

    /** Writes the snapshot at which {@code row} is, if the format has any; answers how many were written. */
    int addSnapshot(ResultSet row) throws SQLException;

    /** Completes the file after the last row. */
    void finish() throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;
}
