package io.swarmledger.query.incident;

import java.util.List;
import java.util.stream.Stream;

/** Why something is an incident. */
public enum IncidentRule {
    /** Something failed. */
    FAILURE("failure"),
    /** An agent is in error, or fails again and again, and no failure that is considered says why. */
    AGENT_FAILING("agent-failing"),
    /** Nothing is heard of an agent that is at work, in a swarm of which something is heard. */
    AGENT_SILENT("agent-silent"),
    /** A task is in progress, and its agent was stopped, has failed or works on something else. */
    TASK_LEFT("task-left"),
    /** Tasks are queued or blocked for too long. */
    TASKS_WAITING("tasks-waiting"),
    /** Tasks wait for each other in a circle. */
    CIRCLE("circle"),
    /** An agent calls the same tool with the same input again and again. */
    REPEATING("repeating"),
    /** Nothing is heard of a swarm that nobody said has ended. */
    SWARM_SILENT("swarm-silent");

    /** Every one of them. */
    public static final List<String> LABELS =
            Stream.of(values()).map(IncidentRule::label).toList();

    private final String label;

    IncidentRule(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
