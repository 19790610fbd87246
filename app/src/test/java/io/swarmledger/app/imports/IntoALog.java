package io.swarmledger.app.imports;

import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.commands.AggregateTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Files are imported into a log that is empty before each test. */
public abstract class IntoALog {

    @TempDir
    protected Path directory;

    protected Path log;
    protected LogFile ledger;

    @BeforeEach
    void open() {
        log = directory.resolve("events.db");
        ledger = LogFile.open(log, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    protected Imported take(Path file) {
        return take(file, null);
    }

    protected Imported take(Path file, String prefix) {
        return new Import(ledger, AggregateTypes.ofLedger().storedTypes())
                .from(file, Optional.ofNullable(prefix), Progress.SILENT);
    }

    /** An NDJSON file. */
    protected Path lines(String... lines) throws Exception {
        return Files.write(directory.resolve("file.ndjson"), List.of(lines));
    }

    /** Of a statement that finds one text a row. */
    protected List<String> texts(String sql) throws Exception {
        return ClaudeFlowDatabase.rows(log, sql).stream()
                .map(row -> row.substring("String ".length(), row.length() - " | ".length()))
                .toList();
    }
}
