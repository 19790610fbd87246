package io.swarmledger.query.incident;

import io.swarmledger.events.Json;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.failure.FailureTypes;
import io.swarmledger.query.failure.Failures.Occurrence;
import io.swarmledger.query.incident.Standing.Agent;
import io.swarmledger.query.incident.Standing.Left;
import io.swarmledger.query.incident.Standing.Swarm;
import io.swarmledger.query.incident.Standing.Waiting;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.swarm.LastHeard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds what stands still although nothing may have failed. Of a swarm of which nothing at all is heard it says that alone. */
final class Stillness {

    /** So often in a row the same call is a repetition. */
    static final int REPEATED = 5;

    private static final int CALLS_LOOKED_AT = 50;

    /** An agent of which nothing was heard for so long repeats nothing now, milliseconds. */
    private static final double LATELY = 3_600_000;

    private final EventLog log;
    private final Standing standing;
    private final double now;
    private final double silentBefore;
    private final double stuckBefore;
    private final Map<String, Found> silentSwarms = new HashMap<>();
    private final List<Found> found = new ArrayList<>();

    /**
     * Looks at what there is.
     *
     * @param stuckBefore what was queued or blocked before that time waits for too long
     */
    Stillness(EventLog log, Standing standing, double now, double silentBefore, double stuckBefore) {
        this.log = log;
        this.standing = standing;
        this.now = now;
        this.silentBefore = silentBefore;
        this.stuckBefore = stuckBefore;
    }

    /**
     * Whatever stands still, but for what waits.
     *
     * @param unmended what failed: an agent that fails because of it is no incident of its own
     * @param open those of it of which nobody knows: what an agent that failed has left is hit by that
     */
    List<Found> besides(Collection<Found> unmended, Collection<Found> open) {
        standing.swarms().forEach(this::silentSwarm);
        Map<String, Found> ofFailed = new HashMap<>();
        Set<String> hit = new HashSet<>();
        unmended.forEach(failure -> hit.addAll(failure.hit().agents));
        for (Found failure : open) {
            failure.chains().stream()
                    .flatMap(ended -> ended.chain().links().stream())
                    .filter(link -> link.failure().type().equals("agent:failed"))
                    .forEach(link -> ofFailed.put(link.failure().agentId(), failure));
        }
        Map<String, Found> ofAgents = new LinkedHashMap<>();
        standing.unstopped().stream()
                .filter(agent -> !standing.isTerminated(agent.swarmId()))
                .forEach(agent -> troubled(agent, hit, ofAgents));
        standing.left().stream()
                .filter(left -> !standing.isTerminated(left.swarmId()))
                .forEach(left -> left(left, ofFailed, ofAgents));
        found.addAll(ofAgents.values());
        circles();
        standing.unstopped().forEach(this::repeating);
        return found;
    }

    private void silentSwarm(String id, Swarm swarm) {
        if (swarm.status() == null || standing.isTerminated(id) || swarm.heardAt() >= silentBefore) {
            return;
        }
        Optional<LogRow> last = LastHeard.of(log, id, silentBefore);
        double heardAt = Math.max(swarm.heardAt(), last.map(LogRow::time).orElse(Recorded.NEVER));
        if (heardAt < silentBefore) {
            Found silent = Found.still(
                    IncidentRule.SWARM_SILENT,
                    "Nothing is heard of swarm " + id + ", and nobody said that it has ended",
                    heardAt == Recorded.NEVER ? null : heardAt,
                    id);
            silent.hit().swarm(id);
            last.ifPresent(row -> silent.lastHeard(occurrence(row)));
            silentSwarms.put(id, silent);
            found.add(silent);
        }
    }

