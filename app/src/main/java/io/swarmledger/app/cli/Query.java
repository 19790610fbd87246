package io.swarmledger.app.cli;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.app.door.Shown;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.search.FoundEvents;
import io.swarmledger.query.search.SearchEvents;
import io.swarmledger.query.suspect.Differences;
import io.swarmledger.query.suspect.FindDifferences;
import io.swarmledger.query.suspect.FindSuspects;
import io.swarmledger.query.suspect.Suspects;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.usage.GetUsage;
import io.swarmledger.query.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "query",
        description = "Asks the ledger; beside a running service too.",
        mixinStandardHelpOptions = true,
        subcommands = {
            Query.Agents.class,
            Query.Tasks.class,
            Query.Memories.class,
            Query.Swarms.class,
            Query.Events.class,
            Query.Stats.class,
            Query.UsageOfCalls.class,
            Query.SuspectsOf.class,
            Query.DifferencesOfFailures.class
        })
final class Query {

    /** What every question has. */
    abstract static class Question implements Callable<Integer> {

        @Spec
        CommandSpec spec;

        @Mixin
        DataOption data;

        @Option(names = "--json", description = "Print what HTTP would answer.")
        boolean json;

        @Option(names = "--swarm-id", paramLabel = "ID", description = "Of that swarm alone.")
        String swarmId;

        Output output() {
            return new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
        }
    }

    /** What every list has. */
    abstract static class ListQuestion extends Question {

        @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: 100")
        Integer limit;

        @Option(names = "--cursor", description = "Where the page before ended.")
        String cursor;

        <T> int answer(LedgerQuery query, Class<T> item, List<ColumnData<T>> columns) {
            Page<T> page = Answers.to(query, PageOf.items(item), data);
            if (json) {
                output().json(page);
            } else {
                output().page(page, columns);
            }
            return 0;
        }
    }

    abstract static class SortedQuestion extends ListQuestion {

        @Option(
                names = "--sort",
                paramLabel = "FIELD",
                description = "By that, with - before it for the greatest first. Default: id")
        String sort;
    }

    @Command(name = "agents", description = "The agents.", mixinStandardHelpOptions = true)
    static final class Agents extends SortedQuestion {

        @Option(names = "--status", description = "idle, active, blocked, completed or error")
        private String status;

        @Option(names = "--health", description = "ok, failing, silent or stopped")
        private String health;

        @Option(names = "--domain", description = "Of that domain alone.")
        private String domain;

        @Option(names = "--role", description = "Of that role alone.")
        private String role;

        @Option(names = "--parent", paramLabel = "ID", description = "Started by that agent.")
        private String parent;

        @Mixin
        private TimeOptions time;

        @Override
        public Integer call() {
            return answer(
                    new FindAgents(
                            status,
                            health,
                            domain,
                            role,
                            parent,
                            swarmId,
                            time.after(),
                            time.before(),
                            limit,
                            cursor,
                            sort),
                    AgentView.class,
                    Tables.AGENTS);
        }
    }

    @Command(name = "tasks", description = "The tasks.", mixinStandardHelpOptions = true)
    static final class Tasks extends SortedQuestion {

        @Option(
                names = "--status",
                description = "pending, queued, in-progress, blocked, completed, failed or cancelled")
        private String status;

        @Option(names = "--agent", paramLabel = "ID", description = "Assigned to that agent.")
        private String agent;

        @Option(names = "--type", description = "Of that type alone.")
        private String type;

        @Option(names = "--priority", description = "critical, high, medium or low")
        private String priority;

        @Option(
                names = "--stuck",
                description = "In progress, and nobody is known to work on it.",
                negatable = true,
                arity = "0",
                fallbackValue = "true")
        private Boolean stuck;

        @Mixin
        private TimeOptions time;

        @Override
        public Integer call() {
            return answer(
                    new FindTasks(
                            status,
                            agent,
                            type,
                            priority,
                            stuck,
                            swarmId,
                            time.after(),
                            time.before(),
                            limit,
                            cursor,
                            sort),
                    TaskState.class,
                    Tables.TASKS);
        }
    }

    @Command(name = "memories", description = "The memories.", mixinStandardHelpOptions = true)
    static final class Memories extends SortedQuestion {

        @Option(names = "--namespace", description = "Of that namespace alone.")
        private String namespace;

