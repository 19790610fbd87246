package io.swarmledger.app.cli;

import io.swarmledger.app.door.Shown;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.log.sqlite.Verification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Checks the log: every link of its chain, its positions, its payloads, its file.",
            "Says ok, or names the first bad position; beside a running service too."
        },
        mixinStandardHelpOptions = true)
final class Verify implements Callable<Integer> {

    @Mixin
    private LedgerOption data;

    @Option(names = "--json", description = "Print the verdict as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path log = data.existingLog();
        if (data.acceptsLoss()) {
            OpenLedger.of(data).close();
        }
        Verdict verdict;
        try (Bar bar = new Bar("verify", 0)) {
            verdict = Verification.of(log, bar::at);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new Output(out, spec.commandLine().getErr()).json(verdict);
        } else if (verdict.ok()) {
            out.printf("ok: %,d events up to position %,d%n", verdict.events(), verdict.head());
        } else {
            verdict.problems().forEach(problem -> out.println(Shown.text(problem)));
        }
        return verdict.ok() ? 0 : 1;
    }
}
