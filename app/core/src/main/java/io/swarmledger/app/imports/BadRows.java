package io.swarmledger.app.imports;

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

    void refuseIfAny(Path file) {
        if (count > 0) {
            throw new ImportRefused(file, named, count);
        }
    }
}
