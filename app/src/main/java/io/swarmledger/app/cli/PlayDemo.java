package io.swarmledger.app.cli;

import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.memory.FindHotMemories;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.TaskState;
import io.swarmledger.query.task.TaskStatistics;
import io.swarmledger.query.view.Positions;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Plays a swarm of 15 agents through the command gateway, live, and prints what the queries say.",
        mixinStandardHelpOptions = true)
final class PlayDemo implements Callable<Integer> {

    @Mixin
    private LedgerOption data;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "" + DemoSwarm.TASKS,
            description = "How many. Default: ${DEFAULT-VALUE}")
    private int tasks;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + DemoSwarm.SEED,
            description = "Chance begins with it. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (tasks < 1) {
            throw new ParameterException(spec.commandLine(), "--tasks: " + tasks + " is less than 1");
        }
        try (OpenLedger ledger = OpenLedger.of(data)) {
            String prefix = freePrefix(ledger);
            double start = DemoSwarm.startFor(tasks, Clock.systemUTC().millis());
            DemoSwarm swarm;
            try (Bar bar = new Bar("tasks", tasks)) {
                swarm = new DemoSwarm(ledger.commands(), prefix, tasks, seed, start, (done, all) -> bar.at(done));
                swarm.play();
            }
            report(ledger, swarm.swarmId());
            return 0;
        }
    }

    /** Ids are unique in a ledger: where a demo was played before, those of the next one begin with its number. */
    private static String freePrefix(OpenLedger ledger) {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> number == 1 ? "" : "demo" + number + "-")
                .filter(prefix ->
                        Stream.of("swarm", "agent-1", "task-1", "mem-1").noneMatch(id -> isTaken(ledger, prefix + id)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isTaken(OpenLedger ledger, String id) {
        return ledger.queries()
                .query(StateOf.now(id), ResponseTypes.optionalInstanceOf(StateThen.class))
                .join()
                .isPresent();
    }

    private void report(OpenLedger ledger, String swarmId) {
        PrintWriter out = spec.commandLine().getOut();
        Output output = new Output(out, spec.commandLine().getErr());
        out.println("Agents");
        output.table(ask(ledger, FindAgents.all().with(q -> q.swarmId(swarmId)), AgentView.class), Tables.AGENTS);
        out.println();
        TaskStatistics statistics = ledger.queries()
                .query(atHead(ledger, new GetTaskStatistics(swarmId)), ResponseTypes.instanceOf(TaskStatistics.class))
                .join();
        out.println("Tasks: "
                + String.join(
                        ", ",
                        statistics.byStatus().entrySet().stream()
                                .filter(entry -> entry.getValue() > 0)
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .toList()));
        for (String status : List.of("failed", "blocked")) {
            List<TaskState> trouble =
                    ask(ledger, FindTasks.all().with(q -> q.swarmId(swarmId).status(status)), TaskState.class);
            if (!trouble.isEmpty()) {
                output.table(trouble, Tables.TASKS);
            }
        }
        out.println();
        out.println("Memories read most often");
        output.table(ask(ledger, new FindHotMemories(null, swarmId, 5, null), MemoryState.class), Tables.MEMORIES);
        out.println();
        output.table(ask(ledger, FindSwarms.all().with(q -> q.swarmId(swarmId)), SwarmView.class), Tables.SWARMS);
        spec.commandLine().getErr().println("Ask on: query tasks --data " + data.directory + ", state " + swarmId);
    }

    private static <T> List<T> ask(OpenLedger ledger, LedgerQuery query, Class<T> item) {
        Page<T> page = ledger.queries()
                .query(atHead(ledger, query), PageOf.items(item))
                .join();
        return page.items();
    }

    private static Object atHead(OpenLedger ledger, LedgerQuery query) {
        return AtLeast.position(ledger.bean(Positions.class).of(LedgerQuery.LOG), query);
    }
}
