package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.imports.Formats;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.imports.Imported;
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

    @Parameters(paramLabel = "PATH", description = "What export wrote, or a database of claude-flow; it is only read.")
    private Path path;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description = "Put before every id, for a second run with the same ids.")
    private String prefix;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Formats.ofLedger().require(path, new LedgerFiles(Path.of(data.directory)));
        try (OpenLedger ledger = OpenLedger.of(data)) {
            Imported imported;
            try (Bar bar = new Bar("import", 0)) {
                imported = ledger.bean(Import.class).from(path, Optional.ofNullable(prefix), bar::at);
            } catch (RuntimeException failure) {
                ledger.bean(LedgerDirectory.class).withdraw();
                throw failure;
            }
            ledger.catchUp();
            return new ImportText(spec.commandLine().getErr()).tell(imported);
        }
    }
}
