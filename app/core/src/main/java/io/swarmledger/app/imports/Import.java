package io.swarmledger.app.imports;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.LogWriter;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.app.recorder.KnownToLog;
import io.swarmledger.app.worker.ReadAhead;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.events.StoredTypes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes what another program recorded into the log: what its {@link Formats} know.
 *
 * <p>Of events with versions the order of the file becomes the order of the log, but for the versions of an aggregate, which
 * rise whatever order they have in the file; and what it says is kept to the character. All of it gets in,
 * in one transaction, or nothing. An event that the log has is passed over, so a second run adds nothing; history may
 * break every rule of the aggregates and have gaps in its versions. Facts are taken as {@link FactImport} says. {@code
 * recordedAt} is this ledger's clock and {@code recordedBy} whoever imports, if that has a name, whatever a file says, since
 * those two are this ledger's own word.
 *
 * <p>Memory does not grow with the file, only with its largest event.
 */
public final class Import {

    private static final int BATCHES_AHEAD = 3;

    private final LogWriter writer;
    private final StoredTypes types;
    private final Formats formats;
    private final Known known;
    private final Clock clock;

    /** Imports into that log, in which the names of {@code types} are the ledger's own, what every ledger knows. */
    public Import(LogFile log, StoredTypes types) {
        this(log, types, Formats.ofLedger(), Clock.systemUTC());
    }

    /**
     * The same of other formats.
     *
     * @param clock tells the time of a fact that has none
     */
    public Import(LogFile log, StoredTypes types, Formats formats, Clock clock) {
        this.writer = log.writer();
        this.types = types;
        this.formats = formats;
        this.known = new KnownToLog(log.events());
        this.clock = clock;
    }

    /**
     * Imports a file or a folder, as usual.
     *
     * @see #from(Path, ImportWish, Progress)
     */
    public Imported from(Path path, Optional<String> prefix, Progress progress) {
        return from(path, ImportWish.USUAL.withPrefix(prefix), progress);
    }

    /**
     * Imports a file or a folder, which is only read.
     *
     * @param progress hears of it on the writer's thread
     * @throws ImportRefused if it cannot be imported as a whole; nothing of it is there
     * @throws MalformedCommand if the prefix would not do as an id
     * @throws LogFault if the log cannot be written; nothing of it is there, or, of facts, only the first, and another run
     *     adds the rest
     */
    public Imported from(Path path, ImportWish wish, Progress progress) {
        Prefix before = Prefix.of(wish.prefix());
        Formats.refuse(path, new LedgerFiles(writer.file().toAbsolutePath().getParent()));
        try {
            return take(path, wish, before, progress, false);
        } catch (OutOfOrder versions) {
            return take(path, wish, before, progress, true);
        }
    }

    private Imported take(Path path, ImportWish wish, Prefix prefix, Progress progress, boolean inVersionOrder) {
        WaitingFacts waiting = new WaitingFacts(prefix.before(known), new OwnAppends(writer::head));
        try (Source source = formats.open(path, new Reading(waiting, wish.content(), clock, wish.changedSince()))) {
            if (source instanceof FactSource facts) {
                FactCheck checks = new FactCheck(facts, types, prefix, waiting, clock, wish.recordedBy());
                return new FactImport(writer, waiting).take(facts, checks, path, progress);
            }
            EventCheck check = new EventCheck(types, prefix, wish.recordedBy());
            return take((EventSource) source, path, prefix, check, progress, inVersionOrder);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(path + " was not imported: " + failure.getMessage(), failure);
        }
    }

    private Imported take(
            EventSource source, Path path, Prefix prefix, EventCheck check, Progress progress, boolean inVersionOrder)
            throws Exception {
        return writer.transact(log -> {
            BadRows bad = new BadRows();
            LogRows rows = new LogRows(log, source, bad, inVersionOrder);
            if (inVersionOrder) {
                copyInVersionOrder(source, check, rows, progress);
            } else {
                copy(source, check, rows::add, progress);
            }
            long kept = source.keepSnapshots(new Snapshots(log, prefix, bad));
            bad.refuseIfAny(path);
            source.requireUnchanged();
            return new Imported(rows.added(), rows.alreadyThere(), kept);
        });
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
        try (ReadAhead<Batches.Batch> ahead = ahead(check.of(source))) {
            for (Batches.Batch batch = ahead.take(); batch != null; batch = ahead.take()) {
                for (Checked checked : batch.events()) {
                    taker.add(checked);
                }
                progress.at(batch.done(), source.total());
            }
        }
    }

    static ReadAhead<Batches.Batch> ahead(Batches.Checks checks) {
        return new ReadAhead<>("swarm-ledger-import-reader", BATCHES_AHEAD, new Batches(checks));
    }
}
