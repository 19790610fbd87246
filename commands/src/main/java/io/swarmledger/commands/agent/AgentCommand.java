package io.swarmledger.commands.agent;

import io.swarmledger.commands.LedgerCommand;
import java.util.List;

/** What can be asked of an agent. */
public sealed interface AgentCommand extends LedgerCommand
        permits SpawnAgent,
                StartAgent,
                StopAgent,
                FailAgent,
                ChangeAgentStatus,
                AssignTask,
                CompleteAssignedTask,
                CallTool,
                CallModel,
                SendMessage {

    /** The statuses that an agent can be given. */
    List<String> STATUSES = List.of("idle", "active", "blocked", "completed", "error");

    @Override
    default String aggregateType() {
        return Agent.TYPE;
    }
}
