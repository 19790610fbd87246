package io.swarmledger.app.cli;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.swarm.SwarmState;
import io.swarmledger.query.task.TaskState;
import java.util.List;

/** What a person is shown of each kind of thing. */
final class Tables {

    static final List<ColumnData<AgentView>> AGENTS = List.of(
            Output.id("AGENT", view -> view.agent().id()),
            Output.column("ROLE", view -> view.agent().role()),
            Output.column("STATUS", view -> view.agent().status()),
            Output.column("HEALTH", AgentView::health),
            Output.id("WORKS ON", view -> view.agent().currentTask()),
            Output.number("DONE", view -> view.agent().taskCount()),
            Output.number("FAILED", view -> view.agent().failedTasks().size()),
            Output.number("ERRORS", view -> view.agent().errorCount()),
            Output.time("LAST HEARD OF", view -> view.agent().lastActivityAt()));

    static final List<ColumnData<TaskState>> TASKS = List.of(
            Output.id("TASK", TaskState::id),
            Output.column("TITLE", TaskState::title),
            Output.column("STATUS", TaskState::status),
            Output.column("PRIORITY", TaskState::priority),
            Output.id("AGENT", TaskState::assignedAgent),
            Output.number("RETRIES", TaskState::retryCount),
            Output.number("MILLISECONDS", TaskState::duration),
            Output.column("WHY NOT", Tables::trouble));

    static final List<ColumnData<MemoryState>> MEMORIES = List.of(
            Output.id("MEMORY", MemoryState::id),
            Output.column("NAMESPACE", MemoryState::namespace),
            Output.column("KEY", MemoryState::key),
            Output.column("TYPE", MemoryState::type),
            Output.number("BYTES", MemoryState::size),
            Output.number("READS", MemoryState::accessCount),
            Output.time("LAST READ", MemoryState::lastAccessedAt),
            Output.column("IS", MemoryState::status));

    static final List<ColumnData<SwarmState>> SWARMS = List.of(
            Output.id("SWARM", SwarmState::id),
            Output.column("TOPOLOGY", SwarmState::topology),
            Output.column("STATUS", SwarmState::status),
            Output.column("PHASE", SwarmState::phase),
            Output.number("AGENTS", SwarmState::agentCount),
            Output.number("AT MOST", SwarmState::maxAgents),
            Output.number("MILESTONES", swarm -> swarm.milestones().size()),
            Output.number("ERRORS", SwarmState::errorCount),
            Output.column("LAST ERROR", SwarmState::lastError),
            Output.time("LAST HEARD OF", SwarmState::lastActivityAt));

    static final List<ColumnData<RecordedEvent>> EVENTS = List.of(
            Output.number("POSITION", RecordedEvent::position),
            Output.time("TIME", RecordedEvent::timestamp),
            Output.column("TYPE", RecordedEvent::type),
            Output.id("AGGREGATE", RecordedEvent::aggregateId),
            Output.number("VERSION", RecordedEvent::version),
            Output.id("SOURCE", RecordedEvent::source),
            Output.column("PAYLOAD", RecordedEvent::payload));

    private Tables() {}

    private static String trouble(TaskState task) {
        if (!task.blockedBy().isEmpty()) {
            return "waits for " + String.join(", ", task.blockedBy());
        }
        return task.status().equals("failed") ? task.error() : null;
    }
}
