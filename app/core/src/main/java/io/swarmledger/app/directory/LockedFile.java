package io.swarmledger.app.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A file that this process alone has locked. The lock goes with the process, however that ends. */
final class LockedFile implements AutoCloseable {

    /** The lock is the process's own: if it opened and closed the file a second time, it would lose it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Object key;
    private final FileChannel channel;
    private final FileLock lock;

    private LockedFile(Path file, Object key, FileChannel channel, FileLock lock) {
        this.file = file;
        this.key = key;
        this.channel = channel;
        this.lock = lock;
    }

    /** Locks a file, made if it is not there; empty if somebody else has it locked, or this process has. */
    static Optional<LockedFile> tryTake(Path file) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Optional<LockedFile> taken = Optional.empty();
        try {
            taken = opened(real);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(real);
            }
        }
    }

    private static Optional<LockedFile> opened(Path file) throws IOException {
        Object before = keyOf(file);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, options(before == null), OwnerOnly.file());
        } catch (FileAlreadyExistsException | NoSuchFileException another) {
            return Optional.empty();
        }
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            Object key = keyOf(file);
            // Whoever takes it away, having it locked, may have done so since it was opened.
            if (lock != null && key != null && (before == null || before.equals(key))) {
                return Optional.of(new LockedFile(file, key, channel, lock));
            }
            lock = null;
            return Optional.empty();
        } catch (OverlappingFileLockException heldUnderAnotherName) {
            return Optional.empty();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static Set<StandardOpenOption> options(boolean isNew) {
        Set<StandardOpenOption> options = new HashSet<>(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        if (isNew) {
            options.add(StandardOpenOption.CREATE_NEW);
        }
        return options;
    }

    private static Object keyOf(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.requireNonNullElse(attributes.fileKey(), file);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** Whether this process has it locked. */
    static boolean isHeldHere(Path file) throws IOException {
        return HELD.contains(file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName()));
    }

    /** Whether it still lies under its name. */
    boolean isInPlace() {
        try {
            return key.equals(keyOf(file));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Locks the file that lies under its name now, made if there is none; empty if somebody else has it locked. */
    Optional<LockedFile> takeAgain() throws IOException {
        Optional<LockedFile> again = opened(file);
        if (again.isPresent()) {
            channel.close();
        }
        return again;
    }

    void write(String content) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            HELD.remove(file);
        }
    }
}
