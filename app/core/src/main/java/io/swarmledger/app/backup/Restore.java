package io.swarmledger.app.backup;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.directory.Workshop;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.log.sqlite.LogCopy;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.LogReplacement;
import io.swarmledger.app.log.sqlite.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/**
 * Puts a backup, or another ledger's log, in a ledger's place. What comes of it is a ledger of its own, with a new id:
 * positions that were given after the backup mean nothing in it.
 */
public final class Restore {

    private Restore() {}

    /**
     * Checks a backup, and makes it the log of the ledger in {@code data}. What stands in a {@code -wal} or {@code -journal}
     * beside it is a part of it.
     *
     * @param force whether a log that is there may be replaced
     * @param progress told how many events of the backup were checked so far
     * @return what the check found: nothing wrong
     * @throws LedgerUnavailable if somebody holds the ledger, there is one already, or the backup is none, damaged, of a
     *     newer program, or that very ledger's own log; the ledger is then as it was
     */
    public static Verdict of(Path backup, String data, boolean force, Clock clock, LongConsumer progress) {
        requireDatabase(backup);
        try (LedgerDirectory directory = LedgerDirectory.take(data)) {
            return withdrawnUnless(directory, () -> {
                LedgerFiles files = directory.files();
                requirePlace(files, backup, force);
                try (Workshop workshop = Workshop.in(files.directory())) {
                    Path copy = workshop.file("events.db");
                    LogCopy.make(backup, copy);
                    return adopt(copy, backup, files, clock, progress);
                }
            });
        } catch (IOException | SQLException failure) {
            throw new LedgerUnavailable(
                    backup + " cannot be read, and nothing was restored: " + failure.getMessage() + ". "
                            + LogFile.NAME_A_BACKUP,
                    failure);
        }
    }

    private static void requireDatabase(Path backup) {
        if (!Files.exists(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw noBackup(backup, "does not exist");
        }
        if (!Files.isRegularFile(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw noBackup(backup, "is no regular file");
        }
        LogFile.whyNoDatabase(backup).ifPresent(reason -> {
            throw noBackup(backup, reason);
        });
    }

    private static LedgerUnavailable noBackup(Path file, String reason) {
        return new LedgerUnavailable(file + " " + reason + ", and nothing was restored. " + LogFile.NAME_A_BACKUP);
    }

    /** Nothing of a ledger is left where none was, if the work fails. */
    static Verdict withdrawnUnless(LedgerDirectory directory, Callable<Verdict> work) throws IOException, SQLException {
        boolean done = false;
        try {
            Verdict verdict = work.call();
            done = true;
            return verdict;
        } catch (IOException | SQLException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (!done) {
                directory.withdraw();
            }
        }
    }

    private static void requirePlace(LedgerFiles files, Path backup, boolean force) throws IOException {
        for (Path own : LedgerFiles.withCompanions(files.log())) {
            if (Files.exists(own) && Files.isSameFile(own, backup)) {
                throw new LedgerUnavailable(
                        backup + " is that ledger's own log, and nothing was restored: " + "it is there already");
            }
        }
        if (Files.exists(files.log()) && !force) {
            throw new LedgerUnavailable("There is a ledger in " + files.directory()
                    + " already. Say --force to put the backup in its place, or name another --data");
        }
    }

    /** Makes a copy of a log, which is in a workshop of that ledger's, its log, under an id of its own. */
    static Verdict adopt(Path copy, Path original, LedgerFiles files, Clock clock, LongConsumer progress)
            throws IOException, SQLException {
        LogFile.renew(copy, original, clock);
        Verdict verdict = Verification.ofCopy(copy, progress);
        if (!verdict.ok()) {
            throw new LedgerUnavailable(
                    original + " is damaged, and nothing was restored: " + String.join("; ", verdict.problems()));
        }
        LogReplacement.put(copy, files);
        return verdict;
    }
}
