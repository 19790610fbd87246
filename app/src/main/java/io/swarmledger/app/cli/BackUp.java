package io.swarmledger.app.cli;

import io.swarmledger.app.backup.Backup;
import io.swarmledger.app.log.Verdict;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description = "Copies the log to one file, and checks the copy; beside a running service too.",
        mixinStandardHelpOptions = true)
final class BackUp implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @Parameters(paramLabel = "FILE", description = "The file to be made.")
    private Path file;

    @Option(names = "--force", description = "Over a file that is there, once the new one is whole.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path log = data.existingLog();
        Verdict verdict;
        try (Bar bar = new Bar("backup", 0)) {
            verdict = Backup.of(log, file, force, bar::at);
        }
        spec.commandLine()
                .getErr()
                .printf("%,d events up to position %,d in %s, checked%n", verdict.events(), verdict.head(), file);
        return 0;
    }
}