    private void troubled(Agent agent, Set<String> hit, Map<String, Found> ofAgents) {
        if (agent.health().equals("failing")) {
            if (!hit.contains(agent.id())) {
                Found failing = ofAgent(IncidentRule.AGENT_FAILING, agent, agent.id() + " is in error or failing");
                failing.hit().task(agent.currentTask());
                log.last(agent.id(), Long.MAX_VALUE, "agent:failed", "agent:status-changed")
                        .ifPresent(row -> heard(failing, row));
                ofAgents.put(agent.id(), failing);
            }
        } else if (agent.health().equals("silent") && agent.currentTask() != null) {
            Found swarm = silentSwarms.get(agent.swarmId());
            if (swarm != null) {
                swarm.hit().agent(agent.id());
                swarm.hit().task(agent.currentTask());
            } else {
                Found silent = ofAgent(
                        IncidentRule.AGENT_SILENT,
                        agent,
                        "Nothing is heard of " + agent.id() + ", which works on " + agent.currentTask());
                silent.hit().task(agent.currentTask());
                log.last(agent.id(), Long.MAX_VALUE).ifPresent(row -> heard(silent, row));
                ofAgents.put(agent.id(), silent);
            }
        }
    }

    private static Found ofAgent(IncidentRule rule, Agent agent, String title) {
        Found incident = Found.still(rule, title, null, agent.id());
        incident.hit().agent(agent.id());
        incident.hit().swarm(agent.swarmId());
        return incident;
    }

    private static void heard(Found incident, LogRow row) {
        incident.lastHeard(occurrence(row));
        incident.since(row.time());
    }

    /** It is hit by the failure of its agent only if it was begun before that. */
    private void left(Left left, Map<String, Found> ofFailed, Map<String, Found> ofAgents) {
        Agent agent = left.agent();
        Optional<LogRow> last = log.last(left.taskId(), Long.MAX_VALUE);
        Found because = silentSwarms.get(left.swarmId());
        if (because == null && agent != null) {
            Found failure = ofFailed.get(agent.id());
            boolean isHit = failure != null
                    && last.isPresent()
                    && failure.last().position() > last.get().position();
            because = isHit ? failure : ofAgents.get(agent.id());
        }
        if (because == null) {
            because = agent == null
                    ? Found.still(
                            IncidentRule.TASK_LEFT,
                            left.taskId() + " is in progress, and nothing is known of an agent that works on it",
                            null,
                            left.taskId())
                    : ofAgent(
                            IncidentRule.TASK_LEFT,
                            agent,
                            agent.id() + " " + how(agent) + ", and " + left.taskId() + " is still in progress");
            ofAgents.put(agent == null ? "task " + left.taskId() : agent.id(), because);
        }
        because.hit().task(left.taskId());
        because.hit().swarm(left.swarmId());
        if (because.rule() == IncidentRule.TASK_LEFT) {
            leftSince(because, agent, last);
        }
    }

    private void leftSince(Found incident, Agent agent, Optional<LogRow> last) {
        boolean isStopped = agent != null && agent.health().equals("stopped");
        Optional<LogRow> stopped = isStopped ? log.last(agent.id(), Long.MAX_VALUE, "agent:stopped") : Optional.empty();
        last.ifPresent(row -> incident.lastHeard(occurrence(row)));
        stopped.ifPresent(row -> incident.lastHeard(occurrence(row)));
        stopped.or(() -> last).ifPresent(row -> incident.since(row.time()));
    }

    private static String how(Agent agent) {
        if (agent.health().equals("stopped")) {
            return "was stopped";
        }
        if (agent.health().equals("silent")) {
            return "is silent";
        }
        return agent.currentTask() == null ? "does not say what it works on" : "works on " + agent.currentTask();
    }

    private void circles() {
        Map<String, Waiting> waiting = standing.waiting();
        for (List<String> circle :
                Circles.among(waiting.keySet(), id -> waiting.get(id).on())) {
            Waiting first = waiting.get(circle.get(0));
            if (standing.isTerminated(first.swarmId())) {
                continue;
            }
            Found incident = Found.still(
                    IncidentRule.CIRCLE,
                    circle.size() + (circle.size() == 1 ? " task waits for itself" : " tasks wait for each other"),
                    null,
                    circle.toArray(String[]::new));
            circle.forEach(incident.hit()::task);
            incident.hit().swarm(first.swarmId());
            circle.stream().limit(Incident.LISTED).forEach(task -> log.last(task, Long.MAX_VALUE)
                    .ifPresent(row -> incident.lastHeard(occurrence(row))));
            found.add(incident);
        }
    }

