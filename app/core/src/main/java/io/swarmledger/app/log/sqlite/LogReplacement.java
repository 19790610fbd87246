package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.LedgerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another log in a ledger's place. Killed at any moment it leaves one of the two, whole, with an anchor that knows it. */
public final class LogReplacement {

    private static final Logger LOG = LoggerFactory.getLogger(LogReplacement.class);

    private LogReplacement() {}

    /** Moves a log, which is in one file, to the place of that ledger's. Nobody has either open. */
    public static void put(Path copy, LedgerFiles files) throws IOException, SQLException {
        Disk.sync(copy);
        Head head;
        try (Connection connection = SqliteConnections.reading(copy).getConnection()) {
            head = Head.of(connection);
        }
        List<Head> either = new ArrayList<>(List.of(head));
        if (Files.exists(files.log())) {
            emptyWriteAheadLog(files.log());
            either.addAll(HeadAnchor.read(files.log()).heads());
        }
        HeadAnchor.write(files.log(), either);
        // What belongs to the old log must be gone before the new one is there: SQLite would take it for its own.
        List<Path> old = new ArrayList<>(files.derived());
        old.add(files.log());
        for (Path database : old) {
            for (Path file : LedgerFiles.withCompanions(database)) {
                if (!file.equals(files.log())) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.move(copy, files.log(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Disk.sync(files.directory());
        HeadAnchor.write(files.log(), List.of(head));
    }

    /** Killed from here on, the old log is still whole. */
    private static void emptyWriteAheadLog(Path log) {
        try (Connection connection = SqliteConnections.durable(log).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException damaged) {
            LOG.warn("What is replaced cannot be read: {}", damaged.getMessage());
        }
    }
}
