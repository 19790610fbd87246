package io.swarmledger.app.http.query;

import io.swarmledger.app.door.Moment;
import io.swarmledger.query.agent.FindAgents;

/** Which agents are asked for: as in {@link FindAgents}, and times as every door takes them. */
record AgentFilter(
        String status,
        String health,
        String domain,
        String role,
        String parent,
        String swarmId,
        Moment after,
        Moment before,
        Integer limit,
        String cursor,
        String sort) {

    FindAgents query() {
        return new FindAgents(
                status,
                health,
                domain,
                role,
                parent,
                swarmId,
                Moment.millisOf(after),
                Moment.millisOf(before),
                limit,
                cursor,
                sort);
    }
}