        @Option(names = "--type", description = "Of that type alone.")
        private String type;

        @Option(names = "--include-deleted", description = "Those that were deleted or expired too.")
        private boolean includeDeleted;

        @Override
        public Integer call() {
            return answer(
                    new FindMemories(namespace, type, includeDeleted, swarmId, limit, cursor, sort),
                    MemoryState.class,
                    Tables.MEMORIES);
        }
    }

    @Command(name = "swarms", description = "The swarms, by id.", mixinStandardHelpOptions = true)
    static final class Swarms extends ListQuestion {

        @Option(names = "--status", description = "initialized, active or terminated")
        private String status;

        @Override
        public Integer call() {
            return answer(new FindSwarms(status, swarmId, limit, cursor), SwarmView.class, Tables.SWARMS);
        }
    }

    @Command(name = "events", description = "The events, in the order of the log.", mixinStandardHelpOptions = true)
    static final class Events extends ListQuestion {

        @Option(names = "--aggregate-id", paramLabel = "ID", description = "Of that aggregate; may be repeated.")
        private List<String> aggregateIds;

        @Option(names = "--aggregate-type", description = "agent, task, memory or swarm; may be repeated.")
        private List<String> aggregateTypes;

        @Option(names = "--type", description = "Of that type, such as task:failed; may be repeated.")
        private List<String> types;

        @Mixin
        private TimeOptions time;

        @Option(names = "--from-version", paramLabel = "N", description = "Of that version or a higher one.")
        private Long fromVersion;

        @Option(names = "--after-position", paramLabel = "N", description = "Behind that position.")
        private Long afterPosition;

        @Option(names = "--correlation-id", paramLabel = "ID", description = "With that correlation id.")
        private String correlationId;

        @Option(names = "--tool", paramLabel = "NAME", description = "Only calls of that tool.")
        private String tool;

        @Option(names = "--model", paramLabel = "NAME", description = "Only calls of that model.")
        private String model;

        @Option(names = "--task-id", paramLabel = "ID", description = "Only calls that name that task.")
        private String taskId;

        @Option(names = "--offset", paramLabel = "N", description = "Pass over so many.")
        private Long offset;

        @Option(names = "--order", description = "${COMPLETION-CANDIDATES}. Default: asc; of a search desc")
        private Order order;

        @Option(
                names = "--search",
                paramLabel = "WORDS",
                description =
                        "With these words in them, from three letters on the beginning of one, the last part of an"
                                + " id from two on: \"these words\" as they stand there, field:word, -word for what is not"
                                + " to be there, is:failure.")
        private String search;

        @Option(names = "--failures", description = "Of a search only what says that something failed.")
        private boolean failures;

        private enum Order {
            asc,
            desc
        }

        @Override
        public Integer call() {
            return search == null && !failures
                    ? answer(asked(order == Order.desc), RecordedEvent.class, Tables.EVENTS)
                    : search(new SearchEvents(search, failures, asked(order != Order.asc)));
        }

        private FindEvents asked(boolean newestFirst) {
            return new FindEvents(
                    aggregateIds,
                    aggregateTypes,
                    types,
                    time.after(),
                    time.before(),
                    fromVersion,
                    afterPosition,
                    swarmId,
                    correlationId,
                    limit,
                    offset,
                    newestFirst,
                    cursor,
                    null,
                    tool,
                    model,
                    taskId);
        }

        private int search(SearchEvents query) {
            FoundEvents found = Answers.to(query, ResponseTypes.instanceOf(FoundEvents.class), data);
            if (json) {
                output().json(found);
                return 0;
            }
            output().page(found.page(), Tables.FOUND);
            if (found.partly() > 0) {
                output().note(found.partly() + " events are so long that only their beginning is searched");
            }
            return 0;
        }
    }

    @Command(
            name = "usage",
            description = "What agents called, how it went and what it took, the most calls first.",
            mixinStandardHelpOptions = true)
    static final class UsageOfCalls extends ListQuestion {

        @Option(names = "--by", required = true, description = "agent, task, model, tool or swarm")
        private String by;

        @Option(names = "--agent-id", paramLabel = "ID", description = "Of that agent alone.")
        private String agentId;

        @Mixin
        private TimeOptions time;

        @Override
        public Integer call() {
            return answer(
                    new GetUsage(by, swarmId, agentId, time.after(), time.before(), limit, cursor),
                    Usage.class,
                    Tables.USAGE);
        }
    }

