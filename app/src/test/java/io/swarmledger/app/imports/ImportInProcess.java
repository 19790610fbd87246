package io.swarmledger.app.imports;

import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.commands.AggregateTypes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** An import in a process of its own: the log's file, then the file to import. Prints what it did. */
final class ImportInProcess {

    private ImportInProcess() {}

    public static void main(String[] arguments) {
        try (LogFile ledger = LogFile.open(Path.of(arguments[0]), Clock.systemUTC())) {
            System.out.println(new Import(ledger, AggregateTypes.ofLedger().storedTypes())
                    .from(Path.of(arguments[1]), Optional.empty(), Progress.SILENT));
        }
    }
}
