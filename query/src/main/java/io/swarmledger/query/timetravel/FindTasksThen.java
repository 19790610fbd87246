package io.swarmledger.query.timetravel;

import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.task.FindTasks;

/**
 * Asks for the tasks that were as {@link FindTasks} says at a position, in the order in which they came to be there: a
 * {@link io.swarmledger.query.Page} of {@link io.swarmledger.query.task.TaskState}. It may end before its limit, with a
 * cursor that leads on.
 *
 * @param tasks what is asked of them; not whether they were stuck, which is known of now alone
 * @param position as they were after the event of that position
 */
public record FindTasksThen(FindTasks tasks, long position) implements LedgerQuery {

    @Override
    public String answeredFrom() {
        return TIME_TRAVEL;
    }
}
