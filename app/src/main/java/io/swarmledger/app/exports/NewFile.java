package io.swarmledger.app.exports;

import io.swarmledger.app.directory.LedgerFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * A file in the making, under a temporary name beside its own. Only when it is whole and on disk does it take that name;
 * an older file of that name stays until then.
 */
public final class NewFile implements AutoCloseable {

    private final Path file;
    private final Path directory;
    private final Path unfinished;

    private NewFile(Path file, Path directory, Path unfinished) {
        this.file = file;
        this.directory = directory;
        this.unfinished = unfinished;
    }

    /**
     * Begins a file.
     *
     * @param log the ledger's log, whose directory is no place for files that replace others
     * @throws ExportFailed if there is something that a file must not replace
     */
    public static NewFile begin(Path file, Path log) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new ExportFailed(file, "its directory does not exist");
        }
        if (Files.isSymbolicLink(file)) {
            throw new ExportFailed(file, "is a symbolic link: name the file that it points to");
        }
        boolean exists = Files.exists(file);
        if (exists && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ExportFailed(file, Files.isDirectory(file) ? "is a directory" : "is no regular file");
        }
        try {
            Path ledger = log.toAbsolutePath().getParent();
            if (Files.isSameFile(directory, ledger) && (exists || isLedgers(file, new LedgerFiles(ledger)))) {
                throw new ExportFailed(file, "is in the ledger's own directory, where nothing is replaced");
            }
            for (String suffix : new String[] {"-wal", "-journal"}) {
                Path companion = file.resolveSibling(file.getFileName() + suffix);
                if (Files.exists(companion)) {
                    // SQLite would take what stands in there for a part of the new file.
                    throw new ExportFailed(file, companion + " belongs to what was there before: move it away first");
                }
            }
            return new NewFile(
                    file, directory, Files.createTempFile(directory, "." + file.getFileName() + ".", ".unfinished"));
        } catch (IOException failure) {
            throw new ExportFailed(file, "cannot be written: " + failure, failure);
        }
    }

    /** Where to write. */
    public Path unfinished() {
        return unfinished;
    }

    /** Puts the file, which is written and closed, in its place. */
    public void finish() throws IOException {
        sync(unfinished, StandardOpenOption.WRITE);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        sync(directory, StandardOpenOption.READ);
    }

    /** Takes away what was not finished. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException failure) {
            throw new ExportFailed(file, unfinished + " cannot be removed: " + failure, failure);
        }
    }

    private static boolean isLedgers(Path file, LedgerFiles files) {
        return Stream.of(files.log(), files.views()).anyMatch(own -> file.getFileName()
                .toString()
                .startsWith(own.getFileName().toString()));
    }

    private static void sync(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
