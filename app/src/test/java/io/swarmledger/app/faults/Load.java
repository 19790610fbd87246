package io.swarmledger.app.faults;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.agent.FailAgent;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.DeleteMemory;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.swarm.ScaleSwarm;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;

/**
 * Commands of many clients, each told by its event id alone, so that another process can send the same one again. Some
 * go to an aggregate of the client's own, some to one that all clients share; some break a rule.
 */
final class Load {

    private static final int SHARED = 8;

    private Load() {}

    /** The id of the event that a client's n-th command asks for; {@code run} is another one in each process. */
    static String id(String run, int client, int n) {
        return run + "." + client + "." + n;
    }

    /** The command that asks for the event of that id. */
    static LedgerCommand command(String id) {
        String[] parts = id.split("\\.");
        int n = Integer.parseInt(parts[2]);
        String own = parts[0] + "-" + parts[1] + "-" + n / 10;
        String shared = String.valueOf((Integer.parseInt(parts[1]) + n) % SHARED);
        return switch (n % 10) {
            case 0 -> new CreateTask("task-" + own, "testing", "A task");
            case 1 -> new StoreMemory("memory-" + shared, "shared", "key " + shared, "episodic", n);
            case 2 -> new StartTask("task-" + own, "agent-" + own);
            case 3 -> new RetrieveMemory("memory-" + shared);
            case 4 -> new CompleteTask("task-" + own, "done");
            case 5 -> new SpawnAgent("agent-" + own, "tester");
            case 6 -> new DeleteMemory("memory-" + shared);
            case 7 -> new FailAgent("agent-" + own, "Timeout");
            case 8 -> new InitializeSwarm("swarm-" + shared, "mesh", 100);
            default -> new ScaleSwarm("swarm-" + shared, n % 100, "load");
        };
    }

    /** That command as it is sent, with its id. */
    static GenericCommandMessage<LedgerCommand> message(String id) {
        return new GenericCommandMessage<>(
                command(id),
                MetaData.from(Envelope.from(Envelope.DEFAULT_SOURCE).withId(id).toMetaData()));
    }
}
