package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.Appender;
import io.swarmledger.app.log.LogAdmin;
import io.swarmledger.app.log.conformance.LogConformance;
import io.swarmledger.query.log.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The log in an SQLite file does what every store must. */
class SqliteLogConformanceTest extends LogConformance {

    @TempDir
    Path directory;

    private LogFile file;

    @Override
    protected void open() {
        file = LogFile.open(directory.resolve("events.db"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Override
    protected EventLog log() {
        return file.events();
    }

    @Override
    protected Appender appender() {
        return file.writer();
    }

    @Override
    protected LogAdmin admin() {
        return file;
    }
}
