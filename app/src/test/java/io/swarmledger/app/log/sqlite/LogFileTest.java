package io.swarmledger.app.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.EventRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path directory;

    /** Fault E4: the log lost its tail, and the next events would find a snapshot of what they are not. */
    @Test
    void snapshotsAheadOfTheLogAreForgottenWhenItIsOpened() throws Exception {
        Path file = directory.resolve("events.db");
        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            log.writer().append(List.of(LogWriterTest.row("a", 0), LogWriterTest.row("a", 1)));
            log.writer().transact((connection, next) -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("INSERT INTO SnapshotEventEntry (aggregateIdentifier,"
                            + " sequenceNumber, type, eventIdentifier, timeStamp, payloadType, payload) VALUES"
                            + " ('a', 1, 'task', 's1', 0, 'task-snapshot', '{}'),"
                            + " ('a', 2, 'task', 's2', 0, 'task-snapshot', '{}'),"
                            + " ('gone', 0, 'task', 's3', 0, 'task-snapshot', '{}')");
                }
            });
        }

        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            assertThat(snapshots(log)).containsExactly("a/1");
        }
    }

    @Test
    void whoeverReadsWhileItIsMovedAwayLeavesNothingInItsPlace() {
        Path file = directory.resolve("events.db");
        for (SqliteConnections readers : List.of(
                SqliteConnections.reading(file), SqliteConnections.asking(file), SqliteConnections.foreign(file))) {
            assertThatThrownBy(readers::getConnection).isInstanceOf(SQLException.class);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void theWriteAheadLogIsCopiedBackWhileTheWriterWritesAndDoesNotGrowWithoutEnd() throws Exception {
        Path file = directory.resolve("events.db");
        Path writeAheadLog = directory.resolve("events.db-wal");
        try (LogFile log = LogFile.open(file, Clock.systemUTC())) {
            long version = 0;
            long largest = 0;
            for (int group = 0; group < 700; group++) {
                List<EventRow> rows = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    rows.add(LogWriterTest.row("a", version++));
                }
                log.writer().append(rows);
                largest = Math.max(largest, Files.size(writeAheadLog));
            }

            Awaitility.await().until(() -> Files.size(file) > 1 << 20);
            assertThat(largest).isLessThan(64L << 20);
        }
        assertThat(writeAheadLog).doesNotExist();
    }

    private static List<String> snapshots(LogFile log) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Connection connection = log.readers().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT aggregateIdentifier || '/' || sequenceNumber FROM SnapshotEventEntry")) {
            while (row.next()) {
                result.add(row.getString(1));
            }
        }
        return result;
    }
}
