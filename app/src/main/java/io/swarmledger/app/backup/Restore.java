package io.swarmledger.app.backup;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.log.sqlite.Verification.Verdict;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a backup in a ledger's place. What comes of it is a ledger of its own, with a new id: positions that were given
 * after the backup mean nothing in it.
 */
public final class Restore {

    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

    private Restore() {}

    /**
     * Checks a backup, and makes it the log of the ledger in {@code data}.
     *
     * @param force whether a log that is there may be replaced
     * @param progress told how many events of the backup were checked so far
     * @return what the check found: nothing wrong
     * @throws LedgerUnavailable if somebody holds the ledger, there is one already, or the backup is none, damaged, or
     *     of a newer program; the ledger is then as it was
     */
    public static Verdict of(Path backup, String data, boolean force, Clock clock, LongConsumer progress) {
        if (!Files.isRegularFile(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw new LedgerUnavailable(backup + " is no backup: it is no regular file");
        }
        try (LedgerDirectory directory = LedgerDirectory.take(data)) {
            LedgerFiles files = directory.files();
            if (Files.exists(files.log()) && !force) {
                throw new LedgerUnavailable("There is a ledger in " + files.directory()
                        + " already. Say --force to put the backup in its place, or name another --data");
            }
            Path workshop = Files.createTempDirectory(files.directory(), "restoring-");
            Path copy = workshop.resolve(files.log().getFileName());
            try {
                Files.copy(backup, copy);
                LogFile.renew(copy, clock);
                Verdict verdict = Verification.ofCopy(copy, progress);
                if (!verdict.ok()) {
                    throw new LedgerUnavailable(
                            backup + " is damaged, and nothing was restored: " + String.join("; ", verdict.problems()));
                }
                sync(copy);
                replace(files, copy);
                return verdict;
            } finally {
                for (String suffix : List.of("", "-wal", "-shm")) {
                    Files.deleteIfExists(Path.of(copy + suffix));
                }
                Files.delete(workshop);
            }
        } catch (IOException failure) {
            throw new LedgerUnavailable(backup + " was not restored: " + failure, failure);
        }
    }

    /** What belongs to the old log must be gone before the new one is there: SQLite would take it for its own. */
    private static void replace(LedgerFiles files, Path copy) throws IOException {
        if (Files.exists(files.log())) {
            emptyWriteAheadLog(files.log());
        }
        for (Path file : List.of(files.log(), files.views(), files.timeTravel())) {
            Files.deleteIfExists(Path.of(file + "-wal"));
            Files.deleteIfExists(Path.of(file + "-shm"));
        }
        Files.deleteIfExists(files.views());
        Files.deleteIfExists(files.timeTravel());
        Files.deleteIfExists(files.anchor());
        Files.move(copy, files.log(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(files.directory());
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

    private static void sync(Path path) throws IOException {
        StandardOpenOption option = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
