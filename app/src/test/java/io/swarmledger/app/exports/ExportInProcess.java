package io.swarmledger.app.exports;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteEventLog;
import java.nio.file.Path;

/** Exports in a process of their own: the log's file, an NDJSON file, a database. Prints what they did. */
public final class ExportInProcess {

    private ExportInProcess() {}

    public static void main(String[] arguments) {
        Path log = Path.of(arguments[0]);
        try (var readers = LogFile.readers(log)) {
            Export export = new Export(new SqliteEventLog(readers), LedgerFiles.around(log), true);
            System.out.println(export.ndjson(Path.of(arguments[1]), Progress.SILENT));
            System.out.println(export.claudeFlow(Path.of(arguments[2]), Progress.SILENT));
        }
    }
}
