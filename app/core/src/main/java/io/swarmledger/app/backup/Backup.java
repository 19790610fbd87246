package io.swarmledger.app.backup;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.exports.ExportFailed;
import io.swarmledger.app.exports.NewFile;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

/** A consistent copy of a log in one file, made while others write to it. */
public final class Backup {

    private Backup() {}

    /**
     * Copies a log, checks the copy, and puts it in its place.
     *
     * @param replaces whether an older file of that name is replaced then
     * @param progress told how many events of the copy were checked so far
     * @return what the check found: nothing wrong
     * @throws ExportFailed if it cannot be written, or is not as the log was written
     */
    public static Verdict of(Path log, Path file, boolean replaces, LongConsumer progress) {
        try (NewFile target = NewFile.begin(file, LedgerFiles.around(log), replaces)) {
            copy(log, target.unfinished());
            Verdict verdict = Verification.ofCopy(target.unfinished(), progress);
            if (!verdict.ok()) {
                throw new ExportFailed(
                        file, "the log is not as it was written: " + String.join("; ", verdict.problems()), null);
            }
            target.finish();
            return verdict;
        } catch (IOException | SQLException failure) {
            throw new ExportFailed(file, "cannot be written: " + failure.getMessage(), failure);
        }
    }

    /** SQLite's stepped online backup begins again with every commit of another connection; this one never does. */
    static void copy(Path log, Path to) throws SQLException {
        try (Connection connection = SqliteConnections.reading(log).getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            // It writes to the copy alone, and a connection that may write nothing is denied that too.
            statement.execute("PRAGMA query_only = OFF");
            vacuum.setString(1, to.toString());
            vacuum.execute();
        }
    }
}
