package io.swarmledger.query.incident;

import io.swarmledger.query.Recorded;
import io.swarmledger.query.failure.Failures.Occurrence;
import io.swarmledger.query.incident.Standing.Agent;
import io.swarmledger.query.incident.Standing.Left;
import io.swarmledger.query.incident.Standing.Swarm;
import io.swarmledger.query.incident.Standing.Waiting;
import io.swarmledger.query.log.AggregateAnswers;
import io.swarmledger.query.log.AggregateAnswers.Question;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LastEvent;
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

/** Finds what stands still although nothing may have failed. Of a swarm of which nothing at all is heard it says that alone. */
final class Stillness {

    private static final Question<Optional<Repetition>> REPETITION = Repetition::of;

    private final EventLog log;
    private final AggregateAnswers.Then lasts;
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
    Stillness(
            EventLog log,
            AggregateAnswers.Then lasts,
            Standing standing,
            double now,
            double silentBefore,
            double stuckBefore) {
        this.log = log;
        this.lasts = lasts;
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
            last.map(LastEvent::of).ifPresent(event -> silent.lastHeard(occurrence(event)));
            silentSwarms.put(id, silent);
            found.add(silent);
        }
    }

    private void troubled(Agent agent, Set<String> hit, Map<String, Found> ofAgents) {
        if (agent.health().equals("failing")) {
            if (!hit.contains(agent.id())) {
                Found failing = ofAgent(IncidentRule.AGENT_FAILING, agent, agent.id() + " is in error or failing");
                failing.hit().task(agent.currentTask());
                lasts.last(agent.id(), "agent:failed", "agent:status-changed")
                        .ifPresent(event -> heard(failing, event));
                ofAgents.put(agent.id(), failing);
            }
        } else if (agent.isSilent() && isWork(agent.currentTask())) {
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
                lasts.last(agent.id()).ifPresent(event -> heard(silent, event));
                ofAgents.put(agent.id(), silent);
            }
        }
    }

    /** Many say that they work on a task until they are given another, whatever became of it. */
    private boolean isWork(String taskId) {
        return taskId != null
                && !List.of("completed", "failed", "cancelled").contains(String.valueOf(standing.statusOf(taskId)));
    }

    private static Found ofAgent(IncidentRule rule, Agent agent, String title) {
        Found incident = Found.still(rule, title, null, agent.id());
        incident.hit().agent(agent.id());
        incident.hit().swarm(agent.swarmId());
        return incident;
    }

    private static void heard(Found incident, LastEvent event) {
        incident.lastHeard(occurrence(event));
        incident.since(event.time());
    }

    /** It is hit by the failure of its agent only if it was begun before that. */
    private void left(Left left, Map<String, Found> ofFailed, Map<String, Found> ofAgents) {
        Agent agent = left.agent();
        Optional<LastEvent> last = lasts.last(left.taskId());
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

    private void leftSince(Found incident, Agent agent, Optional<LastEvent> last) {
        boolean isStopped = agent != null && agent.health().equals("stopped");
        Optional<LastEvent> stopped = isStopped ? lasts.last(agent.id(), "agent:stopped") : Optional.empty();
        last.ifPresent(event -> incident.lastHeard(occurrence(event)));
        stopped.ifPresent(event -> incident.lastHeard(occurrence(event)));
        stopped.or(() -> last).ifPresent(event -> incident.since(event.time()));
    }

    private static String how(Agent agent) {
        if (agent.health().equals("stopped")) {
            return "was stopped";
        }
        if (agent.isSilent()) {
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
            circle.stream().limit(Incident.LISTED).forEach(task -> lasts.last(task)
                    .ifPresent(event -> incident.lastHeard(occurrence(event))));
            found.add(incident);
        }
    }

    private void repeating(Agent agent) {
        boolean isAtIt = agent.toolCalls() >= Repetition.REPEATED && !standing.isTerminated(agent.swarmId());
        if (isAtIt) {
            lasts.ask(agent.id(), REPETITION).ifPresent(repetition -> repeating(agent, repetition));
        }
    }

    private void repeating(Agent agent, Repetition repetition) {
        Found incident = Found.still(
                        IncidentRule.REPEATING,
                        agent.id() + " called " + repetition.tool() + " with the same input "
                                + (repetition.isCut() ? "at least " : "") + repetition.times() + " times in a row",
                        repetition.since(),
                        agent.id(),
                        repetition.tool(),
                        repetition.input())
                .with(repetition.tool());
        incident.hit().agent(agent.id());
        incident.hit().task(agent.currentTask());
        incident.hit().swarm(agent.swarmId());
        incident.lastHeard(occurrence(repetition.last()));
        found.add(incident);
    }

    /** What is queued, blocked or can never begin for too long, and not because of something that is told of already. */
    List<Found> waiting(Set<String> explained) {
        Map<String, Found> bySwarm = new LinkedHashMap<>();
        for (Waiting task : standing.waiting().values()) {
            boolean isOther = (!task.status().equals("pending") || canNeverBegin(task))
                    && !explained.contains(task.id())
                    && !silentSwarms.containsKey(task.swarmId())
                    && !standing.isTerminated(task.swarmId());
            Optional<LastEvent> last = isOther ? lasts.last(task.id()) : Optional.empty();
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

    private static Occurrence occurrence(LastEvent event) {
        return new Occurrence(event.id(), event.position(), event.timestamp(), event.aggregateId());
    }
}
