package io.swarmledger.app.cli;

import io.swarmledger.app.backup.Fork;
import io.swarmledger.app.log.Verdict;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "fork",
        description = {
            "Copies the ledger up to a position into a new directory, as a ledger of its own that can be continued.",
            "The ledger itself is only read; beside a running service too."
        },
        mixinStandardHelpOptions = true)
final class ForkLedger implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @Parameters(paramLabel = "DIR", description = "The directory of the fork, where there is no ledger yet.")
    private String directory;

    @Option(
            names = "--at",
            paramLabel = "POSITION",
            required = true,
            description = "The last position that the fork has.")
    private long at;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Verdict verdict;
        try (Bar bar = new Bar("fork", 0)) {
            verdict = Fork.of(data.existingLog(), directory, at, Clock.systemUTC(), bar::at);
        }
        spec.commandLine()
                .getErr()
                .printf("%,d events up to position %,d forked into %s%n", verdict.events(), verdict.head(), directory);
        return 0;
    }
}
