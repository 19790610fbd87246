package io.swarmledger.query.suspect;

import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.LogRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The newest events of a swarm up to a moment, in the order of the log, each with who did it.
 *
 * @param isWhole whether there are none before
 */
record Window(List<Step> steps, boolean isWhole) {

    /** So many events are looked at. */
    static final int CONSIDERED = 10_000;

    /** No further one once those hold so many bytes. */
    private static final long BYTES = 64L << 20;

    static Window of(EventLog log, String swarmId, long upTo) {
        EventSelection ahead =
                EventSelection.of(EventCriteria.ALL.withSwarmId(swarmId)).withNewestFirst(true);
        List<Step> steps = new ArrayList<>();
        long bytes = 0;
        long next = upTo;
        boolean isAll = false;
        while (!isAll && steps.size() < CONSIDERED && bytes < BYTES) {
            int events = Math.min(Budget.PAGE.events(), CONSIDERED - steps.size());
            EventLog.Part part = log.read(ahead.withUpTo(next), new Budget(events, Budget.PAGE.bytes()));
            part.rows().forEach(row -> steps.add(Step.of(row)));
            bytes += part.rows().stream().mapToLong(LogRow::bytes).sum();
            next = part.last(next) - 1;
            isAll = part.isAll();
        }
        Collections.reverse(steps);
        Work work = new Work();
        return new Window(steps.stream().map(work::next).toList(), isAll);
    }
}
