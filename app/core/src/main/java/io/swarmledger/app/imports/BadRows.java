package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.ReadReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a file: the first hundred by name, the rest by number. */
final class BadRows {

    private static final int NAMED = 100;

    private final List<BadRow> named = new ArrayList<>();
    private long count;

    void add(BadRow bad) {
        count++;
        if (named.size() < NAMED) {
            named.add(bad);
        }
    }

    /** As what could not be read, of a source whose rest is imported. */
    void tell(ReadReport report, Path path) {
        for (long i = 0; i < count; i++) {
            report.cannotRead(
                    path.toString(), null, i < named.size() ? named.get((int) i).toString() : "");
        }
    }

    void refuseIfAny(Path file) {
        if (count > 0) {
            throw new ImportRefused(file, named, count);
        }
    }
}
