package io.swarmledger.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Imports a claude-flow events.db, all or nothing; run twice it adds nothing.",
            "Bad rows are named, and then nothing is imported."
        },
        mixinStandardHelpOptions = true)
final class ImportFile implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @Parameters(paramLabel = "FILE", description = "The file to import; it is only read.")
    private Path file;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description = "Put before every id, for a second run with the same ids.")
    private String prefix;

    @Override
    public Integer call() {
        return 0;
    }
}
