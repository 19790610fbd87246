package io.swarmledger.app.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.worker.Workers;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever SQLite itself does to its write-ahead log, and others through SQLite, it is whole; what others cut it is not. */
class WriteAheadLogTest {

    private static final int ROUNDS = 30;

    @TempDir
    Path directory;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private Path file;
    private Path writeAheadLog;
    private long version;

    @BeforeEach
    void make() {
        file = directory.resolve("events.db");
        writeAheadLog = directory.resolve("events.db-wal");
        LogFile.open(file, Clock.systemUTC()).close();
    }

    /** A limit is hardly ever the end of a frame, and the first commit behind the reader may be longer or shorter. */
    @Test
    void itIsWholeHoweverOftenItIsBegunAnewAndShortenedBehindReaders() throws Exception {
        int shortened = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long limit = random.nextInt(200_000);
            try (LogWriter writer = writer(limit)) {
                long longest = growBehindAReader(writer, limit + 300_000L);
                for (int i = 0; i < 40; i++) {
                    append(writer, 1 + random.nextInt(10));
                    shortened += Files.size(writeAheadLog) < longest ? 1 : 0;
                }
                assertThat(writer.obstacle())
                        .as("limit %d, seed %d", limit, seed)
                        .isEmpty();
            }
        }
        assertThat(shortened).as("seed %d", seed).isPositive();
        assertThat(stored()).isEqualTo(version);
    }

    /** With the limits that a ledger has, beside the thread that copies it back. */
    @Test
    void aLongOneIsWholeWhileItIsShortened() throws Exception {
        SqliteConnections connections = SqliteConnections.durable(file);
        try (LogWriter writer = new LogWriter(connections, Clock.systemUTC());
                Checkpoints checkpoints = new Checkpoints(file, connections, writer::mayCheckpoint, new Workers())) {
            for (int round = 0; round < 2; round++) {
                growBehindAReader(writer, (64L << 20) + random.nextInt(1 << 20));
                for (int i = 0; i < 200; i++) {
                    append(writer, 1 + random.nextInt(30));
                }
            }
            assertThat(Files.size(writeAheadLog)).isLessThanOrEqualTo(64L << 20);
            assertThat(writer.obstacle()).as("seed %d", seed).isEmpty();
        }
        assertThat(stored()).isEqualTo(version);
    }

    @Test
    void somebodyElseMayHaveItCopiedBack() throws Exception {
        try (LogWriter writer = writer(64 << 20);
                Connection other = SqliteConnections.durable(file).getConnection()) {
            for (int i = 0; i < 200; i++) {
                append(writer, 1 + random.nextInt(5));
                if (random.nextInt(5) == 0) {
                    checkpoint(other, random.nextBoolean() ? "TRUNCATE" : "RESTART");
                }
            }
            assertThat(writer.obstacle()).as("seed %d", seed).isEmpty();
        }
        assertThat(stored()).isEqualTo(version);
    }

    /** A power cut may leave a file longer than what was written to it, and zeros there. */
    @Test
    void whatLiesBehindItsLastFrameCountsForNothing() throws Exception {
        Path copy =
                Files.createDirectory(directory.resolve("after-the-power-cut")).resolve("events.db");
        try (LogWriter writer = writer(64 << 20)) {
            append(writer, 20);
            Files.copy(file, copy);
            Files.copy(writeAheadLog, copy.resolveSibling("events.db-wal"));
        }
        Path cut = copy.resolveSibling("events.db-wal");
        resize(cut, Files.size(cut) + 100_000);

        try (LogWriter writer = new LogWriter(SqliteConnections.durable(copy), Clock.systemUTC())) {
            for (int i = 0; i < 50; i++) {
                append(writer, 1);
            }
            assertThat(writer.obstacle()).isEmpty();
            assertThat(Files.size(cut)).isGreaterThan(100_000);
        }
    }

    @Test
    void oneThatIsCutIsNotWholeHoweverLongItWasOnce() throws Exception {
        try (LogWriter writer = writer(64 << 20);
                Connection other = SqliteConnections.durable(file).getConnection()) {
            growBehindAReader(writer, 400_000);
            checkpoint(other, "RESTART");
            append(writer, 3);
            long before = version;
            resize(writeAheadLog, 40);

            assertThatThrownBy(() -> append(writer, 1))
                    .isInstanceOf(LogFault.class)
                    .hasMessageContaining("was cut while it was open");
            assertThat(writer.obstacle()).isPresent();
            assertThat(version).isEqualTo(before);
        }
    }

    private LogWriter writer(long limit) {
        return new LogWriter(
                SqliteConnections.durable(file)
                        .with("journal_size_limit", limit)
                        .with("wal_autocheckpoint", 20),
                Clock.systemUTC());
    }

    /** How long it is when the reader ends. */
    private long growBehindAReader(LogWriter writer, long bytes) throws Exception {
        try (Connection reader = SqliteConnections.reading(file).getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM DomainEventEntry")) {
                row.next();
            }
            while (Files.size(writeAheadLog) < bytes) {
                append(writer, bytes > 1 << 20 ? 1_000 : 1 + random.nextInt(20));
            }
            reader.rollback();
        }
        return Files.size(writeAheadLog);
    }

    private void append(LogWriter writer, int events) {
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            rows.add(LogWriterTest.row("a", version + i));
        }
        writer.append(rows);
        version += events;
    }

    private static void checkpoint(Connection connection, String mode) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(" + mode + ")");
        }
    }

    private static void resize(Path path, long length) throws Exception {
        try (RandomAccessFile content = new RandomAccessFile(path.toFile(), "rw")) {
            content.setLength(length);
        }
    }

    private long stored() throws Exception {
        try (Connection connection = SqliteConnections.reading(file).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM DomainEventEntry")) {
            row.next();
            return row.getLong(1);
        }
    }
}
