package io.swarmledger.app.cli;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.app.door.Shown;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.incident.Alert;
import io.swarmledger.query.incident.Incident;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.search.FoundEvent;
import io.swarmledger.query.suspect.Differences.Difference;
import io.swarmledger.query.suspect.Suspects.Reason;
import io.swarmledger.query.suspect.Suspects.Suspect;
import io.swarmledger.query.suspect.Suspects.SuspectStep;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.usage.Usage;
import java.util.List;
import java.util.stream.Collectors;

/** What a person is shown of each kind of thing. */
final class Tables {

    /** So much of a text is shown before the first word in it that was looked for. */
    private static final int BEFORE_A_MATCH = 8;

    static final List<ColumnData<AgentView>> AGENTS = List.of(
            Output.id("AGENT", view -> view.agent().id()),
            Output.column("ROLE", view -> view.agent().role()),
            Output.column("STATUS", view -> view.agent().status()),
            Output.column("HEALTH", AgentView::health),
            Output.id("WORKS ON", view -> view.agent().currentTask()),
            Output.number("DONE", view -> view.agent().taskCount()),
            Output.number("FAILED", view -> view.agent().failedTasks().size()),
            Output.number("ERRORS", view -> view.agent().errorCount()),
            Output.time("LAST HEARD OF", view -> view.agent().lastHeardAt()));

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
            Output.time("LAST READ", memory -> memory.accessCount() == 0 ? null : memory.lastAccessedAt()),
            Output.column("IS", MemoryState::status));

    static final List<ColumnData<SwarmView>> SWARMS = List.of(
            Output.id("SWARM", view -> view.swarm().id()),
            Output.column("TOPOLOGY", view -> view.swarm().topology()),
            Output.column("STATUS", view -> view.swarm().status()),
            Output.column("PHASE", view -> view.swarm().phase()),
            Output.number("AGENTS", SwarmView::seenAgents),
            Output.number("SCALED TO", view -> view.swarm().agentCount()),
            Output.number("AT MOST", view -> view.swarm().maxAgents()),
            Output.number("MILESTONES", view -> view.swarm().milestones().size()),
            Output.number("ERRORS", view -> view.swarm().errorCount()),
            Output.column("LAST ERROR", view -> view.swarm().lastError()),
            Output.time("LAST HEARD OF", view -> view.swarm().lastActivityAt()));

    static final List<ColumnData<RecordedEvent>> EVENTS = List.of(
            Output.number("POSITION", RecordedEvent::position),
            Output.time("TIME", RecordedEvent::timestamp),
            Output.column("TYPE", RecordedEvent::type),
            Output.id("AGGREGATE", RecordedEvent::aggregateId),
            Output.number("VERSION", RecordedEvent::version),
            Output.id("SOURCE", RecordedEvent::source),
            Output.column("PAYLOAD", RecordedEvent::payload));

    static final List<ColumnData<FoundEvent>> FOUND = List.of(
            Output.number("POSITION", found -> found.event().position()),
            Output.time("TIME", found -> found.event().timestamp()),
            Output.column("TYPE", found -> found.event().type()),
            Output.id("AGGREGATE", found -> found.event().aggregateId()),
            Output.column("FOUND IN", Tables::matches));

    /** Each field with the text around the words, which are in brackets: the first of them is within the column. */
    private static String matches(FoundEvent found) {
        return found.matches().stream().map(Tables::match).collect(Collectors.joining("; "));
    }

    private static String match(FoundEvent.Match match) {
        String text = match.pieces().stream()
                .map(piece -> piece.isFound() ? "[" + piece.text() + "]" : piece.text())
                .collect(Collectors.joining());
        FoundEvent.Piece first = match.pieces().get(0);
        int before = first.isFound() ? 0 : first.text().length() - BEFORE_A_MATCH;
        return match.field() + ": " + (before > 0 ? "…" + text.substring(before) : text);
    }

    static final List<ColumnData<Usage>> USAGE = List.of(
            Output.id("WHICH", Usage::key),
            Output.number("CALLS", Usage::calls),
            Output.number("FAILED", Usage::failures),
            Output.number("TOKENS IN", usage -> usage.sums().inputTokens()),
            Output.number("OUT", usage -> usage.sums().outputTokens()),
            Output.number("FROM CACHE", usage -> usage.sums().cacheReadTokens()),
            Output.number("TO CACHE", usage -> usage.sums().cacheWriteTokens()),
            Output.column("USD", usage -> dollars(usage.sums().costUsd())),
            Output.number("P50 MS", usage -> usage.durations().p50()),
            Output.number("P95 MS", usage -> usage.durations().p95()),
            Output.number("MAX MS", usage -> usage.durations().max()));

    static final List<ColumnData<Incident>> INCIDENTS = List.of(
            Output.column("STATUS", Incident::status),
            Output.column("WHY", Incident::rule),
            Output.column("WHAT", Tables::whatIsWrong),
            Output.number("TIMES", Incident::count),
            Output.time("SINCE", Incident::since),
            Output.time(
                    "LAST",
                    incident -> incident.last() == null ? null : incident.last().timestamp()),
            Output.column("AGENTS", incident -> some(incident.agents(), incident.agentCount())),
            Output.column("TASKS", incident -> some(incident.tasks(), incident.taskCount())),
            Output.number("BLOCKED", Incident::blockedCount),
            Output.column("SWARM", incident -> some(incident.swarms(), incident.swarmCount())));

    static final List<ColumnData<Alert>> ALERTS = List.of(
            Output.column("RAISED BY", Alert::rule),
            Output.column("WHAT", Alert::title),
            Output.time("SINCE", Alert::at),
            Output.column("FOUND", Alert::note),
            Output.id("SWARM", Alert::swarmId),
            Output.id("INCIDENT", Alert::incidentId));

    static final List<ColumnData<Suspect>> SUSPECTS = List.of(
            Output.number("RANK", Suspect::rank),
            Output.id("AGENT", Suspect::agentId),
            Output.number("WEIGHT", Suspect::weight),
            Output.number("FAILURES", Suspect::failures),
            Output.column("WHY", suspect -> String.join(", ", suspect.rules())));

    static final List<ColumnData<SuspectStep>> SUSPECTED_STEPS = List.of(
            Output.number("RANK", SuspectStep::rank),
            Output.number("POSITION", step -> step.step().position()),
            Output.column("STEP", step -> step.step().type()),
            Output.id("AGENT", SuspectStep::agentId),
            Output.number("WEIGHT", SuspectStep::weight),
            Output.column(
                    "RULES", step -> step.reasons().stream().map(Reason::rule).collect(Collectors.joining(", "))),
            Output.column("WHY", step -> step.reasons().get(0).why()),
            Output.id("EVENT", step -> step.step().eventId()));

    static final List<ColumnData<Difference>> DIFFERENCES = List.of(
            Output.column("WITH", Difference::attribute),
            Output.column("WHICH", Difference::value),
            Output.number("FAILED", Difference::failed),
            Output.number("COMPLETED", Difference::completed),
            Output.number("OTHERS FAILED", Difference::otherFailed),
            Output.number("COMPLETED", Difference::otherCompleted),
            Output.column("DIFFERENCE", difference -> String.format("%+.1f %%", 100 * difference.difference())),
            Output.column("P", difference -> String.format("%.2g", difference.p())),
            Output.column("BY CHANCE", difference -> difference.isClear() ? "hardly" : "may be"));

    private Tables() {}

    private static String whatIsWrong(Incident incident) {
        String what = incident.cause() == null ? incident.title() : incident.cause();
        return incident.cause() == null || incident.tool() == null ? what : incident.tool() + ": " + what;
    }

    /** One of them, and how many more there are. */
    private static String some(List<String> listed, long count) {
        return listed.isEmpty() ? null : Shown.id(listed.get(0), 22) + (count > 1 ? " +" + (count - 1) : "");
    }

    private static String dollars(Double cost) {
        return cost == null ? null : String.format("%,.4f", cost);
    }

    private static String trouble(TaskState task) {
        if (!task.blockedBy().isEmpty()) {
            return "waits for " + String.join(", ", task.blockedBy());
        }
        return task.status().equals("failed") ? task.error() : null;
    }
}
