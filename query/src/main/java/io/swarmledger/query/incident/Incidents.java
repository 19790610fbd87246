package io.swarmledger.query.incident;

import io.swarmledger.query.Page;
import java.util.List;

/**
 * Incidents, those that are open first, then those that occurred last.
 *
 * @param items of this page
 * @param total how many there are
 * @param totalIsExact whether everything was considered: {@link #isWhole}
 * @param next the cursor of the next page, {@code null} on the last one
 * @param position up to which the log is in them
 * @param open how many of all of them are open, whatever the time that was asked for
 * @param openElsewhere how many of those that are open are not of that time
 * @param isWhole whether everything was considered; otherwise there are older failures, or more that stands still
 * @param alerts what rules of alerts say now, the newest first, {@value #MOST_ALERTS} at most; of the swarm and
 *     about incidents of the rule that was asked for
 */
public record Incidents(
        List<Incident> items,
        long total,
        boolean totalIsExact,
        String next,
        long position,
        long open,
        long openElsewhere,
        boolean isWhole,
        List<Alert> alerts) {

    /** So many alerts are told. */
    public static final int MOST_ALERTS = 1_000;

    /** The list alone. */
    public Page<Incident> page() {
        return new Page<>(items, total, totalIsExact, next, position);
    }
}
