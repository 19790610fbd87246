package io.swarmledger.app.cli;

import io.swarmledger.app.backup.Restore;
import io.swarmledger.app.log.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        description = "Checks a backup and puts it in the ledger's place, as a ledger with an id of its own.",
        mixinStandardHelpOptions = true)
final class RestoreBackup implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @Parameters(paramLabel = "FILE", description = "A file that backup wrote; it is only read.")
    private Path file;

    @Option(names = "--force", description = "Over a ledger that is there.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Verdict verdict;
        try (Bar bar = new Bar("restore", 0)) {
            verdict = Restore.of(file, data.directory, force, Clock.systemUTC(), bar::at);
        }
        spec.commandLine()
                .getErr()
                .printf(
                        "%,d events up to position %,d restored in %s%n",
                        verdict.events(), verdict.head(), data.directory);
        return 0;
    }
}
