package io.swarmledger.app.log.sqlite;

import io.swarmledger.app.log.LogFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * The file that was opened, so that it can be told from whatever lies under its name later. SQLite goes on writing into a
 * file that was deleted or moved away, where nobody will ever find what it wrote.
 */
final class FileInPlace {

    private final Path file;
    private final Object key;

    private FileInPlace(Path file, Object key) {
        this.file = file;
        this.key = key;
    }

    /**
     * The file that lies there now.
     *
     * @throws LogFault if there is none
     */
    static FileInPlace of(Path file) {
        return new FileInPlace(file, keyOf(file));
    }

    /** @throws LogFault if another file lies there, or none */
    void require() {
        if (!isThis(keyOf(file))) {
            throw broken(file, "it was replaced by another file while it was open", null);
        }
    }

    /** Whether it still lies there. */
    boolean isHeld() {
        try {
            return isThis(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean isThis(Object other) {
        return Objects.equals(key, other);
    }

    private static Object keyOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            throw broken(file, "it was deleted or moved away", gone);
        }
    }

    static LogFault broken(Path file, String what, IOException cause) {
        return new LogFault(LogFault.Kind.BROKEN, "Nothing was written to " + file + ": " + what, cause);
    }
}
