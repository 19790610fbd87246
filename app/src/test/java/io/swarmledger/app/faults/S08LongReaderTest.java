package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.sqlite.LogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S8 a reader open under writes")
class S08LongReaderTest {

    private static final long LIMIT = 64L << 20;
    private static final int EVENTS = 1_000;

    @TempDir
    Path directory;

    /** Nobody can copy back what a reader has not let go of; once it has, the log's size is what it is limited to. */
    @Test
    void theWriteAheadLogShrinksToItsLimitOnceTheReaderIsGone() throws Exception {
        Path file = directory.resolve("events.db");
        Path writeAheadLog = directory.resolve("events.db-wal");
        AtomicLong version = new AtomicLong(1);
        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            append(log, version);
            try (Connection reader = log.readers().getConnection();
                    Statement statement = reader.createStatement()) {
                reader.setAutoCommit(false);
                long seen = count(statement);
                while (Files.size(writeAheadLog) < LIMIT * 5 / 4) {
                    append(log, version);
                }
                assertThat(count(statement)).as("one moment of the log").isEqualTo(seen);
                reader.rollback();
            }

            Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
                BigLog.append(log.writer(), version.getAndIncrement(), 1);
                return Files.size(writeAheadLog) <= LIMIT;
            });
        }
        assertThat(writeAheadLog).doesNotExist();
    }

    private static void append(LogFile log, AtomicLong version) throws Exception {
        BigLog.append(log.writer(), version.getAndAdd(EVENTS), EVENTS);
    }

    private static long count(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM DomainEventEntry")) {
            return row.getLong(1);
        }
    }
}
