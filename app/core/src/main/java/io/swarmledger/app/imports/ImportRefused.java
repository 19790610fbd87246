package io.swarmledger.app.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A file was not imported, and the ledger is as it was. The message names the file and what is wrong, where. */
public final class ImportRefused extends RuntimeException {

    private final List<BadRow> badRows;
    private final long count;

    ImportRefused(Path file, List<BadRow> badRows, long count) {
        super(message(file, badRows, count));
        this.badRows = List.copyOf(badRows);
        this.count = count;
    }

    /** The reason continues a sentence that begins with the file: "is no ...". */
    public ImportRefused(Path file, String reason) {
        this(file, List.of(new BadRow(null, null, reason)), 1);
    }

    static ImportRefused written(Path file) {
        return new ImportRefused(
                file, "was written to while it was read: stop the program that does so, and import it again");
    }

    /** The same of a file that whoever wished it knows by another name. */
    public ImportRefused of(Path name) {
        return new ImportRefused(name, badRows, count);
    }

    /** What is wrong, in the order of the file; the first hundred, if there is more. */
    public List<BadRow> badRows() {
        return badRows;
    }

    /** How much is wrong, what {@link #badRows()} leaves out included. */
    public long count() {
        return count;
    }

    private static String message(Path file, List<BadRow> badRows, long count) {
        if (count == 1 && badRows.get(0).row() == null) {
            return "Nothing was imported: " + file + ": " + badRows.get(0);
        }
        String rows = badRows.stream().map(bad -> "\n  " + bad).collect(Collectors.joining());
        String rest = count > badRows.size() ? "\n  and " + (count - badRows.size()) + " more" : "";
        return "Nothing was imported: " + file + " has " + count + (count == 1 ? " defect:" : " defects:") + rows
                + rest;
    }
}
