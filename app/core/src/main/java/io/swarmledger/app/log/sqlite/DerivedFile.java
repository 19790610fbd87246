package io.swarmledger.app.log.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A database that is made from the log and may be deleted at any time. One that cannot be used is made anew. One that is
 * removed, written over or damaged while it is open is a fault that only a new start mends: whoever reads and writes has the
 * old one.
 *
 * <p>Each carries the mark of its ledger in its header, which is read from the file itself: what SQLite answers may come from
 * the write-ahead log of another file that lay there before.
 */
public final class DerivedFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DerivedFile.class);

    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of a database's header, and where things are in it. */
    private static final int HEADER = 100;

    private static final int PAGE_SIZE = 16;
    private static final int PAGES = 28;
    private static final int APPLICATION_ID = 68;

    /** Bytes, which are too many for the two that tell a page's size. */
    private static final int LARGEST_PAGE = 65_536;

    private static final int UNMARKED = 0;

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String DERIVED = ". It is derived from the log, and nothing is lost with it: ";

    private final Path file;
    private final Path log;
    private final int mark;
    private final SqliteConnections writer;
    private final FileInPlace place;
    /** Open as long as SQLite has it open: closing it takes the locks away that this process has on it. */
    private final RandomAccessFile content;

    private final Judge judge;
    private final HikariDataSource readers;
    private final HikariDataSource questions;
    private Workers workers = new Workers();
    private Worker watch;
    private volatile String loss;

    /** What is in such a file. */
    public interface Content {

        /** Where its migrations are. */
        String[] migrations();

        /** In what way it is of before, though nothing is wrong with it; empty if it is not. */
        default Optional<String> outdated(JdbcClient database) {
            return Optional.empty();
        }

        /** Whether what it says fits that log: it is the same ledger's, and has seen no more than the log holds. */
        boolean fits(JdbcClient database, LogStanding log);

        /** Begins it, or goes on with what is there. */
        void begin(DataSource database, LogStanding log);
    }

    private DerivedFile(
            SqliteConnections writer, LogFile log, Judge judge, HikariDataSource readers, HikariDataSource questions)
            throws IOException {
        this.file = writer.file();
        this.log = log.writer().file();
        this.mark = markOf(log.standing());
        this.writer = writer;
        this.judge = judge;
        this.readers = readers;
        this.questions = questions;
        this.place = FileInPlace.of(file);
        this.content = new RandomAccessFile(file.toFile(), "r");
        judge.file = this;
    }

    /** Whatever goes wrong on a connection of a pool comes by here. */
    private static final class Judge extends EvictWhenBusy {

        private volatile DerivedFile file;

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            DerivedFile of = file;
            if (of != null) {
                of.met(failure);
            }
            return super.adjudicate(failure);
        }
    }

    /**
     * Opens it, made, migrated or made anew if need be.
     *
     * @throws LedgerUnavailable if that cannot be done
     */
    public static DerivedFile open(Path file, LogFile log, Content content) {
        SqliteConnections connections = SqliteConnections.rebuildable(file);
        LogStanding standing = log.standing();
        requireNoDirectory(file);
        Optional<Unusable> unusable = whyUnusable(file, connections, standing, content);
        if (unusable.isPresent()) {
            unusable.get().tell(file);
            makeAnew(file, connections, standing, content);
        }
        Judge judge = new Judge();
        HikariDataSource readers = LogFile.readers(file, judge);
        HikariDataSource questions = LogFile.questions(file, judge);
        try {
            return new DerivedFile(connections, log, judge, readers, questions);
        } catch (IOException | LogFault failure) {
            readers.close();
            questions.close();
            throw unusable(file, "cannot be read: " + failure.getMessage(), failure);
        }
    }

    /**
     * Whether it is a database, as this program's migrations make it and not as those of one before did.
     *
     * @param file need not be there
     */
    public static boolean isCurrent(Path file, String... migrations) {
        return Files.isRegularFile(file) && damage(file).isEmpty() && LogFile.isCurrent(file, migrations);
    }

    /** For whoever only reads it: what is wrong with that file, and what to do. */
    public static LedgerUnavailable damaged(Path file, String how) {
        return unusable(file, "is damaged: " + how, null);
    }

    /** In what way it is no whole database, by its beginning and its length. */
    public static Optional<String> damage(Path file) {
        try {
            byte[] header = header(file);
            if (header.length == 0) {
                return Optional.of("it is empty");
            }
            if (!isDatabase(header)) {
                return Optional.of("it is no SQLite database");
            }
            // Beside a write-ahead log it may be shorter than it says: the rest is there.
            return Files.exists(writeAheadLogOf(file)) || Files.size(file) >= length(header)
                    ? Optional.empty()
                    : Optional.of("it was cut to " + Files.size(file) + " bytes of " + length(header));
        } catch (IOException failure) {
            return Optional.of("it cannot be read: " + failure);
        }
    }

    private static void requireNoDirectory(Path file) {
        for (Path own : LedgerFiles.withCompanions(file)) {
            if (Files.isDirectory(own)) {
                throw unusable(own, "is a directory", null);
            }
        }
    }

    /** Why it is made anew, and whether something went wrong with it. */
    private record Unusable(String reason, boolean isWrong) {

        static Unusable wrong(String reason) {
            return new Unusable(reason, true);
        }

        void tell(Path file) {
            if (isWrong) {
                LOG.warn("{} cannot be used, and is made anew from the log: {}", file, reason);
            } else {
                LOG.info("{} is made anew from the log: {}", file, reason);
            }
        }
    }

    private static Optional<Unusable> whyUnusable(
            Path file, SqliteConnections connections, LogStanding log, Content content) {
        if (Files.exists(file)) {
            Optional<String> strange = damage(file).or(() -> strangeness(file, markOf(log)));
            if (strange.isPresent()) {
                return strange.map(Unusable::wrong);
            }
        }
        try {
            requireSound(file, connections);
            return prepare(file, connections, log, content);
        } catch (ForeignSchema | LedgerUnavailable | DataAccessException | SQLException unusable) {
            if (SqliteErrors.isBusy(unusable) || SqliteErrors.isFull(unusable)) {
                throw unusable(file, "cannot be opened: " + reason(unusable), unusable);
            }
            return Optional.of(Unusable.wrong(reason(unusable)));
        }
    }

    private static Optional<String> strangeness(Path file, int mark) {
        try {
            int found = markIn(header(file));
            if (found != mark && found != UNMARKED) {
                return Optional.of("it is of another ledger or another program");
            }
            return Files.isWritable(file) ? Optional.empty() : Optional.of("this user may not write to it");
        } catch (IOException failure) {
            return Optional.of("it cannot be read: " + failure);
        }
    }

    /** A process that was killed leaves its write-ahead log, which SQLite takes for that of whatever file lies there now. */
    private static void requireSound(Path file, DataSource connections) throws SQLException {
        Path left = writeAheadLogOf(file);
        if (!Files.exists(file) || !Files.exists(left)) {
            return;
        }
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String found = row.next() ? row.getString(1) : "nothing can be read";
            if (!"ok".equals(found)) {
                throw new SQLException("it and the " + left.getFileName() + " beside it do not fit: " + found);
            }
        }
    }

    /**
     * Makes what these statements make, and forgets it.
     *
     * @return the names of the tables and indexes
     * @throws SQLException if they make anything but tables and indexes, or cannot be executed
     */
    public static List<String> requireMakeable(List<String> statements) throws SQLException {
        NativeLibrary.load();
        return Schema.made(statements).keySet().stream()
                .map(object -> object.substring(object.indexOf(' ') + 1))
                .toList();
    }

    private static Optional<Unusable> prepare(
            Path file, SqliteConnections connections, LogStanding log, Content content) {
        LogFile.migrate(file, connections, content.migrations());
        // Whenever the last connection to a file is closed, SQLite copies the write-ahead log back and deletes it.
        try (Connection connection = connections.getConnection()) {
            return begin(new SingleConnectionDataSource(connection, true), log, content);
        } catch (SQLException failure) {
            throw new DataAccessResourceFailureException(file + " cannot be written to", failure);
        }
    }

    private static Optional<Unusable> begin(DataSource connection, LogStanding log, Content content) {
        JdbcClient database = JdbcClient.create(connection);
        Optional<String> outdated = content.outdated(database);
        if (outdated.isPresent()) {
            return outdated.map(reason -> new Unusable(reason, false));
        }
        if (!content.fits(database, log)) {
            return Optional.of(Unusable.wrong("it is not of this ledger as its log is now"));
        }
        content.begin(connection, log);
        if (database.sql("PRAGMA application_id").query(Integer.class).single() != markOf(log)) {
            database.sql("PRAGMA application_id = " + markOf(log)).update();
        }
        return Optional.empty();
    }

    private static void makeAnew(Path file, SqliteConnections connections, LogStanding log, Content content) {
        try {
            delete(file);
            prepare(file, connections, log, content);
        } catch (IOException | LedgerUnavailable | DataAccessException failure) {
            throw unusable(file, "cannot be made anew: " + reason(failure), failure);
        }
    }

    private static void delete(Path file) throws IOException {
        for (Path own : LedgerFiles.withCompanions(file)) {
            Files.deleteIfExists(own);
        }
    }

    private static LedgerUnavailable unusable(Path file, String what, Exception cause) {
        return new LedgerUnavailable(
                file + " " + what + DERIVED + "it may be deleted, and is made anew at the next start", cause);
    }

    /** What went wrong itself: what is to be done about a log does not hold here. */
    private static String reason(Exception failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        if (cause instanceof FlywayException) {
            return "it has something in it that is not of the ledger";
        }
        return cause instanceof IOException ? cause.toString() : cause.getMessage();
    }

    private static int markOf(LogStanding log) {
        int mark = log.ledgerId().hashCode();
        return mark == UNMARKED ? 1 : mark;
    }

    private static byte[] header(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(HEADER);
        }
    }

    private static boolean isDatabase(byte[] header) {
        return header.length == HEADER && Arrays.equals(header, 0, SQLITE.length, SQLITE, 0, SQLITE.length);
    }

    /** What a whole one has, bytes. */
    private static long length(byte[] header) {
        ByteBuffer fields = ByteBuffer.wrap(header);
        int page = Short.toUnsignedInt(fields.getShort(PAGE_SIZE));
        return Integer.toUnsignedLong(fields.getInt(PAGES)) * (page == 1 ? LARGEST_PAGE : page);
    }

    private static Path writeAheadLogOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static int markIn(byte[] header) {
        return ByteBuffer.wrap(header).getInt(APPLICATION_ID);
    }

    /** Has it looked after for as long as it is open: whether it is in place, and nobody else's. */
    public DerivedFile guarded(Workers workers) {
        this.workers = workers;
        watch = workers.loop("swarm-ledger-" + file.getFileName(), this::look);
        return this;
    }

    private synchronized long look() {
        // A ledger that was moved away as a whole may come back.
        if (loss == null && Files.exists(log)) {
            if (!place.isHeld()) {
                lose("was removed or replaced while it was open");
            } else if (isWrittenOver()) {
                lose("was written over while it was open");
                deleteLost();
            }
        }
        return BETWEEN_LOOKS_NANOS;
    }

    /** That it was removed, written over or found damaged since it was opened, and what to do; empty as long as it was not. */
    public Optional<String> loss() {
        return Optional.ofNullable(loss);
    }

    /** Somebody failed to read or write it. If it is damaged, whoever comes to that place again fails too. */
    public synchronized void met(Exception failure) {
        if (SqliteErrors.isDamage(failure)) {
            look();
            if (loss == null) {
                lose("is damaged: " + reason(failure));
                deleteLost();
            }
        }
    }

    private boolean isWrittenOver() {
        try {
            byte[] header = new byte[HEADER];
            content.seek(0);
            content.readFully(header);
            return !isDatabase(header) || markIn(header) != mark && markIn(header) != UNMARKED;
        } catch (IOException cut) {
            return true;
        }
    }

    private void lose(String what) {
        loss = file + " " + what + DERIVED + "start again, and it is made anew";
        LOG.error("{}", loss);
        workers.lost(file.getFileName().toString(), loss);
    }

    /** It would pass for a sound one at the next start, if only for what this process still copies into it. */
    private void deleteLost() {
        try {
            if (place.isHeld()) {
                delete(file);
            }
        } catch (IOException failure) {
            LOG.warn("{} cannot be deleted, and should be: {}", file, failure.toString());
        }
    }

    /** Connections that write it. */
    public DataSource writer() {
        return writer;
    }

    /** For pools of connections to it: they tell it what goes wrong. */
    public SQLExceptionOverride judge() {
        return judge;
    }

    /** Connections for what the ledger itself reads. */
    public DataSource readers() {
        return readers;
    }

    /** Connections for questions. */
    public DataSource questions() {
        return questions;
    }

    /** Whoever has connections of {@link #writer()} has closed them. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        look();
        readers.close();
        questions.close();
        try {
            content.close();
        } catch (IOException failure) {
            LOG.warn("{} cannot be closed: {}", file, failure.getMessage());
        }
    }
}
