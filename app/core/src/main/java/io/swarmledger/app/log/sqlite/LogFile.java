package io.swarmledger.app.log.sqlite;

import com.fasterxml.uuid.Generators;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.directory.OwnerOnly;
import io.swarmledger.app.log.LogAdmin;
import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.query.log.EventLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log's file, {@code events.db}: migrated before anybody sees it, one writer, readers apart. */
public final class LogFile implements LogAdmin, AutoCloseable {

    /** What to do about a file that is not the ledger's own. */
    public static final String NAME_A_BACKUP = "Name a file that backup wrote, or the events.db of a ledger";

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

    /** Where nothing else is set. */
    static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

    private static final int CONNECTIONS = 8;
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final LogWriter writer;
    private final Checkpoints checkpoints;
    private final HikariDataSource readers;
    private final HikariDataSource questions;

    private LogFile(LogWriter writer, Checkpoints checkpoints, HikariDataSource readers, HikariDataSource questions) {
        this.writer = writer;
        this.checkpoints = checkpoints;
        this.readers = readers;
        this.questions = questions;
    }

    /**
     * Opens the log, made or migrated if need be.
     *
     * @throws LedgerUnavailable if the file is no log of ours, cannot be written, or is of a newer program
     */
    public static LogFile open(Path file, Clock clock) {
        return open(file, clock, CLOCK_TOLERANCE, false);
    }

    /**
     * The same. If acknowledged events are missing, the log can be read and nothing can be written to it.
     *
     * @param tolerance how far ahead of that clock a time may be and still be believed
     * @param acceptLoss whether it may be written to all the same, from now on
     */
    public static LogFile open(Path file, Clock clock, Duration tolerance, boolean acceptLoss) {
        return open(file, clock, tolerance, acceptLoss, new Workers());
    }

    /** The same, with its threads among {@code workers}. */
    public static LogFile open(Path file, Clock clock, Duration tolerance, boolean acceptLoss, Workers workers) {
        SqliteConnections connections = SqliteConnections.durable(file);
        migrateLog(file, file, connections);
        identify(file, connections, clock);
        Optional<Loss> loss = lossOf(file, connections);
        if (loss.isPresent()) {
            settle(loss.get(), acceptLoss, file, connections, clock);
            loss = acceptLoss ? Optional.empty() : loss;
        }
        loss.ifPresent(missing -> LOG.error("{}", missing.describe(file)));
        forgetSnapshotsAheadOfTheLog(file, connections);
        HikariDataSource readers = readers(file);
        HikariDataSource questions = questions(file);
        try {
            LogWriter writer = new LogWriter(connections, clock, tolerance, loss.orElse(null), workers);
            return new LogFile(
                    writer, new Checkpoints(file, connections, writer::mayCheckpoint, workers), readers, questions);
        } catch (RuntimeException failure) {
            readers.close();
            questions.close();
            throw failure;
        }
    }

