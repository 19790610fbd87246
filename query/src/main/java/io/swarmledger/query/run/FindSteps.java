package io.swarmledger.query.run;

import io.swarmledger.query.LedgerQuery;
import java.util.List;

/**
 * Asks for events of a run, where they are drawn: {@link Step}s in an array, in order.
 *
 * @param positions those at these positions; or {@code null} for one alone:
 * @param which {@code next} or {@code previous} of that position, {@code next-failure} or {@code previous-failure} likewise,
 *     {@code until} for the last one up to it or up to that time, or {@code failures} for the last {@value #FAILURES} of them
 * @param position {@code null} for the end of the run that one comes to
 * @param at epoch milliseconds; of {@code until}, instead of a position
 */
public record FindSteps(String swarmId, List<Long> positions, String which, Long position, Double at)
        implements LedgerQuery {

    public static final List<String> WHICH =
            List.of("next", "previous", "next-failure", "previous-failure", "until", "failures");
    public static final int FAILURES = 100;
    public static final int MAX_POSITIONS = 1_000;

    /** Those of these positions that there are. */
    public static FindSteps at(String swarmId, List<Long> positions) {
        return new FindSteps(swarmId, positions, null, null, null);
    }

    @Override
    public String answeredFrom() {
        return LOG;
    }

    /**
     * An event of a run.
     *
     * @param at epoch milliseconds, where it is drawn
     * @param agentId in whose lane; {@code null} if it is nobody's
     * @param said in a line; {@code null} if it says nothing
     */
    public record Step(
            long position, double at, String type, String agentId, String taskId, boolean failed, String said) {}
}
