package io.swarmledger.app.http.operations;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.OwnerOnly;
import io.swarmledger.app.door.OperationRefused;
import io.swarmledger.query.InvalidQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Where a backup that is asked for from elsewhere may be written: under a new name in the ledger's own folder {@value
 * #FOLDER}, and nowhere else.
 */
@Component
class BackupFiles {

    private static final String FOLDER = "backups";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** SQLite would take a file of such a name for a part of another one. */
    private static final Pattern COMPANION = Pattern.compile(".*-(wal|shm|journal)");

    private final Path folder;

    BackupFiles(LedgerDirectory ledger) {
        this.folder = ledger.files().backups().toAbsolutePath();
    }

    /**
     * The file of that name, which is not there.
     *
     * @throws InvalidQuery if that is no plain name of a file
     * @throws OperationRefused if something of that name is there, or the folder is not the ledger's own
     */
    Path file(String name) {
        if (name == null) {
            throw InvalidQuery.malformed("file", "is missing: name the file to be made in " + FOLDER);
        }
        if (!NAME.matcher(name).matches() || COMPANION.matcher(name).matches()) {
            throw InvalidQuery.malformed(
                    "file",
                    "is no plain file name: letters, digits, '.', '_' and '-', at most 100, the first a letter or digit;"
                            + " not the name of a companion of SQLite's (-wal, -shm, -journal)");
        }
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new OperationRefused(FOLDER + " in the ledger's directory is no directory of its own");
        }
        Path file = folder.resolve(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new OperationRefused(FOLDER + " has a " + name + " already: nothing is replaced");
        }
        return file;
    }

    /** Makes the folder, if it is not there. */
    void makeFolder() {
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder, OwnerOnly.directory());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(folder + " cannot be made: " + failure.getMessage(), failure);
        }
    }
}
