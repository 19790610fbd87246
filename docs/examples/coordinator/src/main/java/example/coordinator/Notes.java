package example.coordinator;

import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.agent.AgentTaskCompleted;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.springframework.stereotype.Component;

/** Keeps a note of each result. It is there when the command that brought the result is answered. */
@Component
@ProcessingGroup("notes")
class Notes {

    private final CommandGateway commands;

    Notes(CommandGateway commands) {
        this.commands = commands;
    }

    @EventHandler
    void on(AgentTaskCompleted completed, EventMessage<?> event) {
        commands.sendAndWait(
                new StoreMemory("result-of-" + completed.taskId(), "results", completed.taskId(), "episodic", 1),
                MetaData.from(
                        Envelope.from("notes").causedBy(event.getIdentifier()).toMetaData()));
    }
}
