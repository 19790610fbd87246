package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.LogFault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * The {@code -wal} that the writer's connection has open. SQLite goes on writing to one that was removed, where nobody finds
 * it, and leaves holes in one that was cut: what is acknowledged then is gone with the process. So it is looked at before
 * anything is written and again before anybody is answered.
 *
 * <p>SQLite holds no locks on this file, so that it may be opened and closed here too.
 */
final class WriteAheadLog implements AutoCloseable {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;

    private final Path log;
    private final Path file;
    private final FileInPlace place;
    private final RandomAccessFile content;
    private final Connection connection;
    private final int frame;
    /** That it had after the last commit, bytes. */
    private long length;

    private WriteAheadLog(Path log, FileInPlace place, RandomAccessFile content, Connection connection, int frame)
            throws IOException {
        this.log = log;
        this.file = fileOf(log);
        this.place = place;
        this.content = content;
        this.connection = connection;
        this.frame = frame;
        this.length = content.length();
    }

    /** The one that this connection, which has read something, has open. */
    static WriteAheadLog of(Path named, Connection connection) throws SQLException {
        // SQLite keeps it beside the file itself, whatever link leads there.
        Path log = realPath(named);
        Path file = fileOf(log);
        try (Statement statement = connection.createStatement();
                ResultSet page = statement.executeQuery("PRAGMA page_size")) {
            page.next();
            return new WriteAheadLog(
                    log,
                    FileInPlace.of(file),
                    new RandomAccessFile(file.toFile(), "r"),
                    connection,
                    page.getInt(1) + FRAME_HEADER);
        } catch (IOException gone) {
            throw FileInPlace.broken(file, "it was deleted or moved away", gone);
        }
    }

    private static Path realPath(Path log) {
        try {
            return log.toRealPath();
        } catch (IOException gone) {
            throw FileInPlace.broken(log, "it was deleted or moved away", gone);
        }
    }

    private static Path fileOf(Path log) {
        return log.resolveSibling(log.getFileName() + "-wal");
    }

    /** Whether it still lies where SQLite will look for it. */
    boolean isInPlace() {
        return place.isHeld();
    }

    /**
     * Whether nothing was taken of what SQLite knows to be in it; asked before a commit and after it. Where SQLite begins
     * it anew it writes over what is there, from the start, and then may shorten it: to the limit that it was given, which
     * is no frame's end, or to nothing, if somebody else had it copied back. What lies behind its last frame counts for
     * nothing, and may be anything: a disk that was full or lost its power leaves parts of frames there, and zeros.
     */
    boolean isWhole() throws IOException, SQLException {
        // First the length: whoever shortens it has said before that there are fewer frames.
        long now = content.length();
        if (now < length) {
            boolean has = hasItsFrames(now);
            length = has ? now : length;
            return has;
        }
        // Only what SQLite wrote makes it longer, frame behind frame: then all of what was there before are frames.
        return now == length || !isHole(lastFrame());
    }

    private boolean hasItsFrames(long now) throws IOException, SQLException {
        long frames = frames();
        boolean has = frames == 0 || now >= HEADER + frames * frame;
        for (long i = 0; i < frames && has; i++) {
            has = !isHole(HEADER + i * frame);
        }
        return has;
    }

    /** A commit is in it now. */
    void committed() throws IOException {
        length = content.length();
    }

    /** Where the last whole frame of those begins that were in it. */
    private long lastFrame() {
        return HEADER + ((length - HEADER) / frame - 1) * frame;
    }

    /** A frame begins with its page's number, which is never 0. */
    private boolean isHole(long at) throws IOException {
        if (at < HEADER || at + FRAME_HEADER > content.length()) {
            return false;
        }
        byte[] start = new byte[FRAME_HEADER];
        content.seek(at);
        content.readFully(start);
        return Arrays.equals(start, new byte[FRAME_HEADER]);
    }

    private long frames() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            row.next();
            return row.getLong(2);
        }
    }

    /** Copies all of it into the database, which works as long as it is open, wherever it lies; answers whether it did. */
    boolean copyBack() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(FULL)")) {
            row.next();
            return row.getInt(1) == 0 && row.getLong(2) == row.getLong(3);
        } catch (SQLException failure) {
            return false;
        }
    }

    LogFault removed(boolean copiedBack) {
        return FileInPlace.broken(
                log,
                file.getFileName() + " was removed or replaced while it was open. "
                        + (copiedBack
                                ? "All that was acknowledged is in " + log.getFileName() + " itself: start again"
                                : "What it held is being copied to " + log.getFileName() + ": do not end the process"
                                        + " before this says that it is done"),
                null);
    }

    LogFault cut() {
        return FileInPlace.broken(
                log,
                file.getFileName()
                        + " was cut while it was open, and acknowledged events with it. Start again: it is told"
                        + " then how many are missing",
                null);
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException failure) {
            throw new IllegalStateException(file + " cannot be closed: " + failure.getMessage(), failure);
        }
    }
}
