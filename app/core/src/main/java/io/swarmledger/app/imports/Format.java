package io.swarmledger.app.imports;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A kind of file or folder that can be imported. One bean in a Spring application; without Spring it is said when the ledger
 * is opened. Those of the application are asked before the ledger's own, and the first that says so takes it.
 */
public interface Format {

    /** How much of a file's beginning {@link #mayBegin} is shown, bytes. */
    int BEGINNING = 4_096;

    /**
     * Whether it may be of this format. By what is there, not by a name that somebody gave it.
     *
     * @param path a regular file or a directory; it is only read
     * @param beginning how the file begins, as far as {@link #BEGINNING}; nothing for a directory
     * @throws IOException if that cannot be told, since it cannot be read
     */
    boolean mayBegin(Path path, byte[] beginning) throws IOException;

    /**
     * Opens it.
     *
     * @throws ImportRefused if it is not of this format after all, or cannot be taken
     * @throws IOException if it cannot be read
     */
    Source open(Path path, Reading reading) throws IOException;
}
