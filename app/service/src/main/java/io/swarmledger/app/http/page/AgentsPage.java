package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.Page;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.agent.AgentMetrics;
import io.swarmledger.query.agent.AgentState;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.agent.GetAgentMetrics;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.task.CountTasks;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.GetTask;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.usage.GetUsage;
import io.swarmledger.query.usage.Usage;
import io.swarmledger.query.view.SwarmCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The agents, and one of them closely: what it works on, what it failed at. */
@Hidden
@Controller
final class AgentsPage {

    private static final int LIMIT = 50;

    private static final int TASKS = 20;
    private static final int ERRORS = 10;
    private static final int CHILDREN = 20;
    private static final int CALLED = 15;
    private static final int CALLS = 15;
    private static final long CHARACTERS = 4_000;
    private static final List<String> OF_CALLS = List.of("agent:tool-called", "agent:model-called");

    private final Gateways gateways;

    AgentsPage(Gateways gateways) {
        this.gateways = gateways;
    }

    /** As in {@link FindAgents}. */
    record Filter(
            String status,
            String health,
            String domain,
            String role,
            String parent,
            String swarmId,
            Integer limit,
            String cursor,
            String sort) {

        FindAgents query() {
            Range range = Range.current();
            return new FindAgents(
                    Given.orNull(status),
                    Given.orNull(health),
                    Given.orNull(domain),
                    Given.orNull(role),
                    Given.orNull(parent),
                    Given.orNull(swarmId),
                    range.from(),
                    range.to(),
                    limit == null ? LIMIT : Math.min(limit, 500),
                    Given.orNull(cursor),
                    Given.orNull(sort));
        }
    }

    /**
     * One agent closely.
     *
     * @param tasks assigned to it
     * @param errors its failures, the newest first
     * @param stop its end, {@code null} if it was not stopped
     * @param standing how the task stands that it was given last
     * @param children whom it started
     * @param usage what it called, by tool and then by model
     * @param calls its last calls, the newest first
     * @param hasMoreCalls whether there are others before those
     */
    record Opened(
            AgentView view,
            Page<TaskState> tasks,
            List<Failure> errors,
            long errorsInAll,
            Failure stop,
            Map<String, String> standing,
            Page<AgentView> children,
            List<Usage> usage,
            List<Call> calls,
            boolean hasMoreCalls) {}

    /** A call of an agent, in words. */
    record Call(RecordedEvent event, Sentence said) {}

    /** A failure of an agent, or its end. */
    record Failure(RecordedEvent event, String said) {}

    @GetMapping("/agents")
    String page(@ModelAttribute Filter filter, @RequestParam(required = false) String id, Model page) {
        Page<AgentView> agents = NaturalOrder.of(
                gateways.page(filter.query(), AgentView.class, null),
                Given.orNull(filter.cursor()),
                Given.orNull(filter.sort()),
                view -> view.agent().id());
        page.addAttribute("filter", filter)
                .addAttribute("statuses", StatusCounts.OF_AGENTS)
                .addAttribute("healths", AgentHealth.ALL)
                .addAttribute("agents", agents)
                .addAttribute("standing", standing(agents.items()))
                .addAttribute("opened", opened(Given.orNull(id)));
        return "agents";
    }

    /** How the tasks that agents were given last stand by now, which need not be in their hands any more. */
    private Map<String, String> standing(List<AgentView> agents) {
        Map<String, String> standing = new HashMap<>();
        for (AgentView view : agents) {
            String task = view.agent().currentTask();
            TaskState state = task == null ? null : gateways.ask(new GetTask(task), TaskState.class, null);
            if (state != null) {
                standing.put(task, state.status());
            }
        }
        return standing;
    }

    /** A part of the page that is fetched when the rest is there: it looks at each agent. */
    @GetMapping("/agents/metrics")
    String metrics(@RequestParam(required = false) String swarmId, Model page) {
        SwarmCounts tasks = gateways.ask(
                new CountTasks(Given.orNull(swarmId) == null ? List.of() : List.of(swarmId)), SwarmCounts.class, null);
        page.addAttribute("swarmId", Given.orNull(swarmId))
                .addAttribute(
                        "failedTasks",
                        tasks.bySwarm().values().stream()
                                .mapToLong(counts -> counts.getOrDefault("failed", 0L))
                                .sum())
                .addAttribute(
                        "metrics", gateways.ask(new GetAgentMetrics(Given.orNull(swarmId)), AgentMetrics.class, null));
        return "agent-metrics";
    }

    private List<Usage> usage(AgentState agent) {
        List<Usage> usage = new ArrayList<>();
        if (agent.calls().toolCalls() > 0) {
            usage.addAll(usage("tool", agent.id()));
        }
        if (agent.calls().modelCalls() > 0) {
            usage.addAll(usage("model", agent.id()));
        }
        return usage;
    }

    private List<Usage> usage(String by, String id) {
        return gateways.page(GetUsage.by(by).with(of -> of.agentId(id).limit(CALLED)), Usage.class, null)
                .items();
    }

    /** Why it was stopped; {@code null} if it was not. */
    private Failure stopOf(AgentState agent) {
        return agent.stoppedAt() == null
                ? null
                : gateways
                        .page(
                                FindEvents.of(agent.id()).with(events -> events.types(List.of("agent:stopped"))
                                        .descending(true)
                                        .limit(1)),
                                RecordedEvent.class,
                                null)
                        .items()
                        .stream()
                        .map(event -> new Failure(event, Said.of(event)))
                        .findFirst()
                        .orElse(null);
    }

    private Opened opened(String id) {
        if (id == null) {
            return null;
        }
        AgentView view = gateways.get(new GetAgent(id), AgentView.class, null, "agent " + id);
        Page<TaskState> tasks =
                gateways.page(FindTasks.all().with(of -> of.agent(id).limit(TASKS)), TaskState.class, null);
        Page<RecordedEvent> errors = gateways.page(
                FindEvents.of(id).with(events -> events.types(List.of("agent:failed"))
                        .descending(true)
                        .limit(ERRORS)),
                RecordedEvent.class,
                null);
        Page<RecordedEvent> calls = gateways.page(
                FindEvents.of(id).with(events -> events.types(OF_CALLS)
                        .descending(true)
                        .limit(CALLS)
                        .payloadCharacters(CHARACTERS)),
                RecordedEvent.class,
                null);
        return new Opened(
                view,
                tasks,
                errors.items().stream()
                        .map(event -> new Failure(event, Said.of(event)))
                        .toList(),
                errors.total(),
                stopOf(view.agent()),
                standing(List.of(view)),
                gateways.page(FindAgents.all().with(of -> of.parent(id).limit(CHILDREN)), AgentView.class, null),
                usage(view.agent()),
                calls.items().stream()
                        .map(event -> new Call(event, Sentence.of(event)))
                        .toList(),
                calls.next() != null);
    }
}