    private void repeating(Agent agent) {
        boolean isAtIt = agent.toolCalls() >= REPEATED
                && agent.heardAt() != null
                && agent.heardAt() >= now - LATELY
                && !standing.isTerminated(agent.swarmId());
        if (!isAtIt) {
            return;
        }
        Optional<LogRow> last = log.last(agent.id(), Long.MAX_VALUE, FailureTypes.TOOL_CALLED);
        Optional<Call> newest = last.flatMap(Call::of);
        LogRow first = null;
        int times = 0;
        Optional<LogRow> next = last;
        while (times < CALLS_LOOKED_AT
                && newest.isPresent()
                && next.flatMap(Call::of).equals(newest)) {
            first = next.get();
            times++;
            next = log.last(agent.id(), first.position() - 1, FailureTypes.TOOL_CALLED);
        }
        if (times < REPEATED) {
            return;
        }
        Call call = newest.get();
        Found incident = Found.still(
                        IncidentRule.REPEATING,
                        agent.id() + " called " + call.tool() + " with the same input "
                                + (times == CALLS_LOOKED_AT ? "at least " : "") + times
                                + " times in a row",
                        first.time(),
                        agent.id(),
                        call.tool(),
                        call.input())
                .with(call.tool());
        incident.hit().agent(agent.id());
        incident.hit().task(agent.currentTask());
        incident.hit().swarm(agent.swarmId());
        incident.lastHeard(occurrence(last.get()));
        found.add(incident);
    }

    /**
     * What an agent called.
     *
     * @param input the digest of what it called it with
     */
    private record Call(String tool, String input) {

        /** Empty where it does not say. */
        static Optional<Call> of(LogRow row) {
            try {
                JsonNode payload = Json.mapper().readTree(row.payload());
                return payload.hasNonNull("tool") && payload.hasNonNull("inputDigest")
                        ? Optional.of(new Call(
                                payload.get("tool").asString(),
                                payload.get("inputDigest").asString()))
                        : Optional.empty();
            } catch (JacksonException noJson) {
                return Optional.empty();
            }
        }
    }

    /** What is queued, blocked or can never begin for too long, and not because of something that is told of already. */
    List<Found> waiting(Set<String> explained) {
        Map<String, Found> bySwarm = new LinkedHashMap<>();
        for (Waiting task : standing.waiting().values()) {
            boolean isOther = (!task.status().equals("pending") || canNeverBegin(task))
                    && !explained.contains(task.id())
                    && !silentSwarms.containsKey(task.swarmId())
                    && !standing.isTerminated(task.swarmId());
            Optional<LogRow> last = isOther ? log.last(task.id(), Long.MAX_VALUE) : Optional.empty();
            if (last.isPresent() && last.get().time() < stuckBefore) {
                Found incident =
                        bySwarm.computeIfAbsent(task.swarmId() + "\n" + task.status(), key -> waitingLike(task));
                incident.hit().task(task.id());
                incident.hit().swarm(task.swarmId());
                incident.stuckAt(last.get().time() + now - stuckBefore);
                heard(incident, last.get());
            }
        }
        return List.copyOf(bySwarm.values());
    }

    private static Found waitingLike(Waiting task) {
        return Found.still(
                IncidentRule.TASKS_WAITING,
                "Tasks of swarm " + task.swarmId() + " are " + task.status()
                        + (task.status().equals("pending")
                                ? ", and wait for others that were cancelled or never created"
                                : " for long, and nothing that is told of here says why"),
                null,
                task.swarmId(),
                task.status());
    }

    private boolean canNeverBegin(Waiting task) {
        return task.on().stream()
                .map(standing::statusOf)
                .anyMatch(status -> status == null || status.equals("cancelled"));
    }

    private static Occurrence occurrence(LogRow row) {
        return new Occurrence(row.id(), row.position(), row.timestamp().doubleValue(), row.aggregateId());
    }
}
