package io.swarmledger.app.imports;

import io.swarmledger.app.directory.Workshop;
import io.swarmledger.app.log.sqlite.ForeignFiles;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
public final class ForeignDatabase implements AutoCloseable {

    private final Path file;
    private final ForeignFiles original;
    private final Workshop workshop;
    private final Connection connection;

    private ForeignDatabase(Path file, ForeignFiles original, Workshop workshop, Connection connection) {
        this.file = file;
        this.original = original;
        this.workshop = workshop;
        this.connection = connection;
    }

    /**
     * Opens a file that is there.
     *
     * @throws ImportRefused if it is no database that can be read
     */
    public static ForeignDatabase open(Path file) {
        Workshop workshop = null;
        ForeignDatabase database = null;
        try {
            ForeignFiles original = ForeignFiles.of(file);
            Path readable = file;
            if (original.areUnfinished()) {
                workshop = Workshop.in(Path.of(System.getProperty("java.io.tmpdir")));
                readable = completed(original, workshop.file("events.db"));
            }
            Connection connection = connect(readable);
            ForeignDatabase opened = new ForeignDatabase(file, original, workshop, connection);
            try {
                opened.requireUnchanged();
                database = opened;
                return opened;
            } finally {
                if (database == null) {
                    connection.close();
                }
            }
        } catch (SQLException failure) {
            throw new ImportRefused(file, "is no SQLite database that can be read: " + failure.getMessage());
        } catch (IOException failure) {
            throw new ImportRefused(file, "cannot be read: " + failure);
        } finally {
            if (database == null) {
                remove(workshop);
            }
        }
    }

    public Connection connection() {
        return connection;
    }

    /**
     * Looks whether the file, and what is beside it, is what it was when it was opened.
     *
     * @throws ImportRefused if somebody wrote to it
     */
    public void requireUnchanged() {
        try {
            if (!original.areUnchanged()) {
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
            remove(workshop);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        // Only a URI can say immutable, and only in a URI may a name have a question mark.
        return SqliteConnections.foreign(Path.of(uriOf(file) + "?immutable=1")).getConnection();
    }

    private static Path completed(ForeignFiles original, Path copy) throws IOException, SQLException {
        original.copyTo(copy);
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

    private static void remove(Workshop workshop) {
        if (workshop == null) {
            return;
        }
        try {
            workshop.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
