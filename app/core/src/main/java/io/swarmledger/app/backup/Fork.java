package io.swarmledger.app.backup;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.directory.Workshop;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.log.sqlite.LogCut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.LongConsumer;

/**
 * A ledger of its own that begins as another one was at a position: it can be continued another way and held against its
 * origin, which is only read, beside whoever writes to it.
 */
public final class Fork {

    private Fork() {}

    /**
     * Copies a log up to a position into a directory that has no ledger yet.
     *
     * @param at the last position that the fork has
     * @param progress told how many events of the fork were checked so far
     * @return what the check found: nothing wrong
     * @throws LedgerUnavailable if the log does not reach so far, or there is a ledger in {@code data} already, or what was
     *     copied is damaged; nothing of a fork is there then
     */
    public static Verdict of(Path log, String data, long at, Clock clock, LongConsumer progress) {
        try (LedgerDirectory directory = LedgerDirectory.take(data)) {
            return Restore.withdrawnUnless(directory, () -> {
                if (Files.exists(directory.files().log())) {
                    throw new LedgerUnavailable("There is a ledger in " + data + " already: name another directory");
                }
                try (Workshop workshop = Workshop.in(directory.files().directory())) {
                    Path copy = workshop.file("events.db");
                    Backup.copy(log, copy);
                    LogCut.behind(log, copy, at);
                    return Restore.adopt(copy, log, directory.files(), clock, progress);
                }
            });
        } catch (IOException | SQLException failure) {
            throw new LedgerUnavailable(log + " was not forked into " + data + ": " + failure.getMessage(), failure);
        }
    }
}
