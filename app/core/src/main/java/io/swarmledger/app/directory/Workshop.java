package io.swarmledger.app.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A private directory for what is not whole yet. A process that is killed leaves it; the next one that works in the same
 * place takes it away, which its lock allows once nobody is in it.
 */
public final class Workshop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);

    static final String PREFIX = ".swarm-ledger-work-";
    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 10;

    private final Path directory;
    private final LockedFile lock;

    private Workshop(Path directory, LockedFile lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Makes one in that directory, and takes away what killed processes left there. */
    public static Workshop in(Path place) throws IOException {
        sweep(place);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path directory = Files.createTempDirectory(place, PREFIX, OwnerOnly.directory());
            // Another process may sweep between these two lines.
            Optional<LockedFile> lock = LockedFile.tryTake(directory.resolve(LOCK));
            if (lock.isPresent()) {
                return new Workshop(directory, lock.get());
            }
        }
        throw new IOException("no directory to work in can be made in " + place);
    }

    /** Where a file of that name may be made. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Takes away what killed processes left in that directory. */
    public static void sweep(Path place) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path directory : left) {
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    deleteIfLeft(directory);
                }
            }
        } catch (IOException | DirectoryIteratorException failure) {
            LOG.warn("What may be left over in {} cannot be seen: {}", place, failure.toString());
        }
    }

    private static void deleteIfLeft(Path directory) {
        try {
            if (!Files.exists(directory.resolve(LOCK))) {
                // Killed before it had a lock, it has nothing else in it either.
                Files.delete(directory);
                return;
            }
            Optional<LockedFile> lock = LockedFile.tryTake(directory.resolve(LOCK));
            if (lock.isPresent()) {
                try (LockedFile held = lock.get()) {
                    FileSystemUtils.deleteRecursively(directory);
                }
                LOG.info("{} was left by a process that was killed, and is gone", directory);
            }
        } catch (IOException failure) {
            LOG.debug("{} is left over for now", directory, failure);
        }
    }

    /** Takes it away with what is in it. */
    @Override
    public void close() throws IOException {
        try (lock) {
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
