package io.swarmledger.app.cli;

import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.swarmledger.app.bench.BenchReport;
import io.swarmledger.app.bench.Benchmark;
import io.swarmledger.app.bench.HttpReport;
import io.swarmledger.app.bench.Machine;
import io.swarmledger.app.bench.Throughput;
import io.swarmledger.app.bench.TimeTravelReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = {
            "Measures throughput and latency beside SQLite itself and Axon as it comes, in one run.",
            "With --time-travel it measures instead what questions about the past cost, beside reading the log.",
            "With --http it measures instead what the service takes in over HTTP, beside the same work in process.",
            "Its ledgers are its own, in a private directory that is gone at the end."
        },
        mixinStandardHelpOptions = true)
final class Bench implements Callable<Integer> {

    /** With fewer some clients would have nothing to send, and there would be no task to ask for. */
    private static final long FEWEST_EVENTS = 2_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Scales everything; at least 2000. Default: ${DEFAULT-VALUE}")
    private long events;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Each figure is the median of so many rounds, a warm-up apart. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "The private directory is made in there: name one on the disk that is to be measured."
                    + " Default: ${DEFAULT-VALUE}")
    private Path parent;

    @Option(
            names = "--http",
            description = "Measure the service, in a process of its own: single appends over 64 connections that stay"
                    + " open, and bodies of 10,000 lines.")
    private boolean http;

    @Option(
            names = "--time-travel",
            description = "Measure the state of everything at positions anywhere in a log and in one of a tenth of its"
                    + " size, what changed, and what a rebuild of all views leaves of the rate of appends.")
    private boolean timeTravel;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (events < FEWEST_EVENTS) {
            throw new ParameterException(spec.commandLine(), "--events: " + events + " is less than " + FEWEST_EVENTS);
        }
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds: " + rounds + " is less than 1");
        }
        if (!Files.isDirectory(parent)) {
            throw new ParameterException(spec.commandLine(), "--dir: " + parent + " is no directory");
        }
        PrintWriter err = spec.commandLine().getErr();
        // Without it what Axon and the pools say at each start would lie among the results.
        System.clearProperty(CommandLineTool.LOGGING_WITHOUT_APPLICATION);
        Benchmark benchmark = new Benchmark(parent, events, rounds, err::println);
        Output output = new Output(spec.commandLine().getOut(), err);
        if (http && timeTravel) {
            throw new ParameterException(spec.commandLine(), "--http and --time-travel are two runs: give one of them");
        }
        if (timeTravel) {
            TimeTravelReport report = benchmark.runTimeTravel();
            show(report, output, () -> print(report, output));
        } else if (http) {
            HttpReport report = benchmark.runOverHttp();
            show(report, output, () -> print(report, output));
        } else {
            BenchReport report = benchmark.run();
            show(report, output, () -> print(report, output));
        }
        return 0;
    }

    private void show(Object report, Output output, Runnable print) {
        if (json) {
            output.json(report);
        } else {
            print.run();
        }
    }

    private record Cost(String what, Double perSecond, Double p50Ms, Double p99Ms, Double maxMs) {

        Cost(String what, TimeTravelReport.Latency latency) {
            this(what, null, latency.p50Ms(), latency.p99Ms(), latency.maxMs());
        }
    }

    private void print(TimeTravelReport report, Output output) {
        printHead(report.machine());
        output.table(
                List.of(
                        new Cost(
                                "raw scan",
                                Math.rint(1e3 * report.events() / report.scanMs()),
                                report.scanMs(),
                                null,
                                null),
                        new Cost("index of all moments", report.indexPerSecond(), null, null, null),
                        new Cost("state of everything", report.state()),
                        new Cost("the same in a log of a tenth", report.stateOfTenth()),
                        new Cost("what changed in 1,000 events", report.diff()),
                        new Cost("index of words", report.wordsPerSecond(), null, null, null),
                        new Cost("search by words", report.search()),
                        new Cost("commands with views, clients: 64", report.appends(), null, null, null),
                        new Cost("the same beside a rebuild of all", report.appendsBesideRebuild(), null, null, null)),
                List.of(
                        Output.column("MEASURED", Cost::what),
                        decimal("A SECOND", "%,.0f", Cost::perSecond),
                        decimal("P50 MS", "%,.1f", Cost::p50Ms),
                        decimal("P99 MS", "%,.1f", Cost::p99Ms),
                        decimal("MOST MS", "%,.1f", Cost::maxMs)));
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%n%,.0f bytes of index of all moments and %,.0f of words an event%n%n",
                        report.indexBytesPerEvent(),
                        report.wordBytesPerEvent());
        TimeTravelReport.Ratios ratios = report.ratios();
        output.table(
                List.of(
                        new Ratio("state of everything / raw scan of the log", ratios.stateToScan()),
                        new Ratio("state of everything / in a log of a tenth", ratios.stateToStateOfTenth()),
                        new Ratio("index of all moments / raw scan", ratios.indexToScan()),
                        new Ratio("commands beside a rebuild of all / without", ratios.besideRebuildToAppends())),
                RATIOS);
    }

    private void print(HttpReport report, Output output) {
        printHead(report.machine());
        output.table(
                List.of(
                        new Line("commands, clients: 64", report.commands64()),
                        new Line("commands with views, clients: 64", report.commands64WithViews()),
                        new Line("appends over HTTP, connections: 64", report.appends64()),
                        new Line("the same beside 500 consumers that stall", report.appends64BesideConsumers()),
                        new Line("import", report.bulkAppend()),
                        new Line(
                                String.format(Locale.ROOT, "a body of %,d lines over HTTP", report.ndjsonEvents()),
                                report.ndjson())),
                LINES);
        spec.commandLine().getOut().println();
        HttpReport.Ratios ratios = report.ratios();
        output.table(
                List.of(
                        new Ratio("appends over HTTP / commands", ratios.appends64ToCommands64()),
                        new Ratio("appends over HTTP / commands with views", ratios.appends64ToCommands64WithViews()),
                        new Ratio(
                                "the same beside consumers that stall / without", ratios.besideConsumersToAppends64()),
                        new Ratio("a body of lines over HTTP / import", ratios.ndjsonToBulkAppend())),
                RATIOS);
    }

    private void printHead(Machine machine) {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d events, medians of %d rounds, %d cores, %s, %s, %s on %s%n%n",
                        events,
                        rounds,
                        machine.cores(),
                        machine.java(),
                        machine.os(),
                        machine.directory(),
                        machine.fileSystem());
    }

    private void print(BenchReport report, Output output) {
        PrintWriter out = spec.commandLine().getOut();
        printHead(report.machine());
        output.table(lines(report), LINES);
        out.println();
        out.printf(
                Locale.ROOT,
                "Load of an aggregate of %,d events: %.1f ms with snapshot, %.1f ms without%n",
                report.aggregateLoadMs().events(),
                report.aggregateLoadMs().withSnapshot(),
                report.aggregateLoadMs().withoutSnapshot());
        out.printf(
                Locale.ROOT,
                "Query by id among %,d tasks: p50 %.3f ms, p99 %.3f ms%n",
                report.queryMs().tasks(),
                report.queryMs().p50(),
                report.queryMs().p99());
        out.printf(
                Locale.ROOT,
                "%.0f bytes on disk an event, %.0f MB of heap in use, %,.0f events behind were the views%n%n",
                report.bytesPerEvent(),
                report.heapMb(),
                report.commandsWithViews().behind());
        BenchReport.Ratios ratios = report.ratios();
        output.table(
                List.of(
                        new Ratio("commands, 64 clients / raw, 64 a transaction", ratios.commands64ToBatch64()),
                        new Ratio("the same with views / raw, 64 a transaction", ratios.withViewsToBatch64()),
                        new Ratio("commands, 64 clients / Axon as it comes", ratios.commands64ToStockAxon()),
                        new Ratio("commands, 1 client / raw, auto-commit", ratios.commands1ToAutocommit()),
                        new Ratio(
                                "commands, 64 clients, on the whole log / on a small one",
                                ratios.commandsOnLogToCommands64()),
                        new Ratio("import / raw, 1,000 a transaction", ratios.bulkAppendToBatch1000())),
                RATIOS);
    }

    private record Ratio(String compared, Double value) {}

    private static final List<ColumnData<Ratio>> RATIOS =
            List.of(Output.column("COMPARED", Ratio::compared), decimal("RATIO", "%.2f", Ratio::value));

    private record Line(String what, Double perSecond, Double p50Ms, Double p99Ms, Double p999Ms) {

        Line(String what, double perSecond) {
            this(what, perSecond, null, null, null);
        }

        Line(String what, Throughput throughput) {
            this(what, throughput.perSecond(), throughput.p50Ms(), throughput.p99Ms(), throughput.p999Ms());
        }
    }

    private static final List<ColumnData<Line>> LINES = List.of(
            Output.column("MEASURED", Line::what),
            decimal("A SECOND", "%,.0f", Line::perSecond),
            decimal("P50 MS", "%.3f", Line::p50Ms),
            decimal("P99 MS", "%.3f", Line::p99Ms),
            decimal("P99.9 MS", "%.3f", Line::p999Ms));

    private static List<Line> lines(BenchReport report) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("raw inserts, auto-commit", report.raw().autocommit()));
        lines.add(new Line("raw inserts, 64 a transaction", report.raw().batch64()));
        lines.add(new Line("raw inserts, 1,000 a transaction", report.raw().batch1000()));
        lines.add(new Line("raw scan", report.raw().scan()));
        lines.add(new Line("Axon as it comes, 64 clients", report.stockAxon()));
        report.commands()
                .forEach((clients, throughput) -> lines.add(new Line("commands, clients: " + clients, throughput)));
        BenchReport.LiveThroughput live = report.commandsWithViews();
        lines.add(new Line(
                "commands with views, clients: 64", live.perSecond(), live.p50Ms(), live.p99Ms(), live.p999Ms()));
        lines.add(new Line("the same until the views have seen them", live.perSecondToViews()));
        lines.add(new Line("commands, clients: 64, on the whole log", report.commandsOnLog()));
        lines.add(new Line("import", report.bulkAppend()));
        lines.add(new Line("views from nothing", report.catchUp()));
        report.rebuild().forEach((name, rate) -> lines.add(new Line("rebuild of " + name, rate)));
        return lines;
    }

    private static <T> ColumnData<T> decimal(String title, String format, Function<T, Double> value) {
        return new Column()
                .header(title)
                .headerAlign(HorizontalAlign.RIGHT)
                .dataAlign(HorizontalAlign.RIGHT)
                .with(row -> {
                    Double number = value.apply(row);
                    return number == null ? "" : String.format(Locale.ROOT, format, number);
                });
    }
}