    @Command(
            name = "suspects",
            description = {
                "Who, and which step, most likely caused that a task failed (--task-id), or what failed in a swarm",
                "and was left so (--swarm-id): by named rules over what is recorded."
            },
            mixinStandardHelpOptions = true)
    static final class SuspectsOf extends Question {

        @Option(names = "--task-id", paramLabel = "ID", description = "Of the last failure of that task.")
        private String taskId;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many agents and steps. Default: 100")
        private Integer limit;

        @Override
        public Integer call() {
            Optional<Suspects> found = Answers.to(
                    new FindSuspects(taskId, swarmId, limit), ResponseTypes.optionalInstanceOf(Suspects.class), data);
            if (found.isEmpty()) {
                output().note("The log knows no "
                        + (taskId == null ? "swarm " + Shown.cell(swarmId, 130) : "task " + Shown.cell(taskId, 130)));
                return 1;
            }
            Suspects suspects = found.get();
            if (json) {
                output().json(suspects);
                return 0;
            }
            output().table(suspects.agents(), Tables.SUSPECTS);
            output().table(suspects.steps(), Tables.SUSPECTED_STEPS);
            if (!suspects.isWhole()) {
                output().note("Not everything was looked at: the newest " + suspects.considered()
                        + " events of the swarm up to the failure, from position " + suspects.from() + " on"
                        + (suspects.failureCount() > suspects.failures().size()
                                ? ", and the newest " + suspects.failures().size() + " of " + suspects.failureCount()
                                        + " failures"
                                : ""));
            }
            return 0;
        }
    }

    @Command(
            name = "differences",
            description = {
                "What attempts at tasks that failed have in common that those that were completed have not:",
                "agent, role, type, attempt, model, tool, phase, sixth of the swarm's time, hour."
            },
            mixinStandardHelpOptions = true)
    static final class DifferencesOfFailures extends Question {

        @Mixin
        private TimeOptions time;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: 100")
        private Integer limit;

        @Override
        public Integer call() {
            Differences found = Answers.to(
                    new FindDifferences(swarmId, time.after(), time.before(), null, limit),
                    ResponseTypes.instanceOf(Differences.class),
                    data);
            if (json) {
                output().json(found);
                return 0;
            }
            output().table(found.items(), Tables.DIFFERENCES);
            output().note(found.failed() + " attempts failed, " + found.completed() + " were completed; "
                    + found.total() + " values were compared");
            if (!found.isWhole()) {
                output().note("Not everything was looked at: the newest " + found.considered()
                        + " events, from position " + found.from() + " on");
            }
            return 0;
        }
    }

    @Command(name = "stats", description = "What is in the log.", mixinStandardHelpOptions = true)
    static final class Stats extends Question {

        @Option(names = "--top", paramLabel = "N", description = "So many aggregates apart. Default: 100")
        private Integer top;

        @Override
        public Integer call() {
            LedgerStats stats =
                    Answers.to(new GetStats(swarmId, top), ResponseTypes.instanceOf(LedgerStats.class), data);
            if (json) {
                output().json(stats);
                return 0;
            }
            List<Map.Entry<String, Object>> lines = new ArrayList<>();
            lines.add(Map.entry("ledger", stats.ledgerId()));
            lines.add(Map.entry("events", stats.totalEvents()));
            lines.add(Map.entry("snapshots", stats.snapshotCount()));
            if (stats.totalEvents() > 0) {
                lines.add(Map.entry("oldest", Shown.time(stats.oldestEvent())));
                lines.add(Map.entry("newest", Shown.time(stats.newestEvent())));
            }
            stats.eventsByType().forEach((type, count) -> lines.add(Map.entry(type, count)));
            stats.eventsByAggregate().forEach((id, count) -> lines.add(Map.entry(Shown.id(id, 36), count)));
            output().table(
                            lines,
                            List.of(
                                    Output.column("WHAT", Map.Entry::getKey),
                                    Output.column("HOW MUCH", Map.Entry::getValue)));
            if (stats.eventsByAggregate().size() < stats.aggregateCount()) {
                output().note(stats.eventsByAggregate().size() + " of " + stats.aggregateCount()
                        + " aggregates, those with most events: --top lists more");
            }
            return 0;
        }
    }
}
