package io.swarmledger.app.demo;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.ChangeAgentStatus;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.FailAgent;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.commands.memory.DeleteMemory;
import io.swarmledger.commands.memory.ExpireMemory;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.swarm.ChangePhase;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.swarm.ReachMilestone;
import io.swarmledger.commands.swarm.ReportSwarmError;
import io.swarmledger.commands.swarm.ScaleSwarm;
import io.swarmledger.commands.swarm.TerminateSwarm;
import io.swarmledger.commands.task.BlockTask;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.FailTask;
import io.swarmledger.commands.task.QueueTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;

/**
 * A coordinator with 15 agents, as one would write it against the command gateway: tasks wait for what they depend on,
 * are assigned, fail and are tried again; agents read what others have stored. The swarm is invented, its time too, its
 * events are real.
 */
public final class DemoSwarm {

    private static final List<String> ROLES = List.of(
            "queen-coordinator",
            "security-architect",
            "security-auditor",
            "memory-specialist",
            "swarm-specialist",
            "integration-architect",
            "performance-engineer",
            "core-architect",
            "core-implementer",
            "test-architect",
            "test-writer",
            "project-coordinator",
            "cli-developer",
            "deployment-engineer",
            "documentation-writer");
    private static final List<String> DOMAINS = List.of("core", "security", "memory", "integration", "quality");
    private static final List<String> TYPES =
            List.of("architecture", "implementation", "review", "testing", "documentation", "deployment");
    private static final List<String> WORK = List.of(
            "event store", "command line", "vector index", "session cache", "sandbox", "message bus", "scheduler");
    private static final List<String> PRIORITIES = List.of("critical", "high", "medium", "low");
    private static final List<String> NAMESPACES = List.of("patterns", "task-results", "agent-context");
    private static final List<String> ERRORS = List.of(
            "Timeout after 30000 ms waiting for the model",
            "Tests failed: 3 of 118",
            "Merge conflict in src/index.ts",
            "Context window exceeded");
    private static final int ATTEMPTS = 3;

    /** So many tasks are played unless others are asked for. */
    public static final int TASKS = 60;

    /** Chance begins with it unless told otherwise. */
    public static final long SEED = 21;

    /** The swarm's own time runs faster than ours: it began so long ago for each task, and ends shortly before now. */
    private static final double MILLIS_A_TASK = 3_000;

    private final CommandGateway commands;
    private final String prefix;
    private final int taskCount;
    private final Random chance;
    private final BiConsumer<Integer, Integer> progress;

    private final Map<String, List<String>> dependencies = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Appended> lastOfTask = new HashMap<>();
    private final Set<String> completed = new HashSet<>();
    private final Set<String> givenUp = new HashSet<>();
    private final Set<String> blocked = new HashSet<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private final Deque<String> idle = new ArrayDeque<>();
    private final PriorityQueue<Attempt> underWay = new PriorityQueue<>(Comparator.comparingDouble(Attempt::until));
    private final List<String> memories = new ArrayList<>();
    private double now;
    private boolean halfDone;

    /** An agent at work on a task until some time. */
    private record Attempt(String agent, String task, Appended started, double until) {}

    /**
     * A swarm that is to be played.
     *
     * @param prefix put before every id
     * @param taskCount how many tasks
     * @param seed chance begins with it
     * @param startsAt epoch milliseconds
     * @param progress told how many tasks have ended, of how many
     */
    public DemoSwarm(
            CommandGateway commands,
            String prefix,
            int taskCount,
            long seed,
            double startsAt,
            BiConsumer<Integer, Integer> progress) {
        this.commands = commands;
        this.prefix = prefix;
        this.taskCount = taskCount;
        this.chance = new Random(seed);
        this.now = startsAt;
        this.progress = progress;
    }

    /** When a swarm of that many tasks has to start to end shortly before {@code now}; both epoch milliseconds. */
    public static double startFor(int taskCount, double now) {
        return now - taskCount * MILLIS_A_TASK;
    }

    /** The id of the swarm. */
    public String swarmId() {
        return prefix + "swarm";
    }

    /** Plays it to its end. */
    public void play() {
        Appended begun = raiseSwarm();
        planTasks(begun);
        send(new ChangePhase(swarmId(), "execution"), begun);
        while (!underWay.isEmpty() || hasWork()) {
            assignWork();
            Attempt next = underWay.poll();
            now = Math.max(now, next.until());
            finish(next);
            progress.accept(completed.size() + givenUp.size(), taskCount);
            celebrate();
        }
        endSwarm();
        progress.accept(taskCount, taskCount);
    }

    private Appended raiseSwarm() {
        Appended begun = send(new InitializeSwarm(swarmId(), "hierarchical-mesh", ROLES.size()), null);
        send(new ScaleSwarm(swarmId(), ROLES.size(), "initial agents"), begun);
        for (int i = 0; i < ROLES.size(); i++) {
            String agent = prefix + "agent-" + (i + 1);
            String domain = DOMAINS.get(i % DOMAINS.size());
            Appended spawned = send(new SpawnAgent(agent, ROLES.get(i), domain, List.of(domain, "reporting")), begun);
            send(new StartAgent(agent), spawned);
            idle.add(agent);
        }
        return begun;
    }

