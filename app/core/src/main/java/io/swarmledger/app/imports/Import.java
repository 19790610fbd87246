package io.swarmledger.app.imports;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.LogWriter;
import io.swarmledger.app.worker.ReadAhead;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.events.StoredTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes what another program recorded into the log: a claude-flow V3 event database, or another ledger's NDJSON export. Which of
 * the two a file is its beginning says, not its name.
 *
 * <p>The order of the file becomes the order of the log, but for the versions of an aggregate, which rise whatever order
 * they have in the file; and what it says is kept to the character. All of it gets in,
 * in one transaction, or nothing. An event that the log has is passed over, so a second run adds nothing; history may
 * break every rule of the aggregates and have gaps in its versions. {@code recordedAt} is this ledger's clock and {@code
 * recordedBy} nobody, whatever a file says, since those two are this ledger's own word.
 *
 * <p>Memory does not grow with the file, only with its largest event.
 */
public final class Import {

    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int BATCHES_AHEAD = 3;

    private final LogWriter writer;
    private final StoredTypes types;

    /** Imports into the log of {@code writer}, in which the names of {@code types} are the ledger's own. */
    public Import(LogWriter writer, StoredTypes types) {
        this.writer = writer;
        this.types = types;
    }

    /**
     * Imports a file, which is only read.
     *
     * @param prefix put before every id of the file; see {@link Prefix}
     * @param progress hears of it on the writer's thread
     * @throws ImportRefused if the file cannot be imported as a whole; nothing of it is there
     * @throws MalformedCommand if the prefix would not do as an id
     * @throws LogFault if the log cannot be written; nothing of the file is there
     */
    public Imported from(Path file, Optional<String> prefix, Progress progress) {
        Prefix before = Prefix.of(prefix);
        requireFile(file);
        refuseOwn(file, new LedgerFiles(writer.file().toAbsolutePath().getParent()));
        try {
            return take(file, before, progress, false);
        } catch (OutOfOrder versions) {
            return take(file, before, progress, true);
        }
    }

    private Imported take(Path file, Prefix prefix, Progress progress, boolean inVersionOrder) {
        try (EventSource source = open(file)) {
            return writer.transact(log -> {
                BadRows bad = new BadRows();
                LogRows rows = new LogRows(log, source, bad, inVersionOrder);
                EventCheck check = new EventCheck(types, prefix);
                if (inVersionOrder) {
                    copyInVersionOrder(source, check, rows, progress);
                } else {
                    copy(source, check, rows::add, progress);
                }
                long kept = source.keepSnapshots(new Snapshots(log, prefix, bad));
                bad.refuseIfAny(file);
                source.requireUnchanged();
                return new Imported(rows.added(), rows.alreadyThere(), kept);
            });
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(file + " was not imported: " + failure.getMessage(), failure);
        }
    }

    private static void copyInVersionOrder(EventSource source, EventCheck check, LogRows rows, Progress progress)
            throws Exception {
        try (InVersionOrder order = new InVersionOrder()) {
            copy(
                    source,
                    check,
                    checked -> {
                        if (checked.event() == null) {
                            rows.add(checked);
                        } else {
                            order.add(checked);
                        }
                    },
                    progress);
            order.giveOut(rows::add);
        }
    }

    private static void copy(EventSource source, EventCheck check, InVersionOrder.Taker taker, Progress progress)
            throws Exception {
        try (ReadAhead<Batches.Batch> ahead =
                new ReadAhead<>("swarm-ledger-import-reader", BATCHES_AHEAD, new Batches(source, check))) {
            for (Batches.Batch batch = ahead.take(); batch != null; batch = ahead.take()) {
                for (Checked checked : batch.events()) {
                    taker.add(checked);
                }
                progress.at(batch.done(), source.total());
            }
        }
    }

    private static EventSource open(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(SQLITE.length);
            if (Arrays.equals(start, SQLITE)) {
                return ClaudeFlowEvents.open(file);
            }
            if (NdjsonEvents.mayBegin(start)) {
                return NdjsonEvents.open(file);
            }
            throw new ImportRefused(
                    file, start.length == 0 ? "is empty" : "is neither an SQLite database nor an NDJSON export");
        } catch (IOException failure) {
            throw new ImportRefused(file, "cannot be read: " + failure);
        }
    }

    /**
     * Looks whether a file may be imported at all, before a ledger is opened for it.
     *
     * @param ledger where it would be imported
     * @throws ImportRefused if it is not there, cannot be read, is that ledger's own, or is of no kind that can be imported
     */
    public static void requireSource(Path file, LedgerFiles ledger) {
        requireFile(file);
        refuseOwn(file, ledger);
        open(file).close();
    }

    private static void requireFile(Path file) {
        if (Files.isSymbolicLink(file)) {
            throw new ImportRefused(file, "is a symbolic link: name the file that it points to");
        }
        if (!Files.exists(file)) {
            throw new ImportRefused(file, "does not exist");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ImportRefused(file, Files.isDirectory(file) ? "is a directory" : "is no regular file");
        }
        if (!Files.isReadable(file)) {
            throw new ImportRefused(file, "cannot be read by this user");
        }
    }

    /** To open and close a file that SQLite has open in this process would drop SQLite's locks on it. */
    private static void refuseOwn(Path file, LedgerFiles ledger) {
        try {
            if (ledger.isOwn(file)) {
                throw new ImportRefused(file, "is this ledger's own");
            }
        } catch (IOException failure) {
            throw new ImportRefused(file, "cannot be read: " + failure);
        }
    }
}
