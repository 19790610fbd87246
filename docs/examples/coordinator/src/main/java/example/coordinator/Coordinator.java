package example.coordinator;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.CompleteAssignedTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.task.CreateTask;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.stereotype.Component;

/** Leads a swarm: what it decides is recorded before anybody acts on it. */
@Component
class Coordinator {

    private final CommandGateway commands;

    Coordinator(CommandGateway commands) {
        this.commands = commands;
    }

    /** Has a new agent do a new task; answers the last event of it. */
    Appended haveDone(String agentId, String taskId, String title) {
        commands.sendAndWait(new SpawnAgent(agentId, "coder"));
        commands.sendAndWait(new CreateTask(taskId, "implementation", title));
        commands.sendAndWait(new AssignTask(agentId, taskId));
        return commands.sendAndWait(new CompleteAssignedTask(agentId, taskId, "done"));
    }
}
