package io.swarmledger.app.bench;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.swarm.ReachMilestone;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.QueueTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;

/**
 * One client: it raises a swarm and an agent of its own, then has one task after the other done, with a memory each and
 * now and then a milestone. Ten commands a task or so, over four aggregates, two of them new; each waits for the answer
 * to the one before and names it as its cause.
 */
final class Coordinator {

    private static final int TASKS_A_MILESTONE = 8;

    private final String name;
    private final String swarm;
    private final String agent;
    private final Queue<LedgerCommand> next = new ArrayDeque<>();
    private String cause;
    private int tasks;

    /** A client whose ids begin with {@code name}. */
    Coordinator(String name) {
        this.name = name;
        swarm = name + "-swarm";
        agent = name + "-agent";
        next.add(new InitializeSwarm(swarm, "hierarchical-mesh", 15));
        next.add(new SpawnAgent(agent, "core-implementer", "core", List.of("core", "reporting")));
        next.add(new StartAgent(agent));
    }

    /** What it sends next. */
    CommandMessage<LedgerCommand> next() {
        if (next.isEmpty()) {
            plan();
        }
        Envelope envelope = Envelope.from(agent).correlatedWith(name).inSwarm(swarm);
        return new GenericCommandMessage<>(
                next.remove(), MetaData.from((cause == null ? envelope : envelope.causedBy(cause)).toMetaData()));
    }

    /** What it sends next was caused by the event of that id. */
    void goOnFrom(String eventId) {
        cause = eventId;
    }

    private void plan() {
        tasks++;
        String task = name + "-task-" + tasks;
        String memory = name + "-memory-" + tasks;
        Map<String, Object> result = Map.of("ok", true, "artifacts", List.of("src/" + task + ".ts"));
        next.add(new CreateTask(
                task,
                "implementation",
                "implementation of the event store",
                null,
                "high",
                tasks == 1 ? List.of() : List.of(name + "-task-" + (tasks - 1)),
                null));
        next.add(new QueueTask(task));
        next.add(new AssignTask(agent, task));
        next.add(new StartTask(task, agent));
        next.add(new StoreMemory(memory, "task-results", task + "-notes", "episodic", 1_000L + tasks));
        next.add(new RetrieveMemory(memory));
        next.add(new RetrieveMemory(memory));
        next.add(new CompleteTask(task, result));
        next.add(new CompleteAssignedTask(agent, task, result));
        if (tasks % TASKS_A_MILESTONE == 0) {
            next.add(new ReachMilestone(swarm, name + "-milestone-" + tasks, tasks + " tasks are done"));
        }
    }
}
