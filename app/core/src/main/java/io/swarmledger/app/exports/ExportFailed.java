package io.swarmledger.app.exports;

import java.nio.file.Path;

/** No file was made: what was there under its name, or was not, is as before. The message names the reason. */
public final class ExportFailed extends RuntimeException {

    ExportFailed(Path file, String reason) {
        this(file, reason, null);
    }

    public ExportFailed(Path file, String reason, Throwable cause) {
        super("Nothing was written to " + file + ": " + reason, cause);
    }
}
