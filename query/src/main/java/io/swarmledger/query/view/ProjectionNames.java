package io.swarmledger.query.view;

/**
 * The names of the four projections, each also that of its event processor. Renaming one would replay everything, so
 * they are constants.
 */
public final class ProjectionNames {

    public static final String AGENT_STATE = "agent-state";
    public static final String TASK_HISTORY = "task-history";
    public static final String MEMORY_INDEX = "memory-index";
    public static final String SWARM_OVERVIEW = "swarm-overview";

    private ProjectionNames() {}
}
