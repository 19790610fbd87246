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

    private final Checks checks;
    private boolean atEnd;

    Batches(Checks checks) {
        this.checks = checks;
    }

    /** What a source tells, each looked at. */
    interface Checks {

        /**
         * The next; {@code null} behind the last.
         *
         * @throws ImportRefused if the file cannot be read on
         */
        Checked next();

        /** How far it is read. */
        long done();
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
            Checked checked = checks.next();
            if (checked == null) {
                atEnd = true;
            } else {
                events.add(checked);
                characters += sizeOf(checked.event());
            }
        }
        return new Batch(events, checks.done());
    }

    static int sizeOf(EventRow event) {
        return event == null
                ? 0
                : event.payload().length()
                        + (event.metadata() == null ? 0 : event.metadata().length());
    }
}
