package io.swarmledger.query.suspect;

import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventCriteria;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventSelection;
import io.swarmledger.query.log.LogRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The newest events up to a moment, of a swarm or all, in the order of the log, each with who did it.
 *
 * @param considered how many were read
 * @param from the position of the first that was
 * @param isWhole whether there are none before
 */
record Window(List<Step> steps, int considered, long from, boolean isWhole) {

    /** No further one once those hold so many bytes. */
    private static final long BYTES = 64L << 20;

    /**
     * Reads them.
     *
     * @param swarmId {@code null} for all
     * @param most so many events at most
     * @param which others of these are passed over
     */
    static Window of(EventLog log, String swarmId, long upTo, int most, Predicate<Step> which) {
        EventSelection ahead =
                EventSelection.of(EventCriteria.ALL.withSwarmId(swarmId)).withNewestFirst(true);
        List<Step> steps = new ArrayList<>();
        long bytes = 0;
        int events = 0;
        long next = upTo;
        long from = upTo;
        boolean isAll = false;
        while (!isAll && events < most && bytes < BYTES) {
            Budget page = new Budget(Math.min(Budget.PAGE.events(), most - events), Budget.PAGE.bytes());
            EventLog.Part part = log.read(ahead.withUpTo(next), page);
            part.rows().stream().map(Step::of).filter(which).forEach(steps::add);
            events += part.rows().size();
            from = part.last(from);
            bytes += part.rows().stream().mapToLong(LogRow::bytes).sum();
            next = part.last(next) - 1;
            isAll = part.isAll();
        }
        Collections.reverse(steps);
        Work work = new Work();
        return new Window(steps.stream().map(work::next).toList(), events, from, isAll);
    }
}
