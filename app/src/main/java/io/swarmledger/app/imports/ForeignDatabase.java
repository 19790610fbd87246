package io.swarmledger.app.imports;

import io.swarmledger.app.log.sqlite.SqliteConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * An SQLite database that somebody else made, open for reading. Neither it nor anything beside it is ever changed, not
 * even by a lock.
 *
 * <p>SQLite would make a {@code -wal} and a {@code -shm} beside a file in WAL mode, and cannot read at all where it may
 * not; told that the file is immutable it does neither, but then nothing keeps a writer away and what stands in a {@code
 * -wal} is not seen. So a database that has a {@code -wal} or a {@code -journal} with something in it is copied together
 * with that to a private directory and completed there; and whether the original stayed the same is asked at the end.
 */
final class ForeignDatabase implements AutoCloseable {

    private static final List<String> UNFINISHED = List.of("-wal", "-journal");

    private final Path file;
    private final List<Trace> before;
    private final Path copies;
    private final Connection connection;

    private ForeignDatabase(Path file, List<Trace> before, Path copies, Connection connection) {
        this.file = file;
        this.before = before;
        this.copies = copies;
        this.connection = connection;
    }

    /**
     * Opens a file that is there.
     *
     * @throws ImportRefused if it is no database that can be read
     */
    static ForeignDatabase open(Path file) {
        Path copies = null;
        try {
            List<Trace> before = tracesOf(file);
            Path readable = file;
            if (before.stream().skip(1).anyMatch(companion -> companion.size() > 0)) {
                copies = Files.createTempDirectory("swarm-ledger-import-");
                readable = completedCopy(file, copies);
            }
            ForeignDatabase database = new ForeignDatabase(file, before, copies, connect(readable));
            copies = null;
            database.requireUnchanged();
            return database;
        } catch (SQLException failure) {
            throw new ImportRefused(file, "is no SQLite database that can be read: " + failure.getMessage());
        } catch (IOException failure) {
            throw new ImportRefused(file, "cannot be read: " + failure);
        } finally {
            delete(copies);
        }
    }

    Connection connection() {
        return connection;
    }

    /**
     * Looks whether the file, and what is beside it, is what it was when it was opened.
     *
     * @throws ImportRefused if somebody wrote to it
     */
    void requireUnchanged() {
        try {
            if (!tracesOf(file).equals(before)) {
                throw ImportRefused.written(file);
            }
        } catch (IOException failure) {
            throw new ImportRefused(file, "cannot be read any more: " + failure);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(file + " cannot be closed: " + failure.getMessage(), failure);
        } finally {
            delete(copies);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        // Only a URI can say immutable, and only in a URI may a name have a question mark.
        Path uri = Path.of(uriOf(file) + "?immutable=1");
        Connection connection = SqliteConnections.foreign(uri).getConnection();
        try (Statement statement = connection.createStatement()) {
            // Where a mapped file is cut by somebody else, the operating system ends the process that reads it.
            statement.execute("PRAGMA mmap_size = 0");
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private static Path completedCopy(Path file, Path directory) throws IOException, SQLException {
        Path copy = directory.resolve("events.db");
        Files.copy(file, copy);
        for (String suffix : UNFINISHED) {
            try {
                Files.copy(companion(file, suffix), companion(copy, suffix));
            } catch (NoSuchFileException none) {
                continue;
            }
        }
        // Reading anything makes SQLite undo what a journal has, closing makes it take in what a -wal has.
        try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + uriOf(copy), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            try (ResultSet any = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
                any.next();
            }
        }
        return copy;
    }

    private static String uriOf(Path file) {
        return "file:" + file.toAbsolutePath().toUri().getRawPath();
    }

    private static Path companion(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static List<Trace> tracesOf(Path file) throws IOException {
        return List.of(
                Trace.of(file),
                Trace.of(companion(file, UNFINISHED.get(0))),
                Trace.of(companion(file, UNFINISHED.get(1))));
    }

    private static void delete(Path directory) {
        if (directory == null) {
            return;
        }
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
