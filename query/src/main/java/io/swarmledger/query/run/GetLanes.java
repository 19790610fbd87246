package io.swarmledger.query.run;

import io.swarmledger.query.LedgerQuery;
import java.util.List;

/**
 * Asks what agents did in a part of a run: {@link Lanes}, {@code null} if nothing happened in that swarm.
 *
 * @param like the run beneath which it is drawn, where tasks that match began; {@code null} for none
 * @param agentIds of these agents, at most {@value #MAX_AGENTS}; an empty id is what nobody has begun
 * @param after from that time on, epoch milliseconds; {@code null} from the beginning
 * @param before up to that time; {@code null} to the end
 * @param bins in how many parts that is told where it is too much to be told one by one; at most {@value #MAX_BINS}
 */
public record GetLanes(String swarmId, String like, List<String> agentIds, Double after, Double before, int bins)
        implements LedgerQuery {

    public static final int MAX_AGENTS = 100;
    public static final int MAX_BINS = 2_000;

    @Override
    public String answeredFrom() {
        return LOG;
    }
}
