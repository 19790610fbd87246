package io.swarmledger.app.imports;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.recorder.claudecode.ClaudeCodeSessions;
import io.swarmledger.app.recorder.claudeflow.ClaudeFlowState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** What can be imported. */
public final class Formats {

    private static final byte[] NOTHING = {};

    private final List<Format> formats;

    /** These, in the order that they are asked in. */
    public Formats(List<Format> formats) {
        this.formats = List.copyOf(formats);
    }

    /** Those that every ledger knows. */
    public static Formats ofLedger() {
        return new Formats(List.of(
                new FactLines(),
                new ClaudeCodeSessions(),
                new ClaudeFlowState(),
                new EventDatabase(),
                new NdjsonExport()));
    }

    /**
     * Looks whether something may be imported at all, before a ledger is opened for it.
     *
     * @param ledger where it would be imported
     * @throws ImportRefused if it is not there, cannot be read, is that ledger's own, or is of no kind that can be imported
     */
    public void require(Path path, LedgerFiles ledger) {
        refuse(path, ledger);
        open(path, Reading.ofNothingElse()).close();
    }

    /**
     * Refuses what is not to be read at all.
     *
     * @throws ImportRefused if it is not there, is a link, cannot be read, or is that ledger's own
     */
    static void refuse(Path path, LedgerFiles ledger) {
        require(path);
        refuseOwn(path, ledger);
    }

    /**
     * Refuses what cannot be read at all.
     *
     * @throws ImportRefused if it is not there, is a link, or cannot be read
     */
    public static void require(Path path) {
        if (Files.isSymbolicLink(path)) {
            throw new ImportRefused(path, "is a symbolic link: name what it points to");
        }
        if (!Files.exists(path)) {
            throw new ImportRefused(path, "does not exist");
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
            throw new ImportRefused(path, "is no regular file");
        }
        if (!Files.isReadable(path)) {
            throw new ImportRefused(path, "cannot be read by this user");
        }
    }

    /** To open and close a file that SQLite has open in this process would drop SQLite's locks on it. */
    private static void refuseOwn(Path path, LedgerFiles ledger) {
        try {
            if (ledger.isOwn(path)) {
                throw new ImportRefused(path, "is this ledger's own");
            }
        } catch (IOException failure) {
            throw new ImportRefused(path, "cannot be read: " + failure);
        }
    }

    /**
     * Opens what is there as the first format that takes it.
     *
     * @throws ImportRefused if none does
     */
    public Source open(Path path, Reading reading) {
        try {
            byte[] beginning = beginningOf(path);
            for (Format format : formats) {
                if (format.mayBegin(path, beginning)) {
                    return format.open(path, reading);
                }
            }
            throw new ImportRefused(path, whyNot(path, beginning));
        } catch (IOException failure) {
            throw new ImportRefused(path, "cannot be read: " + failure);
        }
    }

    private static byte[] beginningOf(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return NOTHING;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(Format.BEGINNING);
        }
    }

    private static String whyNot(Path path, byte[] beginning) {
        if (Files.isDirectory(path)) {
            return "is a directory in which nothing is that can be imported";
        }
        return beginning.length == 0
                ? "is empty"
                : "is neither an SQLite database nor an NDJSON export, nor anything else that is known";
    }
}
