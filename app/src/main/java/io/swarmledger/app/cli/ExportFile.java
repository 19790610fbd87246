package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.exports.Export;
import io.swarmledger.app.exports.Exported;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.SqliteEventLog;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes the log to a file, whole and to the character; beside a running service too.",
        mixinStandardHelpOptions = true)
final class ExportFile implements Callable<Integer> {

    @Mixin
    private DataOption data;

    @Parameters(paramLabel = "FILE", description = "The file to be made.")
    private Path file;

    @Option(
            names = "--format",
            defaultValue = "ndjson",
            description = "${COMPLETION-CANDIDATES}: an event a line, or a database that claude-flow V3 opens."
                    + " Default: ${DEFAULT-VALUE}")
    private Format format;

    @Option(names = "--force", description = "Over a file that is there, once the new one is whole.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    private enum Format {
        NDJSON("ndjson"),
        CLAUDE_FLOW("claude-flow");

        private final String name;

        Format(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public Integer call() {
        Path log = data.currentLog();
        Export export = new Export(new SqliteEventLog(SqliteConnections.reading(log)), LedgerFiles.around(log), force);
        Exported exported;
        try (Bar bar = new Bar("export", 0)) {
            exported = format == Format.NDJSON ? export.ndjson(file, bar::at) : export.claudeFlow(file, bar::at);
        }
        spec.commandLine()
                .getErr()
                .printf("%,d events and %,d snapshots in %s%n", exported.events(), exported.snapshots(), file);
        if (!exported.passedOver().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "claude-flow does not know the types of %,d of them, and passes over those: %s%n",
                            exported.passedOver().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum(),
                            exported.passedOver().entrySet().stream()
                                    .map(type -> type.getKey() + " (" + type.getValue() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        return 0;
    }
}
