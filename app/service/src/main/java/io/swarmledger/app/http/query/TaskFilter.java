package io.swarmledger.app.http.query;

import io.swarmledger.app.door.Moment;
import io.swarmledger.query.task.FindTasks;

/** Which tasks are asked for: as in {@link FindTasks}, and times as every door takes them. */
record TaskFilter(
        String status,
        String agent,
        String type,
        String priority,
        Boolean stuck,
        String swarmId,
        Moment after,
        Moment before,
        Integer limit,
        String cursor,
        String sort) {

    FindTasks query() {
        return new FindTasks(
                status,
                agent,
                type,
                priority,
                stuck,
                swarmId,
                Moment.millisOf(after),
                Moment.millisOf(before),
                limit,
                cursor,
                sort);
    }
}
