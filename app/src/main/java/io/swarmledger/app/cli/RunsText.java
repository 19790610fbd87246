package io.swarmledger.app.cli;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.app.door.Shown;
import io.swarmledger.query.run.RunComparison;
import io.swarmledger.query.run.RunComparison.Divergence;
import io.swarmledger.query.run.RunComparison.Point;
import io.swarmledger.query.run.RunComparison.Side;
import io.swarmledger.query.run.RunComparison.TaskOf;
import io.swarmledger.query.run.RunComparison.TaskPair;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How two runs differ, for a terminal. */
final class RunsText {

    private static final int ID = 60;

    private static final List<ColumnData<Side>> SIDES = List.of(
            Output.id("RUN", Side::swarmId),
            Output.time("BEGAN", Side::startedAt),
            Output.number("TOOK MS", side -> side.startedAt() == null ? null : side.endedAt() - side.startedAt()),
            Output.number("TASKS", Side::tasks),
            Output.number("COMPLETED", Side::completed),
            Output.number("FAILED", Side::failed),
            Output.number("AGENTS", Side::agents),
            Output.number("CALLS", Side::calls),
            Output.number("TOKENS", Side::tokens));

    private static final List<ColumnData<TaskPair>> TASKS = List.of(
            Output.id("TASK", pair -> pair.a() == null ? null : pair.a().taskId()),
            Output.id("THE OTHER'S", pair -> pair.b() == null ? null : pair.b().taskId()),
            Output.column("DIFFERS IN", pair -> String.join(", ", pair.differs())),
            Output.column("FIRST", pair -> told(pair, pair.a())),
            Output.column("SECOND", pair -> told(pair, pair.b())));

    private final PrintWriter out;
    private final Output output;

    RunsText(PrintWriter out, Output output) {
        this.out = out;
        this.output = output;
    }

    void print(RunComparison runs) {
        output.table(List.of(runs.a(), runs.b()), SIDES);
        out.println();
        out.println(parting(runs.divergence()));
        out.println(runs.matched() + " tasks are in both: " + runs.same() + " of them differ in nothing"
                + (runs.differing().isEmpty() ? "." : "; in " + counted(runs.differing()) + "."));
        if (runs.onlyInA() + runs.onlyInB() > 0) {
            out.println(runs.onlyInA() + " are only in the first run, " + runs.onlyInB() + " only in the second.");
        }
        if (runs.agentCount() > 0) {
            out.println(runs.agentCount() + " agents are not alike: --json tells them.");
        }
        if (!runs.items().isEmpty()) {
            out.println();
            output.table(runs.items(), TASKS);
        }
        out.flush();
        output.note(runs.items().size() + " of " + runs.total() + " tasks that differ; read up to position "
                + runs.a().position() + " and " + runs.b().position());
        if (runs.next() != null) {
            output.note("Next page: --cursor " + runs.next());
        }
        for (Side side : List.of(runs.a(), runs.b())) {
            if (!side.isWhole()) {
                output.note("Only the first " + side.events() + " events of " + Shown.cell(side.swarmId(), ID)
                        + " were read: there are more");
            }
        }
    }

    private static String counted(Map<String, Long> differing) {
        return differing.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String parting(Divergence found) {
        if (found == null) {
            return "Both did the same.";
        }
        String begins = "They part first in a course of events of "
                + (found.of().equals("agent") ? "an " : "a ") + found.of() + ", ";
        if (found.a() == null) {
            return begins + "behind #" + found.positionA() + " of the first: only the second has "
                    + described(found.b()) + ".";
        }
        if (found.b() == null) {
            return begins + "at " + described(found.a()) + ": the second, behind its #" + found.positionB()
                    + ", has none.";
        }
        return begins + "in " + String.join(", ", found.differs()) + ": " + described(found.a()) + " in the first, "
                + described(found.b()) + " in the second.";
    }

    private static String described(Point point) {
        return "#" + point.position() + " " + Shown.cell(point.type(), ID) + " of "
                + Shown.cell(point.aggregateId(), ID)
                + (point.said() == null ? "" : " (" + Shown.cell(point.said(), ID) + ")");
    }

    /** What it differs in first. */
    private static Object told(TaskPair pair, TaskOf task) {
        if (task == null) {
            return null;
        }
        return switch (pair.differs().get(0)) {
            case "failures" -> task.failures() + (task.error() == null ? "" : ": " + task.error());
            case "attempts" -> task.attempts();
            case "result" -> task.result();
            case "agent" -> task.agentId();
            case "order" -> task.place();
            case "title" -> task.title();
            case "calls" -> task.calls();
            case "tokens" -> task.tokens();
            case "cost" -> task.costUsd();
            case "duration" -> task.duration() == null ? null : Math.round(task.duration()) + " ms";
            default -> task.outcome();
        };
    }
}
