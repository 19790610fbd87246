package io.swarmledger.app.imports;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A claude-flow V3 event database, or any other of SQLite, which says what it is when it is opened. */
public final class EventDatabase implements Format {

    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Whether a file that begins so is a database of SQLite. */
    public static boolean isSqlite(byte[] beginning) {
        return beginning.length >= SQLITE.length
                && Arrays.equals(beginning, 0, SQLITE.length, SQLITE, 0, SQLITE.length);
    }

    @Override
    public boolean mayBegin(Path path, byte[] beginning) {
        return isSqlite(beginning);
    }

    @Override
    public Source open(Path path, Reading reading) {
        return ClaudeFlowEvents.open(path);
    }
}
