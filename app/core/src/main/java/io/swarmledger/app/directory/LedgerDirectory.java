package io.swarmledger.app.directory;

import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * One ledger's directory, held by this process alone for as long as this object is open.
 *
 * <p>The operating system's lock on {@code ledger.lock} is what counts: it goes with the process, however that ends. The
 * process id inside is for people.
 */
public final class LedgerDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerDirectory.class);

    /** As {@code --data}: a ledger in a private temporary directory that is gone at the end. */
    public static final String IN_MEMORY = ":memory:";

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** In which older releases restored and forked. */
    private static final String OLDER_WORKSHOPS = "{restoring,forking}-*";

    /** What older releases exported or backed up, before it was whole. */
    private static final String OLDER_UNFINISHED = ".*.[0-9]*.unfinished";

    private final LedgerFiles files;
    /** In which a ledger lies that is gone at the end; none of another one. */
    private final Optional<Workshop> temporary;
    /** The outermost directory that was made for it; none if it was there. */
    private final Optional<Path> made;

    private final boolean fresh;
    private LockedFile lock;
    private Workers workers;
    private Worker watch;
    private boolean lost;
    private boolean withdrawn;

    private LedgerDirectory(LedgerFiles files, Optional<Workshop> temporary, Optional<Path> made, LockedFile lock) {
        this.files = files;
        this.temporary = temporary;
        this.made = made;
        this.fresh = !Files.exists(files.log(), LinkOption.NOFOLLOW_LINKS);
        this.lock = lock;
    }

    /**
     * Takes a directory, which is made if it is not there. What killed processes left half done in it goes.
     *
     * @param data a path, or {@value #IN_MEMORY}
     * @throws LedgerUnavailable if it cannot be used, or another process holds it
     */
    public static LedgerDirectory take(String data) {
        Optional<Workshop> temporary = IN_MEMORY.equals(data) ? Optional.of(temporary()) : Optional.empty();
        Path path = temporary.map(workshop -> workshop.file("ledger")).orElseGet(() -> Path.of(data));
        Optional<Path> made = make(path);
        LedgerFiles files = new LedgerFiles(path);
        try {
            Optional<LockedFile> lock = LockedFile.tryTake(files.lock());
            if (lock.isEmpty()) {
                throw LedgerUnavailable.heldBy(path, holderOf(files.lock()));
            }
            lock.get().write(processId());
            LedgerDirectory taken = new LedgerDirectory(files, temporary, made, lock.get());
            taken.tidy();
            return taken;
        } catch (IOException failure) {
            throw new LedgerUnavailable(
                    "The ledger's directory " + path + " cannot be written to: " + reason(failure)
                            + ". Give this user the right to write there",
                    failure);
        }
    }

    private static Optional<Path> make(Path directory) {
        try {
            Path outermost = null;
            for (Path path = directory.toAbsolutePath(); !Files.exists(path); path = path.getParent()) {
                outermost = path;
            }
            Files.createDirectories(directory, OwnerOnly.directory());
            return Optional.ofNullable(outermost);
        } catch (IOException failure) {
            throw new LedgerUnavailable(
                    "The ledger's directory " + directory + " cannot be made: " + reason(failure)
                            + ". Name a directory that this user may write to",
                    failure);
        }
    }

    private static String holderOf(Path lock) throws IOException {
        if (LockedFile.isHeldHere(lock)) {
            return processId();
        }
        try {
            return Files.readString(lock).trim();
        } catch (NoSuchFileException gone) {
            return "";
        }
    }

    /** Nobody else is in here, so what is half done stays so; and an older release let everybody read what is whole. */
    private void tidy() throws IOException {
        sweep(files.directory());
        if (Files.isDirectory(files.backups(), LinkOption.NOFOLLOW_LINKS)) {
            sweep(files.backups());
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(files.directory(), OLDER_WORKSHOPS)) {
            for (Path directory : left) {
                deleteIfOlderWorkshop(directory);
            }
        }
        for (Path own : files.own()) {
            if (Files.isRegularFile(own, LinkOption.NOFOLLOW_LINKS)) {
                OwnerOnly.makeIfEverybodys(own);
            }
        }
    }

    private static void sweep(Path directory) throws IOException {
        Workshop.sweep(directory);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, OLDER_UNFINISHED)) {
            for (Path file : left) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !LedgerFiles.isOfTokens(file)) {
                    Files.deleteIfExists(file);
                    LOG.info("{} was left by a process that was killed, and is gone", file);
                }
            }
        }
    }

    private void deleteIfOlderWorkshop(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Set<Path> copies = LedgerFiles.withCompanions(directory.resolve("events.db")).stream()
                .collect(Collectors.toSet());
        boolean nothingElse;
        try (Stream<Path> content = Files.list(directory)) {
            nothingElse = content.allMatch(copies::contains);
        }
        if (nothingElse) {
            FileSystemUtils.deleteRecursively(directory);
            LOG.info("{} was left by a process that was killed, and is gone", directory);
        }
    }

    private static String processId() {
        return String.valueOf(ProcessHandle.current().pid());
    }

    /** Has the lock looked after for as long as this is open. */
    public LedgerDirectory guarded(Workers workers) {
        this.workers = workers;
        watch = workers.loop("swarm-ledger-lock", this::keepLock);
        return this;
    }

    /** A lock that was removed keeps nobody out: it is made again, unless another process was faster. */
    private synchronized long keepLock() {
        if (!lost && !lock.isInPlace()) {
            takeLockAgain();
        }
        return BETWEEN_LOOKS_NANOS;
    }

    private void takeLockAgain() {
        try {
            Optional<LockedFile> again = lock.takeAgain();
            if (again.isPresent()) {
                lock = again.get();
                lock.write(processId());
                LOG.warn("{} was removed or replaced, and is made again", files.lock());
            } else {
                lost = true;
                String reason = files.lock() + " was removed, and another process has taken the ledger: end this one";
                LOG.error("{}", reason);
                workers.lost(files.lock().getFileName().toString(), reason);
            }
        } catch (IOException movedAway) {
            LOG.warn("{} is not there, and cannot be made again yet: {}", files.lock(), movedAway.toString());
        }
    }

    public LedgerFiles files() {
        return files;
    }

    /** What was to be begun here came to nothing: if there was no ledger when it was taken, there is none at the end. */
    public void withdraw() {
        withdrawn = true;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        release();
    }

    private synchronized void release() {
        try {
            if (withdrawn && fresh && temporary.isEmpty()) {
                takeBack();
            }
            lock.close();
            if (temporary.isPresent()) {
                temporary.get().close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void takeBack() throws IOException {
        for (Path database : files.databases()) {
            for (Path file : LedgerFiles.withCompanions(database)) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(files.anchor());
        Files.deleteIfExists(files.lock());
        if (made.isPresent()) {
            try {
                Path path = files.directory().toAbsolutePath();
                for (; path.startsWith(made.get()); path = path.getParent()) {
                    Files.deleteIfExists(path);
                }
            } catch (DirectoryNotEmptyException somebodyElses) {
                LOG.debug("{} has something else in it, and stays", files.directory());
            }
        }
    }

    /** What a process leaves that is killed, the next one takes away that makes one. */
    private static Workshop temporary() {
        try {
            return Workshop.in(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException failure) {
            throw new LedgerUnavailable("No temporary directory can be made: " + reason(failure), failure);
        }
    }

    private static String reason(IOException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
