package io.swarmledger.query.suspect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Who is at work on what, step by step in the order of the log. */
final class Work {

    /** What is said to come from the swarm comes from nobody in particular. */
    private static final String SWARM = "swarm";

    private final Map<String, String> taskOf = new HashMap<>();
    private final Map<String, String> workerOf = new HashMap<>();
    private final Map<String, Set<String>> assigned = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> agents = new HashSet<>();
    private final Map<String, Step> byId = new HashMap<>();

    /** The next step, with who did it. */
    Step next(Step step) {
        Step cause = step.causationId() == null ? null : byId.get(step.causationId());
        String agent = agentOf(step);
        if (agent == null && cause != null && !step.is(Step.TASK_CREATED)) {
            // Who caused it did it, where nothing else says who did.
            agent = cause.agent();
        }
        String task = taskOf(step, agent);
        String to = step.text("to");
        Step known = step.by(agent, task, to == null ? null : taskOf.get(to));
        remember(known);
        byId.put(known.eventId(), known);
        return known;
    }

    private String agentOf(Step step) {
        if (step.type().startsWith("agent:")) {
            return step.aggregateId();
        }
        if (step.is(Step.TASK_STARTED) && step.text("agentId") != null) {
            return step.text("agentId");
        }
        if (step.isOfTask() && !step.is(Step.TASK_CREATED)) {
            String worker = workerOf(step.aggregateId());
            return worker != null ? worker : agentThatIsKnown(step);
        }
        return step.isOfTask() ? agentThatIsKnown(step) : source(step);
    }

    /** Tasks are mostly told of by a coordinator, which is at work on none of them. */
    private String agentThatIsKnown(Step step) {
        String source = source(step);
        return agents.contains(source) ? source : null;
    }

    private static String source(Step step) {
        return step.source() == null || step.source().isBlank() || step.source().equals(SWARM) ? null : step.source();
    }

    /** Whoever started it last; if nobody did, the only one who was given it. */
    private String workerOf(String task) {
        Set<String> given = assigned.getOrDefault(task, Set.of());
        String started = workerOf.get(task);
        return started != null ? started : given.size() == 1 ? given.iterator().next() : null;
    }

    private String taskOf(Step step, String agent) {
        if (step.isOfTask()) {
            return step.aggregateId();
        }
        String named = step.text("taskId");
        return named != null ? named : agent == null ? null : taskOf.get(agent);
    }

    private void remember(Step step) {
        if (step.agent() != null && (step.is(Step.TASK_STARTED) || step.type().startsWith("agent:"))) {
            agents.add(step.agent());
        }
        switch (step.type()) {
            case Step.AGENT_ASSIGNED -> {
                taskOf.put(step.agent(), step.task());
                if (failed.remove(step.task())) {
                    assigned.remove(step.task());
                    workerOf.remove(step.task());
                }
                assigned.computeIfAbsent(step.task(), task -> new LinkedHashSet<>())
                        .add(step.agent());
            }
            case Step.TASK_STARTED -> {
                if (step.agent() != null) {
                    taskOf.put(step.agent(), step.task());
                    workerOf.put(step.task(), step.agent());
                }
            }
            case Step.AGENT_DONE -> taskOf.remove(step.agent(), step.task());
            case Step.TASK_COMPLETED -> {
                if (step.agent() != null) {
                    taskOf.remove(step.agent(), step.task());
                }
            }
            case Step.TASK_FAILED -> failed.add(step.task());
            case Step.AGENT_STOPPED -> taskOf.remove(step.agent());
            default -> {
                // Nothing else changes who is at what: an agent that fails does so at its task.
            }
        }
    }
}
