package io.swarmledger.app.http.page;

import io.swarmledger.query.InvalidQuery;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tasks that a person wants to see; what is {@code null} or empty says nothing.
 *
 * @param agent assigned to the agent of that id
 * @param stuck as in {@link io.swarmledger.query.task.FindTasks}; of now alone
 * @param position as it was after the event of that position; {@code null} for now
 * @param id the task that is shown by itself
 * @param view {@code graph} for what depends on what; {@code timeline}, or nothing, for what went on when
 * @param sort as in {@link io.swarmledger.query.task.FindTasks}; of now alone
 */
record TasksAsked(
        String status,
        String agent,
        String type,
        String priority,
        Boolean stuck,
        String swarmId,
        String cursor,
        Long position,
        String id,
        String view,
        String sort) {

    private static final String GRAPH = "graph";
    private static final List<String> VIEWS = List.of("timeline", GRAPH);

    /**
     * Whether it is what depends on what that is wanted.
     *
     * @throws InvalidQuery if the view is none
     */
    boolean isGraph() {
        return GRAPH.equals(Given.oneOf(VIEWS, "view", view));
    }

    boolean isFiltered() {
        return stuck != null
                || Stream.of(status, agent, type, priority, swarmId, cursor).anyMatch(one -> Given.orNull(one) != null);
    }
}
