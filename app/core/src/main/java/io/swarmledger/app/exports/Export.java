package io.swarmledger.app.exports;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.query.ReadFault;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/**
 * Writes the whole log into a file, as it is at one moment, beside whoever goes on writing it. Memory does not grow with
 * the log, only with its largest event.
 */
public final class Export {

    private static final int EVENTS_A_STEP = 1_000;

    private final EventLog log;
    private final LedgerFiles ledger;
    private final boolean replaces;

    /**
     * Exports a log.
     *
     * @param ledger whose log it is: nothing of it is ever replaced
     * @param replaces whether another file of the same name is replaced once the new one is whole
     */
    public Export(EventLog log, LedgerFiles ledger, boolean replaces) {
        this.log = log;
        this.ledger = ledger;
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
        try (NewFile created = NewFile.begin(file, ledger, replaces)) {
            Exported exported = log.asOfNow(now -> {
                try (ExportTarget target = opening.open(created.unfinished())) {
                    return copy(now, target, progress);
                } catch (SQLException | IOException | UncheckedIOException | JacksonException failure) {
                    throw new ExportFailed(file, failure.getMessage(), failure);
                }
            });
            created.finish();
            return exported;
        } catch (ReadFault | IOException failure) {
            throw new ExportFailed(file, failure.getMessage(), failure);
        }
    }

    private static Exported copy(EventLog log, ExportTarget target, Progress progress)
            throws SQLException, IOException {
        long total = log.count(EventSelection.of(EventCriteria.ALL), Long.MAX_VALUE);
        var written = new Object() {
            long events;
            long snapshots;
            final Map<String, Long> passedOver = new TreeMap<>();
        };
        log.each(0, Long.MAX_VALUE, row -> {
            target.add(row);
            if (!target.isKnownThere(row.type())) {
                written.passedOver.merge(row.type(), 1L, Long::sum);
            }
            if (++written.events % EVENTS_A_STEP == 0) {
                progress.at(written.events, total);
            }
        });
        log.importedSnapshots(snapshot -> written.snapshots += target.addSnapshot(snapshot));
        target.finish();
        progress.at(written.events, total);
        return new Exported(written.events, written.snapshots, written.passedOver);
    }

    private interface Opening {

        ExportTarget open(Path file) throws IOException, SQLException;
    }
}
