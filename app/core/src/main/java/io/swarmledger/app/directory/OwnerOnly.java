package io.swarmledger.app.directory;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a ledger makes is for the user whose it is: files 0600, directories 0700. A log holds what agents were told and
 * said. Where there are no such rights, nothing is done.
 */
public final class OwnerOnly {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> EVERYBODY = PosixFilePermissions.fromString("------rwx");

    private OwnerOnly() {}

    /** For a file that is made. */
    public static FileAttribute<?>[] file() {
        return attributes(FILE);
    }

    /** For a directory that is made. */
    public static FileAttribute<?>[] directory() {
        return attributes(DIRECTORY);
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Makes it so for a file that SQLite made, with everybody's rights. */
    public static void make(Path file) {
        if (!POSIX) {
            return;
        }
        try {
            Files.setPosixFilePermissions(file, FILE);
        } catch (IOException failure) {
            LOG.warn("Others may be able to read {}: {}", file, failure.toString());
        }
    }

    /** The same, if everybody may read or write it; what a group was given is left to it. */
    static void makeIfEverybodys(Path file) {
        try {
            if (POSIX && Files.getPosixFilePermissions(file).stream().anyMatch(EVERYBODY::contains)) {
                make(file);
            }
        } catch (IOException failure) {
            LOG.warn("Who may read {} cannot be told: {}", file, failure.toString());
        }
    }
}
