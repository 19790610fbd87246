package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.directory.LedgerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite itself, which the driver has to put into a file before it can be loaded. Left alone the driver takes the
 * temporary directory of everybody: it may be mounted so that nothing in it runs, and a process that is killed leaves a
 * megabyte there.
 *
 * <p>Here it is a directory of this process alone (mode 0700) that is gone as soon as the library is loaded. It lies
 * with the user, not with the ledger: a ledger can be read where nobody may write.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private static final String DIRECTORY = "org.sqlite.tmpdir";
    private static final String READY_MADE = "org.sqlite.lib.path";
    private static final String PREFIX = ".swarm-ledger-native-";
    private static final Duration LEFT_OVER = Duration.ofDays(1);

    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads it, once. Whoever names a directory of his own to the driver is heard.
     *
     * @throws LedgerUnavailable if it can be loaded from nowhere
     */
    static synchronized void load() {
        if (loaded || System.getProperty(DIRECTORY) != null || System.getProperty(READY_MADE) != null) {
            return;
        }
        List<Path> places = places();
        Exception last = null;
        for (Path place : places) {
            try {
                loadFrom(place);
                loaded = true;
                return;
            } catch (Exception failure) {
                LOG.debug("SQLite cannot be loaded from {}", place, failure);
                last = failure;
            }
        }
        throw new LedgerUnavailable(
                "SQLite's native library cannot be loaded from any of " + places
                        + ". Name a directory that this user may write to and run programs in: -D" + DIRECTORY
                        + "=DIRECTORY",
                last);
    }

    private static List<Path> places() {
        String home = System.getProperty("user.home");
        return Stream.of(System.getenv("XDG_CACHE_HOME"), home + "/.cache", home, System.getProperty("java.io.tmpdir"))
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .filter(Files::isDirectory)
                .distinct()
                .toList();
    }

    private static void loadFrom(Path place) throws Exception {
        sweep(place);
        Path own = Files.createTempDirectory(place, PREFIX);
        System.setProperty(DIRECTORY, own.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } finally {
            System.clearProperty(DIRECTORY);
            // What is loaded stays loaded; where a file in use cannot be deleted, the sweep of a later start does it.
            delete(own);
        }
    }

    /** A process that was killed while it loaded could not delete its directory. */
    private static void sweep(Path place) throws IOException {
        FileTime longAgo = FileTime.fromMillis(System.currentTimeMillis() - LEFT_OVER.toMillis());
        try (var left = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path directory : left) {
                if (Files.getLastModifiedTime(directory).compareTo(longAgo) < 0) {
                    delete(directory);
                }
            }
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException failure) {
            LOG.debug("{} is left over for now", directory, failure);
        }
    }
}
