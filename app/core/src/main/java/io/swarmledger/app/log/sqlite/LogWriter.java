package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.Appender;
import io.swarmledger.app.log.Chain;
import io.swarmledger.app.log.Conflict;
import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.log.LogObserver;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * The only writer of the log: it owns the one writing connection, and one thread at a time has the turn.
 *
 * <p>Its own thread takes every append that waits, inserts them in one durable transaction, and answers each one after
 * the commit. While nobody waits, whoever appends does the same on its own thread: two changes of threads would cost as
 * much as the commit.
 * A conflict fails the append that caused it and no other; a fault of the engine fails exactly those that were not
 * committed. Each event is a link of the {@link Chain}, and the {@link HeadAnchor} moves before anybody is answered.
 *
 * <p>The transaction is spoken in SQL ({@code BEGIN IMMEDIATE}), never through the driver's auto-commit flag:
 * after a busy {@code BEGIN} the driver would believe itself in a transaction and commit what follows statement by
 * statement.
 */
public final class LogWriter implements Appender, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private static final int QUEUE = 4_096;
    private static final int GROUP = 256;
    private static final long OFFER_MS = 5_000;
    private static final long LOOK_ANYWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_AT_FILES_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Made before it is needed: then there may be no memory to make it. */
    private static final LogFault EXHAUSTED =
            new LogFault(LogFault.Kind.OVERLOADED, "The process has not the memory for it: nothing was written");

    private static final LogFault UNTOLD = new LogFault(
            LogFault.Kind.UNKNOWN,
            "The process has not the memory to tell whether it was written. Ask again with the same event id, and it is"
                    + " written once");

    private final SqliteConnections connections;
    private final Clock clock;
    private final long tolerance;
    private volatile Loss loss;
    /** None while there is a loss that nobody accepted: whatever lies in its place stays as it is. */
    private final HeadAnchor anchor;

    private final Workers workers;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Worker worker;
    /** Held while a group is written. */
    private final ReentrantLock turn = new ReentrantLock();
    // Who submits holds it for reading: once close() has it for writing, nothing slips in behind the last look.
    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private final List<Runnable> bulkListeners = new CopyOnWriteArrayList<>();
    private volatile LogObserver observer = LogObserver.NONE;
    private volatile boolean closing;
    /** Whether the last group was a single entry: then who comes next is likely alone too. */
    private volatile boolean quiet = true;

    /** Whether what is being written may be on disk already. */
    private boolean committing;

    private FileInPlace file;
    private WriteAheadLog writeAheadLog;
    /** Why nothing will be written until a new start. */
    private volatile LogFault standstill;

    private long lookedAt = System.nanoTime();
    private String seen;
    private Connection connection;
    private PreparedStatement begin;
    private PreparedStatement commit;
    private PreparedStatement insert;
    private PreparedStatement claimed;
    private int claim;
    private long nextPosition;
    /** The position of the last event that is on disk. */
    private volatile long head;

    private byte[] lastLink;
    private BelievedTimes times;
    private Head acknowledged;

    /**
     * Starts the writer.
     *
     * @param clock tells {@code recordedAt}
     * @throws LogFault if the file cannot be opened
     */
    public LogWriter(SqliteConnections connections, Clock clock) {
        this(connections, clock, LogFile.CLOCK_TOLERANCE, null, new Workers());
    }

    /**
     * The same; while there is a {@code loss} that nobody accepted, everything is refused.
     *
     * @param tolerance how far ahead of that clock a time may be and still be believed
     */
    LogWriter(SqliteConnections connections, Clock clock, Duration tolerance, Loss loss, Workers workers) {
        this.connections = connections;
        this.clock = clock;
        this.tolerance = tolerance.toMillis();
        this.loss = loss;
        this.workers = workers;
        try {
            open();
            acknowledged = loss == null ? Head.of(connection) : null;
            anchor = loss == null ? HeadAnchor.begin(connections.file(), acknowledged) : null;
        } catch (SQLException | LogFault failure) {
            closeQuietly();
            throw SqliteErrors.faultOf(connections.toString(), failure);
        }
        worker = workers.loop("swarm-ledger-log-writer", this::writeWhatWaits);
    }

    /** Something to do inside a transaction of the writer. */
    @FunctionalInterface
    public interface Transaction<T> {

        /** Does the work; {@code nextPosition} is the position that the next event of the log gets. */
        T execute(Connection connection, long nextPosition) throws Exception;
    }

    @Override
    public long[] append(List<EventRow> rows) {
        Append append = new Append(rows);
        submit(append);
        return append.await();
    }

    /**
     * Does something in a transaction of its own, with nothing else under way, and waits until it is on disk. If it
     * throws, nothing of it happened.
     *
     * @throws LogFault if the log cannot be written
     */
    public <T> T transact(Transaction<T> work) throws Exception {
        return await(new Alone<>(work));
    }

    private <T> T await(Doing<T> work) throws Exception {
        submit(work);
        try {
            return work.done.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        }
    }

    /**
     * Does something beside whatever else is under way, in the transaction that the next appends share, and waits until it
     * is on disk. If it throws, nothing of it happened. It must not append events.
     *
     * @throws LogFault if the log cannot be written
     */
    public <T> T beside(Transaction<T> work) throws Exception {
        return await(new Beside<>(work));
    }

    /** Deletes the ledger's own snapshots: each is made again when it is due. */
    public void forgetSnapshots() throws Exception {
        transact((log, next) -> {
            try (Statement statement = log.createStatement()) {
                return statement.executeUpdate("DELETE FROM SnapshotEventEntry");
            }
        });
    }

    /** The file that it writes. */
    public Path file() {
        return connections.file();
    }

    /** The position of the last event that it has written, or found when it began. */
    public long head() {
        return head;
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public void observe(LogObserver watcher) {
        observer = watcher;
    }

    @Override
    public Optional<String> obstacle() {
        Loss missing = loss;
        if (missing != null) {
            return Optional.of(missing.describe(connections));
        }
        return Optional.ofNullable(standstill).map(LogFault::getMessage);
    }

    /** Whether what is in the write-ahead log may be copied back: not if a part of it was cut off. */
    boolean mayCheckpoint() {
        return standstill == null;
    }

    /** Finishes what waits, then closes the file. What comes later is refused. */
    @Override
    public void close() {
        gate.writeLock().lock();
        boolean closed = closing;
        closing = true;
        gate.writeLock().unlock();
        if (closed) {
            return;
        }
        worker.close();
        // Nobody has a turn after this one.
        turn.lock();
        while (!queue.isEmpty()) {
            write(group());
        }
        closeQuietly();
        if (anchor != null) {
            anchor.close();
        }
    }

    private void submit(Entry entry) {
        if (isMyTurn(entry)) {
            try {
                write(List.of(entry));
            } finally {
                turn.unlock();
            }
        }
    }

    /** Whether the caller has the turn now, since nobody waits; if not, the entry waits for the writer's own thread. */
    private boolean isMyTurn(Entry entry) {
        gate.readLock().lock();
        try {
            if (closing) {
                throw new LogFault(LogFault.Kind.CLOSED, "The ledger is closed: nothing was written");
            }
            if (loss != null) {
                throw incomplete();
            }
            if (quiet && queue.isEmpty() && turn.tryLock()) {
                return true;
            }
            if (!queue.offer(entry, OFFER_MS, TimeUnit.MILLISECONDS)) {
                throw new LogFault(
                        LogFault.Kind.OVERLOADED,
                        QUEUE + " appends wait for the log and it took no more for " + OFFER_MS
                                + " ms: nothing was written");
            }
            worker.wake();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogFault(LogFault.Kind.CLOSED, "Interrupted before the append was accepted: nothing was written");
        } finally {
            gate.readLock().unlock();
        }
    }

    private LogFault incomplete() {
        return new LogFault(LogFault.Kind.INCOMPLETE, loss.describe(connections));
    }

    /** A round of the writer's own thread. */
    private long writeWhatWaits() {
        turn.lock();
        try {
            if (!queue.isEmpty()) {
                write(group());
            }
            if (anchor != null) {
                anchor.syncIfDue();
                lookIfDue();
            }
        } catch (IOException unsynced) {
            LOG.error("The head anchor beside {} cannot be synced: {}", connections, unsynced.getMessage());
        } finally {
            turn.unlock();
        }
        return queue.isEmpty() ? LOOK_ANYWAY_NANOS : 0;
    }

    /** A ledger that nobody writes to for now says so too. */
    private void lookIfDue() {
        long now = System.nanoTime();
        if (now - lookedAt < LOOK_AT_FILES_NANOS || connection == null || loss != null) {
            return;
        }
        lookedAt = now;
        try {
            requireWriteAheadLog();
            seen = null;
        } catch (LogFault | SQLException | IOException failure) {
            LogFault fault = SqliteErrors.faultOf(connections.toString(), failure);
            if (!fault.getMessage().equals(seen)) {
                seen = fault.getMessage();
                LOG.error("{}", seen);
                observer.failed(fault);
            }
        }
    }

    private List<Entry> group() {
        List<Entry> group = new ArrayList<>(GROUP);
        Entry first = queue.remove();
        group.add(first);
        while (group.size() < GROUP
                && first.shares()
                && queue.peek() != null
                && queue.peek().shares()) {
            group.add(queue.poll());
        }
        return group;
    }

    /** One group, on the thread of whoever has the turn: each entry is answered, whatever happens. */
    private void write(List<Entry> group) {
        quiet = group.size() == 1;
        try {
            commit(group);
        } catch (Throwable failure) {
            // First of all: whatever fails below, nobody waits for ever.
            LogFault fault = failure instanceof VirtualMachineError
                    ? (committing ? UNTOLD : EXHAUSTED)
                    : SqliteErrors.faultOf(connections.toString(), failure);
            group.forEach(entry -> entry.fail(failure, fault));
            LOG.error("{}", fault.getMessage(), failure instanceof Error ? failure : null);
            observer.failed(fault);
            reopen();
        }
    }

    private void commit(List<Entry> group) throws Throwable {
        committing = false;
        if (connection == null) {
            open();
        }
        if (loss != null) {
            throw incomplete();
        }
        long start = System.nanoTime();
        requireWriteAheadLog();
        begin.execute();
        boolean isClaimed = claim != 0;
        long before = nextPosition;
        byte[] linkBefore = lastLink;
        BelievedTimes timesBefore = times;
        try {
            requireClaim();
            before = nextPosition;
            linkBefore = lastLink;
            timesBefore = times;
            for (Entry entry : group) {
                entry.write(this);
            }
            file.require();
            committing = true;
            commit.execute();
        } catch (Throwable failure) {
            Head written = new Head(nextPosition - 1, lastLink);
            nextPosition = before;
            lastLink = linkBefore;
            times = timesBefore;
            claim = isClaimed ? claim : 0;
            rollback();
            if (committing && leavesDoubt(failure) && isThereAfter(failure, written, before)) {
                finish(group, before, start);
                return;
            }
            if (group.size() == 1 && group.get(0) instanceof Alone<?> alone) {
                alone.fail(failure, SqliteErrors.faultOf(connections.toString(), failure));
                return;
            }
            throw failure;
        }
        requireWritten();
        finish(group, before, start);
    }

    private void finish(List<Entry> group, long before, long start) {
        head = nextPosition - 1;
        if (nextPosition != before) {
            moveAnchor();
        }
        long nanos = System.nanoTime() - start;
        group.forEach(Entry::committed);
        observer.committed(group.size(), nextPosition - before, nanos);
    }

    /**
     * Who writes to a ledger puts a number of its own into the log's header, with the first thing that it writes: whoever
     * finds another there has lost the ledger.
     */
    private void requireClaim() throws SQLException {
        int found = claimed();
        if (claim == 0) {
            claimAnew(found);
            // Until now somebody else may have written.
            readHead();
        } else if (found != claim) {
            throw standStill(new LogFault(
                    LogFault.Kind.TAKEN,
                    "Nothing was written to " + connections
                            + ": another process has taken the ledger, whose ledger.lock was"
                            + " removed. End this one"));
        }
    }

    private int claimed() throws SQLException {
        try (ResultSet row = claimed.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private void claimAnew(int last) throws SQLException {
        do {
            claim = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        } while (claim == last);
        execute("PRAGMA user_version = " + claim);
    }

    /** A commit of nothing else, which lies where the one before lay that failed. */
    private void commitAgain() throws SQLException {
        int before = claim;
        begin.execute();
        try {
            requireClaim();
            claimAnew(claim);
            commit.execute();
        } catch (SQLException | LogFault failure) {
            claim = before;
            rollback();
            throw failure;
        }
    }

    /** Before anything is in it that must not be lost. */
    private void requireWriteAheadLog() throws SQLException, IOException {
        if (standstill != null) {
            throw standstill;
        }
        if (!writeAheadLog.isInPlace()) {
            // Unless all of the ledger was moved away.
            file.require();
            boolean saved = writeAheadLog.copyBack();
            LogFault removed = writeAheadLog.removed(saved);
            if (saved) {
                startAgain(removed);
            }
            throw removed;
        }
        if (!writeAheadLog.isWhole()) {
            throw standStill(writeAheadLog.cut());
        }
    }

    private LogFault standStill(LogFault fault) {
        standstill = fault;
        startAgain(fault);
        return fault;
    }

    /** Nothing that this process does will help, and it has nothing any more that the files have not. */
    private void startAgain(LogFault fault) {
        workers.lost(connections.file().getFileName().toString(), fault.getMessage());
    }

    /** After a commit and before anybody is told of it. */
    private void requireWritten() {
        try {
            if (!writeAheadLog.isWhole()) {
                standStill(writeAheadLog.cut());
            } else if (writeAheadLog.isInPlace() || writeAheadLog.copyBack()) {
                writeAheadLog.committed();
                return;
            }
        } catch (SQLException | IOException unseen) {
            throw unknown(unseen.getMessage(), unseen);
        }
        throw unknown("its write-ahead log was removed or cut while it was written", null);
    }

    /** Whether SQLite may have written all of a commit, to its end, and yet says that it failed. */
    private static boolean leavesDoubt(Throwable failure) {
        return failure instanceof SQLException
                && !SqliteErrors.isBusy(failure)
                && !SqliteErrors.isFull(failure)
                && SqliteErrors.codeOf(failure) != SQLiteErrorCode.SQLITE_IOERR_WRITE;
    }

    /**
     * Whether the events of a commit that failed are in the log. They may be in the write-ahead log without being seen, and
     * would come back with the next start: another commit, which takes their place there, decides it.
     *
     * @throws LogFault if that one fails too
     */
    private boolean isThereAfter(Throwable failure, Head written, long before) {
        reopen();
        if (connection == null || loss != null) {
            throw unknown(failure.getMessage(), failure);
        }
        try {
            commitAgain();
            boolean there = written.position() >= before
                    && Head.linkAt(connection, written.position())
                            .filter(link -> Chain.same(link, written.link()))
                            .isPresent();
            // What the disk did not confirm once it may confirm the next time without having it.
            if (there && !writeAheadLog.copyBack()) {
                throw unknown(failure.getMessage(), failure);
            }
            return there;
        } catch (SQLException | LogFault again) {
            throw unknown(failure.getMessage(), failure);
        }
    }

    private LogFault unknown(String reason, Throwable cause) {
        return new LogFault(
                LogFault.Kind.UNKNOWN,
                "Whether it was written to " + connections + " is not known: " + reason
                        + ". Ask again with the same event id, and it is written once",
                cause);
    }

    /** After the commit and before the answers: so the anchor knows of every event that anybody was told of. */
    private void moveAnchor() {
        acknowledged = new Head(nextPosition - 1, lastLink);
        try {
            anchor.write(acknowledged);
        } catch (IOException | Error failure) {
            // The events are on disk all the same; what is lost is the means to notice that SQLite drops them later.
            LOG.error("The head anchor beside {} cannot be written: {}", connections, failure.getMessage());
        }
    }

    private long insert(EventRow row, byte[] digest) throws SQLException {
        long recordedAt = clock.millis();
        byte[] link = Chain.link(lastLink, nextPosition, recordedAt, digest);
        insert.setLong(1, nextPosition);
        insert.setString(2, row.eventId());
        insert.setString(3, row.aggregateId());
        insert.setLong(4, row.sequenceNumber());
        insert.setString(5, row.aggregateType());
        insert.setObject(6, row.timestamp());
        insert.setString(7, row.eventType());
        insert.setString(8, row.revision());
        insert.setString(9, row.payload());
        insert.setString(10, row.metadata());
        insert.setString(11, row.source());
        insert.setString(12, row.causationId());
        insert.setString(13, row.correlationId());
        insert.setString(14, row.swarmId());
        insert.setLong(15, recordedAt);
        insert.setString(16, row.recordedBy());
        insert.setBytes(19, link);
        double time = row.timestamp().doubleValue();
        boolean isBelieved = BelievedTimes.isBelieved(time, recordedAt, tolerance);
        BelievedTimes now = isBelieved ? times.with(time) : times;
        insert.setObject(17, isBelieved ? null : now.last());
        insert.setDouble(18, now.latest());
        if (insert.executeUpdate() != 1) {
            throw new LogFault(
                    LogFault.Kind.BROKEN,
                    "Nothing was written to " + connections + ": it took an event and did not store it");
        }
        lastLink = link;
        times = now;
        return nextPosition++;
    }

    /** Inserts rows on a connection that is inside {@link #transact}. Imports write through this. */
    public final class Inserter {

        private Inserter() {}

        public long insert(EventRow row) throws SQLException {
            return LogWriter.this.insert(row, Chain.digest(row));
        }
    }

    /**
     * Appends many rows in one transaction, as they come, in constant memory. No aggregate applies them, so whoever keeps
     * aggregates is told ({@link #afterBulk}) before this returns.
     */
    public <T> T bulk(Bulk<T> work) throws Exception {
        T result = transact((connection, next) -> work.execute(new Inserter(), connection));
        bulkListeners.forEach(Runnable::run);
        return result;
    }

    @Override
    public <T> T transact(Work<T> work) throws Exception {
        return bulk((inserter, log) -> {
            try (SqliteLogTransaction transaction = new SqliteLogTransaction(inserter, log)) {
                return work.in(transaction);
            }
        });
    }

    @Override
    public void afterBulk(Runnable listener) {
        bulkListeners.add(listener);
    }

    /** A transaction that inserts rows. */
    @FunctionalInterface
    public interface Bulk<T> {

        T execute(Inserter inserter, Connection connection) throws Exception;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void rollback() {
        try {
            execute("ROLLBACK");
        } catch (SQLException failure) {
            // SQLite itself rolls back after some failures and then says that there is nothing to roll back. Either
            // way the next group gets a connection that is known to be good.
            reopen();
        }
    }

    private void open() throws SQLException {
        boolean isAnother = file != null && !file.isHeld();
        file = FileInPlace.of(connections.file());
        if (isAnother) {
            // Whoever claimed that one has not claimed this one, and whoever reads has that one open.
            claim = 0;
            startAgain(
                    FileInPlace.broken(connections.file(), "it was replaced by another file while it was open", null));
        }
        connection = connections.getConnection();
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        claimed = connection.prepareStatement("PRAGMA user_version");
        insert = connection.prepareStatement(LogTable.INSERT);
        readHead();
        if (loss == null) {
            writeAheadLog = WriteAheadLog.of(connections.file(), connection);
        }
        if (loss == null && acknowledged != null) {
            // After a fault it may be another file than before: one that was put in its place, or that lost its tail.
            loss = Loss.of(connection, HeadAnchor.Word.of(acknowledged), 0).orElse(null);
        }
    }

    private void readHead() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet last = statement.executeQuery(
                        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'DomainEventEntry'), 0)")) {
            last.next();
            nextPosition = last.getLong(1) + 1;
        }
        head = nextPosition - 1;
        lastLink = Head.of(connection).link();
        times = BelievedTimes.of(connection);
    }

    private void reopen() {
        boolean detached = writeAheadLog != null && !writeAheadLog.isInPlace() && file.isHeld();
        if (connection != null && (standstill != null || detached)) {
            // A new connection would make a write-ahead log of its own, and know nothing of what is in this one.
            return;
        }
        closeQuietly();
        try {
            open();
        } catch (SQLException | LogFault failure) {
            closeQuietly();
            LOG.error("The log {} cannot be opened again yet: {}", connections, failure.getMessage());
        }
    }

    private void closeQuietly() {
        if (writeAheadLog != null) {
            writeAheadLog.close();
            writeAheadLog = null;
        }
        if (standstill != null && standstill.kind() == LogFault.Kind.BROKEN) {
            // The last one that is closed would copy back what is left of a log that was cut, half transactions too.
            connection = null;
        }
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException failure) {
                LOG.warn("Closing {}: {}", connections, failure.getMessage());
            }
            connection = null;
        }
    }

    private interface Entry {

        /** Whether it may be in one transaction with others. */
        default boolean shares() {
            return true;
        }

        void write(LogWriter writer) throws Throwable;

        void committed();

        void fail(Throwable failure, LogFault fault);
    }

    private static final class Append implements Entry {

        private final List<EventRow> rows;
        private final byte[][] digests;
        private final long[] positions;
        private final CompletableFuture<SQLException> done = new CompletableFuture<>();
        private SQLException conflict;

        Append(List<EventRow> rows) {
            this.rows = rows;
            // Here, on the caller's thread: the writer's time is everybody's.
            this.digests = rows.stream().map(Chain::digest).toArray(byte[][]::new);
            this.positions = new long[rows.size()];
        }

        @Override
        public void write(LogWriter writer) throws SQLException {
            // A single row that fails undoes itself; only several need a savepoint to fail together.
            boolean several = rows.size() > 1;
            long before = writer.nextPosition;
            byte[] linkBefore = writer.lastLink;
            BelievedTimes timesBefore = writer.times;
            if (several) {
                writer.execute("SAVEPOINT append");
            }
            try {
                for (int i = 0; i < positions.length; i++) {
                    positions[i] = writer.insert(rows.get(i), digests[i]);
                }
            } catch (SQLException failure) {
                if (!SqliteErrors.isConflict(failure)) {
                    throw failure;
                }
                writer.nextPosition = before;
                writer.lastLink = linkBefore;
                writer.times = timesBefore;
                if (several) {
                    writer.execute("ROLLBACK TO append");
                }
                conflict = failure;
            }
            if (several) {
                writer.execute("RELEASE append");
            }
        }

        @Override
        public void committed() {
            done.complete(conflict);
        }

        @Override
        public void fail(Throwable failure, LogFault fault) {
            done.completeExceptionally(fault);
        }

        long[] await() {
            SQLException refused;
            try {
                refused = done.join();
            } catch (CompletionException failure) {
                LogFault fault = (LogFault) failure.getCause();
                throw new LogFault(fault.kind(), fault.getMessage(), fault);
            }
            if (refused != null) {
                throw new Conflict(refused);
            }
            return positions;
        }
    }

    private abstract static class Doing<T> implements Entry {

        final Transaction<T> work;
        final CompletableFuture<T> done = new CompletableFuture<>();
        T result;

        Doing(Transaction<T> work) {
            this.work = work;
        }

        @Override
        public void committed() {
            done.complete(result);
        }

        @Override
        public void fail(Throwable failure, LogFault fault) {
            done.completeExceptionally(isOfTheEngine(failure) ? fault : failure);
        }

        static boolean isOfTheEngine(Throwable failure) {
            return failure instanceof SQLException && !SqliteErrors.isConflict(failure);
        }
    }

    private static final class Alone<T> extends Doing<T> {

        Alone(Transaction<T> work) {
            super(work);
        }

        @Override
        public boolean shares() {
            return false;
        }

        @Override
        public void write(LogWriter writer) throws Exception {
            result = work.execute(writer.connection, writer.nextPosition);
        }
    }

    private static final class Beside<T> extends Doing<T> {

        private Exception own;

        Beside(Transaction<T> work) {
            super(work);
        }

        @Override
        public void write(LogWriter writer) throws Exception {
            writer.execute("SAVEPOINT beside");
            try {
                result = work.execute(writer.connection, writer.nextPosition);
            } catch (Exception failure) {
                if (isOfTheEngine(failure)) {
                    throw failure;
                }
                own = failure;
                writer.execute("ROLLBACK TO beside");
            }
            writer.execute("RELEASE beside");
        }

        @Override
        public void committed() {
            if (own == null) {
                super.committed();
            } else {
                done.completeExceptionally(own);
            }
        }

        @Override
        public void fail(Throwable failure, LogFault fault) {
            done.completeExceptionally(fault);
        }
    }
}
