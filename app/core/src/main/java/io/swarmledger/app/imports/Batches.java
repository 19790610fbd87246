package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.worker.ReadAhead;
import java.util.ArrayList;
import java.util.List;

/**
 * A file's events, read and checked some at a time. On the thread that writes them that would take a quarter of the time.
 */
final class Batches implements ReadAhead.Source<Batches.Batch> {

    private static final int EVENTS = 250;
    private static final int CHARACTERS = 500_000;

    private final EventSource source;
    private final EventCheck check;
    private boolean atEnd;

    Batches(EventSource source, EventCheck check) {
        this.source = source;
        this.check = check;
    }

    /**
     * Some events that follow.
     *
     * @param done how far the file is read with them
     */
    record Batch(List<Checked> events, long done) {}

    /**
     * The next events.
     *
     * @throws ImportRefused if the file cannot be read on
     */
    @Override
    public Batch next() {
        if (atEnd) {
            return null;
        }
        List<Checked> events = new ArrayList<>(EVENTS);
        int characters = 0;
        while (events.size() < EVENTS && characters < CHARACTERS && !atEnd) {
            if (source.next()) {
                Checked checked = check.check(source);
                events.add(checked);
                characters += sizeOf(checked.event());
            } else {
                atEnd = true;
            }
        }
        return new Batch(events, source.done());
    }

    static int sizeOf(EventRow event) {
        return event == null
                ? 0
                : event.payload().length()
                        + (event.metadata() == null ? 0 : event.metadata().length());
    }
}
