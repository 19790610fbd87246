package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.sqlite.LogWriter;
import io.swarmledger.app.worker.ReadAhead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes facts into the log, some at a time, each time in a transaction of its own: whoever else appends waits no longer than
 * for one of them, and what is in when an import ends early stays, since the next run passes over it.
 */
final class FactImport {

    private static final int FACTS = 2_000;
    private static final int CHARACTERS = 4_000_000;

    private final LogWriter writer;
    private final WaitingFacts waiting;
    private long added;
    private long alreadyThere;

    FactImport(LogWriter writer, WaitingFacts waiting) {
        this.writer = writer;
        this.waiting = waiting;
    }

    /** Takes all of them; one that would do as no event is told, as what its source could not read is. */
    Imported take(FactSource source, FactCheck checks, Path path, Progress progress) throws Exception {
        BadRows bad = new BadRows();
        try (ReadAhead<Batches.Batch> ahead = Import.ahead(checks)) {
            List<EventRow> facts = new ArrayList<>();
            long last = 0;
            long characters = 0;
            for (Batches.Batch batch = ahead.take(); batch != null; batch = ahead.take()) {
                for (Checked checked : batch.events()) {
                    checked.bad().forEach(bad::add);
                    last = checked.row();
                    if (checked.event() != null) {
                        facts.add(checked.event());
                        characters += Batches.sizeOf(checked.event());
                    }
                }
                if (facts.size() >= FACTS || characters >= CHARACTERS) {
                    append(facts, last);
                    characters = 0;
                }
                progress.at(batch.done(), batch.done());
            }
            append(facts, last);
        }
        bad.tell(source.report(), path);
        return Imported.of(added, alreadyThere, source.report());
    }

    private void append(List<EventRow> facts, long last) throws Exception {
        if (facts.isEmpty()) {
            return;
        }
        FactRows done = writer.transact(log -> {
            FactRows rows = new FactRows(log);
            facts.forEach(rows::add);
            rows.tell(waiting.ownAppends());
            return rows;
        });
        added += done.added();
        alreadyThere += done.alreadyThere();
        facts.clear();
        waiting.appended(last);
    }
}
