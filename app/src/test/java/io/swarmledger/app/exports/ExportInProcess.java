package io.swarmledger.app.exports;

import io.swarmledger.app.imports.Progress;
import io.swarmledger.app.log.sqlite.LogFile;
import java.nio.file.Path;

/** Exports in a process of their own: the log's file, an NDJSON file, a database. Prints what they did. */
final class ExportInProcess {

    private ExportInProcess() {}

    public static void main(String[] arguments) {
        try (var readers = LogFile.readers(Path.of(arguments[0]))) {
            System.out.println(new Export(readers, true).ndjson(Path.of(arguments[1]), Progress.SILENT));
            System.out.println(new Export(readers, true).claudeFlow(Path.of(arguments[2]), Progress.SILENT));
        }
    }
}
