package io.swarmledger.commands.agent;

import io.swarmledger.commands.Rule;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.agent.AgentTaskCompleted;
import java.util.Optional;

/** An agent completes only what was assigned to it and is not completed yet. */
final class OnlyAssignedTaskCanBeCompleted implements Rule<Agent> {

    @Override
    public Optional<String> objection(Agent agent, LedgerEvent proposed) {
        return proposed instanceof AgentTaskCompleted completed
                ? Rule.brokenIf(!agent.hasTask(completed.taskId()), completed.taskId() + " is not assigned to it")
                : Optional.empty();
    }
}