    private void planTasks(Appended begun) {
        for (int i = 1; i <= taskCount; i++) {
            String task = prefix + "task-" + i;
            List<String> needs = new ArrayList<>();
            for (int wanted = chance.nextInt(3); wanted > 0 && i > 1; wanted--) {
                String other = prefix + "task-" + (1 + chance.nextInt(i - 1));
                if (!needs.contains(other)) {
                    needs.add(other);
                }
            }
            dependencies.put(task, needs);
            String type = pick(TYPES);
            lastOfTask.put(
                    task,
                    send(
                            new CreateTask(
                                    task, type, type + " of the " + pick(WORK), null, pick(PRIORITIES), needs, null),
                            begun));
            if (needs.isEmpty()) {
                queue(task);
            } else {
                lastOfTask.put(task, send(new BlockTask(task, needs, null), lastOfTask.get(task)));
                blocked.add(task);
            }
        }
    }

    private boolean hasWork() {
        return !ready.isEmpty() && !idle.isEmpty();
    }

    private void assignWork() {
        while (hasWork()) {
            String agent = idle.poll();
            String task = ready.poll();
            Appended assigned = send(new AssignTask(agent, task), lastOfTask.get(task));
            Appended started = send(new StartTask(task, agent), assigned);
            lastOfTask.put(task, started);
            readMemories(agent, started);
            underWay.add(new Attempt(agent, task, started, now + 2_000 + chance.nextInt(20_000)));
        }
    }

    private void readMemories(String agent, Appended started) {
        for (int reads = chance.nextInt(3); reads > 0 && !memories.isEmpty(); reads--) {
            send(new RetrieveMemory(pick(memories)), started, agent);
        }
    }

    private void finish(Attempt attempt) {
        if (chance.nextInt(100) < 15) {
            fail(attempt);
        } else {
            complete(attempt);
        }
        idle.add(attempt.agent());
    }

    private void complete(Attempt attempt) {
        String memory = prefix + "mem-" + (memories.size() + 1);
        Appended stored = send(
                new StoreMemory(
                        memory, pick(NAMESPACES), attempt.task() + "-notes", "episodic", 200 + chance.nextInt(4_000)),
                attempt.started(),
                attempt.agent());
        memories.add(memory);
        Map<String, Object> result = Map.of("ok", true, "artifacts", List.of("src/" + attempt.task() + ".ts"));
        Appended done = send(new CompleteTask(attempt.task(), result), stored, attempt.agent());
        send(new CompleteAssignedTask(attempt.agent(), attempt.task(), result), done, attempt.agent());
        lastOfTask.put(attempt.task(), done);
        completed.add(attempt.task());
        unblock(done);
    }

    private void unblock(Appended done) {
        List<String> free = blocked.stream()
                .filter(task -> completed.containsAll(dependencies.get(task)))
                .sorted()
                .toList();
        blocked.removeAll(free);
        free.forEach(task -> {
            lastOfTask.put(task, done);
            queue(task);
        });
    }

    private void fail(Attempt attempt) {
        String error = pick(ERRORS);
        Appended failed = send(new FailTask(attempt.task(), error), attempt.started(), attempt.agent());
        lastOfTask.put(attempt.task(), failed);
        Appended agentFailed = send(new FailAgent(attempt.agent(), error), failed, attempt.agent());
        send(new ChangeAgentStatus(attempt.agent(), "idle"), agentFailed);
        if (attempts.merge(attempt.task(), 1, Integer::sum) < ATTEMPTS) {
            ready.add(attempt.task());
        } else {
            givenUp.add(attempt.task());
            send(new ReportSwarmError(swarmId(), attempt.task() + " is given up: " + error), failed);
            giveUpDependents(attempt.task(), failed);
        }
    }

    /** What waits for a task that is given up waits for ever: it is blocked by that, and counted as ended. */
    private void giveUpDependents(String task, Appended cause) {
        List<String> stuck = blocked.stream()
                .filter(one -> dependencies.get(one).contains(task))
                .sorted()
                .toList();
        blocked.removeAll(stuck);
        givenUp.addAll(stuck);
        for (String one : stuck) {
            giveUpDependents(one, send(new BlockTask(one, List.of(task), null), cause));
        }
    }

    private void queue(String task) {
        lastOfTask.put(task, send(new QueueTask(task), lastOfTask.get(task)));
        ready.add(task);
    }

    private void celebrate() {
        if (!halfDone && completed.size() * 2 >= taskCount) {
            halfDone = true;
            send(new ReachMilestone(swarmId(), prefix + "milestone-1", "Half of the tasks are done"), null);
        }
    }

    private void endSwarm() {
        send(new ChangePhase(swarmId(), "wrap-up"), null);
        for (int i = 0; i < memories.size(); i += 7) {
            LedgerCommand end = i % 2 == 0 ? new DeleteMemory(memories.get(i)) : new ExpireMemory(memories.get(i));
            send(end, null);
        }
        for (int i = ROLES.size(); i > 10; i--) {
            send(new StopAgent(prefix + "agent-" + i, "no work left"), null);
        }
        send(new ScaleSwarm(swarmId(), 10, "no work left"), null);
        send(new TerminateSwarm(swarmId(), completed.size() + " of " + taskCount + " tasks are done"), null);
    }

    private Appended send(LedgerCommand command, Appended cause) {
        return send(command, cause, Envelope.DEFAULT_SOURCE);
    }

    /** Records what {@code source} did, because of {@code cause}, and waits until it is on disk. */
    private Appended send(LedgerCommand command, Appended cause, String source) {
        now += 5 + chance.nextInt(60);
        Envelope envelope = Envelope.from(source)
                .at(now)
                .causedBy(cause == null ? null : cause.id())
                .correlatedWith(prefix + "run-1")
                .inSwarm(swarmId());
        return commands.sendAndWait(command, MetaData.from(envelope.toMetaData()));
    }

    private <T> T pick(List<T> among) {
        return among.get(chance.nextInt(among.size()));
    }
}
