package io.swarmledger.app.exports;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.directory.OwnerOnly;
import io.swarmledger.app.directory.Workshop;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file in the making, in a private directory beside its own place. Only when it is whole and on disk does it take its
 * name; an older file of that name stays until then.
 */
public final class NewFile implements AutoCloseable {

    private final Path file;
    private final boolean replaces;
    private final Path directory;
    private final Workshop workshop;

    private NewFile(Path file, boolean replaces, Path directory, Workshop workshop) {
        this.file = file;
        this.replaces = replaces;
        this.directory = directory;
        this.workshop = workshop;
    }

    /**
     * Begins a file.
     *
     * @param ledger nothing of which is ever replaced
     * @param replaces whether another file of that name may be replaced
     * @throws ExportFailed if there is something that a file must not replace
     */
    public static NewFile begin(Path file, LedgerFiles ledger, boolean replaces) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new ExportFailed(file, "its directory does not exist");
        }
        try {
            requireReplaceable(file, ledger, replaces);
            return new NewFile(file, replaces, directory, Workshop.in(directory));
        } catch (IOException failure) {
            throw new ExportFailed(file, "cannot be written: " + failure, failure);
        }
    }

    private static void requireReplaceable(Path file, LedgerFiles ledger, boolean replaces) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new ExportFailed(file, "is a symbolic link: name the file that it points to");
        }
        boolean exists = Files.exists(file);
        if (exists && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ExportFailed(file, Files.isDirectory(file) ? "is a directory" : "is no regular file");
        }
        if (ledger.isOwn(file)) {
            throw new ExportFailed(file, "is the ledger's own, and nothing replaces it");
        }
        if (exists && !replaces) {
            throw thereAlready(file);
        }
        for (Path companion : LedgerFiles.withCompanions(file)) {
            if (!companion.equals(file) && Files.exists(companion)) {
                // SQLite would take what stands in there for a part of the new file.
                throw new ExportFailed(file, companion + " belongs to what was there before: move it away first");
            }
        }
    }

    private static ExportFailed thereAlready(Path file) {
        return new ExportFailed(file, "is there already: say --force to replace it, or name another file");
    }

    /** Where to write; nothing is there yet. */
    public Path unfinished() {
        return workshop.file("unfinished");
    }

    /** Puts the file, which is written and closed, in its place. */
    public void finish() throws IOException {
        OwnerOnly.make(unfinished());
        sync(unfinished(), StandardOpenOption.WRITE);
        if (replaces) {
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            takeName();
        }
        sync(directory, StandardOpenOption.READ);
    }

    /** A file may have come there meanwhile; a move would replace it, a second name does not. */
    private void takeName() throws IOException {
        try {
            Files.createLink(file, unfinished());
        } catch (FileAlreadyExistsException meanwhile) {
            throw thereAlready(file);
        } catch (UnsupportedOperationException | FileSystemException noSecondNamesHere) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw thereAlready(file);
            }
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Takes away what was not finished. */
    @Override
    public void close() {
        try {
            workshop.close();
        } catch (IOException failure) {
            throw new ExportFailed(file, "what was not finished cannot be removed: " + failure, failure);
        }
    }

    private static void sync(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
