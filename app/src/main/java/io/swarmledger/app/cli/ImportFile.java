package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Imported;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.events.StoredTypes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = {
            "Imports an NDJSON export or a claude-flow events.db.",
            "All of it or nothing; run twice it adds nothing.",
            "Bad rows are named, with column and reason. Ends when the views have caught up."
        },
        mixinStandardHelpOptions = true)
final class ImportFile implements Callable<Integer> {

    @Mixin
    private LedgerOption data;

    @Parameters(paramLabel = "FILE", description = "What export wrote, or a database of claude-flow; it is only read.")
    private Path file;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description = "Put before every id, for a second run with the same ids.")
    private String prefix;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Import.requireSource(file, new LedgerFiles(Path.of(data.directory)));
        try (OpenLedger ledger = OpenLedger.of(data)) {
            Import into = new Import(ledger.bean(LogFile.class).writer(), ledger.bean(StoredTypes.class));
            Imported imported;
            try (Bar bar = new Bar("import", 0)) {
                imported = into.from(file, Optional.ofNullable(prefix), bar::at);
            } catch (RuntimeException failure) {
                ledger.bean(LedgerDirectory.class).withdraw();
                throw failure;
            }
            ledger.catchUp();
            spec.commandLine()
                    .getErr()
                    .printf(
                            "%,d events added, %,d were there already, %,d snapshots kept%n",
                            imported.added(), imported.alreadyThere(), imported.snapshots());
            return 0;
        }
    }
}
