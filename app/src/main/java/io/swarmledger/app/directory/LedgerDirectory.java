package io.swarmledger.app.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * One ledger's directory, held by this process alone for as long as this object is open.
 *
 * <p>The operating system's lock on {@code ledger.lock} is what counts: it goes with the process, however that ends. The
 * process id inside is for people.
 */
public final class LedgerDirectory implements AutoCloseable {

    /** As {@code --data}: a ledger in a private temporary directory that is gone at the end. */
    public static final String IN_MEMORY = ":memory:";

    private static final String LOCK_FILE = "ledger.lock";

    private final LedgerFiles files;
    private final boolean temporary;
    private final FileChannel channel;
    private final FileLock lock;

    private LedgerDirectory(LedgerFiles files, boolean temporary, FileChannel channel, FileLock lock) {
        this.files = files;
        this.temporary = temporary;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes a directory, which is made if it is not there.
     *
     * @param data a path, or {@value #IN_MEMORY}
     * @throws LedgerUnavailable if it cannot be used, or another process holds it
     */
    public static LedgerDirectory take(String data) {
        boolean temporary = IN_MEMORY.equals(data);
        Path directory = temporary ? temporaryDirectory() : Path.of(data);
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new LedgerUnavailable(
                    "The ledger's directory " + directory + " cannot be made: " + reason(failure)
                            + ". Name a directory that this user may write to",
                    failure);
        }
        Path lockFile = directory.resolve(LOCK_FILE);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = read(channel);
                channel.close();
                throw LedgerUnavailable.heldBy(directory, holder);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            return new LedgerDirectory(new LedgerFiles(directory), temporary, channel, lock);
        } catch (IOException failure) {
            throw new LedgerUnavailable(
                    "The ledger's directory " + directory + " cannot be written to: " + reason(failure)
                            + ". Give this user the right to write there",
                    failure);
        }
    }

    public LedgerFiles files() {
        return files;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
            if (temporary) {
                deleteAll(files.directory());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).trim();
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("swarm-ledger-");
        } catch (IOException failure) {
            throw new LedgerUnavailable("No temporary directory can be made: " + reason(failure), failure);
        }
    }

    private static String reason(IOException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static void deleteAll(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