    private static Optional<Loss> lossOf(Path file, DataSource connections) {
        HeadAnchor.Word anchor = HeadAnchor.read(file);
        try (Connection connection = connections.getConnection()) {
            return Loss.of(connection, anchor, SeenPositions.of(file, connection));
        } catch (SQLException failure) {
            throw new LedgerUnavailable(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** What tells of it, views among it, is made anew: the log itself keeps which positions were given. */
    private static void settle(Loss loss, boolean accepted, Path file, DataSource connections, Clock clock) {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            if (accepted) {
                loss.accept(connection, clock.millis());
            } else {
                loss.keepPositions(connection);
            }
            connection.commit();
        } catch (SQLException failure) {
            throw new LedgerUnavailable(file + " cannot be written to: " + failure.getMessage(), failure);
        }
        if (accepted) {
            LOG.warn("{}. That is accepted", loss.missing(file));
        }
    }

    /**
     * Makes the log in a copied file one of its own: at this program's version, with a new ledger id, without snapshots, which
     * are made again, everything in the one file.
     *
     * @param original what it is a copy of, which whoever reads of a failure knows
     * @throws LedgerUnavailable if it is no log of ours, or is of a newer program
     */
    public static void renew(Path file, Path original, Clock clock) {
        SqliteConnections connections = SqliteConnections.durable(file);
        migrateLog(file, original, connections);
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM Ledger");
            // Commands would believe them, and the chain vouches for events alone.
            statement.executeUpdate("DELETE FROM SnapshotEventEntry");
        } catch (SQLException failure) {
            throw new LedgerUnavailable(file + " cannot be written to: " + failure.getMessage(), failure);
        }
        identify(file, connections, clock);
    }

    /** Connections for reading only, a few at a time, for the ledger's own work. The caller closes them. */
    public static HikariDataSource readers(Path file) {
        return readers(file, null);
    }

    /** The same; whatever goes wrong is told to {@code judge} too. */
    static HikariDataSource readers(Path file, SQLExceptionOverride judge) {
        return pool("readers", file, SqliteConnections.reading(file), judge);
    }

    /** The same for questions, which the ledger's own work never waits behind. */
    public static HikariDataSource questions(Path file) {
        return questions(file, null);
    }

    /** The same; whatever goes wrong is told to {@code judge} too. */
    static HikariDataSource questions(Path file, SQLExceptionOverride judge) {
        return pool("questions", file, SqliteConnections.asking(file), judge);
    }

    private static HikariDataSource pool(String name, Path file, DataSource connections, SQLExceptionOverride judge) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name + " of " + file.getFileName());
        config.setDataSource(connections);
        config.setMinimumIdle(1);
        config.setMaximumPoolSize(CONNECTIONS);
        if (judge != null) {
            config.setExceptionOverride(judge);
        }
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException failure) {
            throw new LedgerUnavailable(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static void migrateLog(Path file, Path named, DataSource connections) {
        try {
            migrate(file, named, connections, Schema.LOG);
        } catch (ForeignSchema odd) {
            throw new LedgerUnavailable(
                    named + " is not as a ledger made it: " + odd.getMessage() + ". Nothing was done with it; "
                            + (file.equals(named) ? "restore a backup that is" : NAME_A_BACKUP),
                    odd);
        }
    }

    private static void requireSchema(Path file, DataSource connections, String... migrations) {
        Optional<String> oddity;
        try (Connection connection = connections.getConnection()) {
            oddity = Schema.oddity(connection, migrations);
        } catch (SQLException unreadable) {
            // The migrations meet the same, and say so.
            LOG.debug("The schema of {} cannot be compared", file, unreadable);
            return;
        }
        oddity.ifPresent(odd -> {
            throw new ForeignSchema(odd);
        });
    }

    /** Whether that log has this program's schema, and not one of before. */
    public static boolean isCurrent(Path file) {
        return isCurrent(file, Schema.LOG);
    }

    /** Loads what opening one needs, which takes a good part of a start. */
    public static void preload() {
        NativeLibrary.load();
        Schema.preload();
    }

    /** Whether that file, which is read only, has all of these migrations. */
    public static boolean isCurrent(Path file, String... migrations) {
        try {
            return Flyway.configure()
                            .dataSource(SqliteConnections.reading(file))
                            .locations(migrations)
                            .load()
                            .info()
                            .pending()
                            .length
                    == 0;
        } catch (FlywayException unreadable) {
            // Whoever reads it meets the same, and says what it is.
            return true;
        }
    }

    /**
     * Brings a file's schema to this program's version.
     *
     * @throws LedgerUnavailable naming the file, if that cannot be done; the file is then as it was
     * @throws ForeignSchema if it is not as the migrations made it, which a trigger might meddle with; likewise
     */
    public static void migrate(Path file, DataSource connections, String... migrations) {
        migrate(file, file, connections, migrations);
    }

    private static void migrate(Path file, Path named, DataSource connections, String... migrations) {
        requireOurs(file);
        boolean isNew = !Files.exists(file);
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(connections)
                    .locations(migrations)
                    .ignoreMigrationPatterns(new String[0])
                    .load();
            if (isNew) {
                flyway.migrate();
                LedgerFiles.withCompanions(file).stream().filter(Files::exists).forEach(OwnerOnly::make);
                return;
            }
            MigrationInfo[] known = flyway.info().all();
            requireNoNewer(named, known);
            requireSchema(file, connections, migrations);
            if (!Arrays.stream(known).allMatch(LogFile::isApplied)) {
                flyway.migrate();
            }
        } catch (FlywayException failure) {
            if (isNew) {
                removeIfEmpty(file);
            }
            Throwable cause = failure.getCause() != null ? failure.getCause() : failure;
            throw new LedgerUnavailable(
                    named + " cannot be opened: " + cause.getMessage() + ". "
                            + (file.equals(named)
                                    ? "Check that this user may write to it, or restore a backup"
                                    : NAME_A_BACKUP),
                    failure);
        }
    }

    /** As it is known here: what was applied otherwise the migration refuses. */
    private static boolean isApplied(MigrationInfo migration) {
        return migration.getState() == MigrationState.SUCCESS
                && migration.isChecksumMatching()
                && migration.isDescriptionMatching()
                && migration.isTypeMatching();
    }

    /** SQLite makes a file before it can write to it; one left so would be taken for somebody's mistake next time. */
    private static void removeIfEmpty(Path file) {
        try {
            if (Files.exists(file) && Files.size(file) == 0) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            LOG.warn("{} is left empty: {}", file, failure.getMessage());
        }
    }

    private static void requireNoNewer(Path file, MigrationInfo[] migrations) {
        newest(migrations, info -> !info.getState().isResolved()).ifPresent(ofFile -> {
            throw new LedgerUnavailable(file + " was written by a newer program: its schema has version " + ofFile
                    + ", this program knows "
                    + newest(migrations, info -> info.getState().isResolved())
                            .map(known -> "those up to " + known)
                            .orElse("none")
                    + ". Use the program that wrote it, or a newer one");
        });
    }

    private static Optional<MigrationVersion> newest(MigrationInfo[] migrations, Predicate<MigrationInfo> which) {
        return Arrays.stream(migrations)
                .filter(which)
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    public LogWriter writer() {
        return writer;
    }

    /** What is in it, for what the ledger itself reads: for commands, for those who follow the log. */
    public EventLog events() {
        return new SqliteEventLog(readers);
    }

    /** What is in it, for those who ask. */
    public EventLog eventsForQuestions() {
        return new SqliteEventLog(questions);
    }

    @Override
    public LogStanding standing() {
        return events().asOfNow(log -> new LogStanding(log.ledgerId(), log.head()));
    }

    @Override
    public Verdict verify(AggregateTypes aggregates, LongConsumer progress) {
        return Verification.of(writer.file(), aggregates, progress);
    }

    /** Connections for what the ledger itself reads. */
    public DataSource readers() {
        return readers;
    }

    /** Connections for questions. */
    public DataSource questions() {
        return questions;
    }

    @Override
    public void close() {
        writer.close();
        checkpoints.close();
        readers.close();
        questions.close();
    }

    /** Whether a database has a log in it. */
    public static boolean isLog(Connection database) throws SQLException {
        try (PreparedStatement select =
                database.prepareStatement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")) {
            select.setString(1, LogTable.EVENTS);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void requireOurs(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new LedgerUnavailable(file + " is a directory: name the directory that holds events.db");
        }
        if (!Files.isWritable(file)) {
            throw new LedgerUnavailable(file + " cannot be written to: give this user the right to write to it");
        }
        whyNoDatabase(file).ifPresent(reason -> {
            throw new LedgerUnavailable(
                    file + " " + reason + ", so it is no ledger: move it away to begin a new one, or restore a backup");
        });
    }

    /**
     * Looks how a file begins, and no further.
     *
     * @return why it is no SQLite database; empty if it may be one
     * @throws LedgerUnavailable if it cannot be read
     */
    public static Optional<String> whyNoDatabase(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(SQLITE.length);
            if (start.length == 0) {
                return Optional.of("is empty");
            }
            return Arrays.equals(start, SQLITE) ? Optional.empty() : Optional.of("is not an SQLite database");
        } catch (IOException failure) {
            throw new LedgerUnavailable(file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** Once other events have taken those versions, such a snapshot would pass for theirs. */
    private static void forgetSnapshotsAheadOfTheLog(Path file, DataSource connections) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            int forgotten = statement.executeUpdate("DELETE FROM SnapshotEventEntry WHERE NOT EXISTS (SELECT 1"
                    + " FROM DomainEventEntry AS event"
                    + " WHERE event.aggregateIdentifier = SnapshotEventEntry.aggregateIdentifier"
                    + " AND event.sequenceNumber = SnapshotEventEntry.sequenceNumber)");
            if (forgotten > 0) {
                LOG.warn("{}: {} snapshots of versions that the log does not have are forgotten", file, forgotten);
            }
        } catch (SQLException failure) {
            throw new LedgerUnavailable(file + " cannot be written to: " + failure.getMessage(), failure);
        }
    }

    private static void identify(Path file, DataSource connections, Clock clock) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet ledger = statement.executeQuery("SELECT 1 FROM Ledger")) {
                if (ledger.next()) {
                    return;
                }
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO Ledger (ledgerId, createdAt) VALUES (?, ?)")) {
                insert.setString(
                        1, Generators.timeBasedEpochGenerator().generate().toString());
                insert.setLong(2, clock.millis());
                insert.executeUpdate();
            }
        } catch (SQLException failure) {
            throw new LedgerUnavailable(file + " cannot be written to: " + failure.getMessage(), failure);
        }
    }
}
