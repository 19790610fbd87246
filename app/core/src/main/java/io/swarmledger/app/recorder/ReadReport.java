package io.swarmledger.app.recorder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of reading records of others: what was passed over, what was new, what could not be read. */
public final class ReadReport {

    private static final int NAMED = 100;

    private final Map<String, Long> passedOver = new TreeMap<>();
    private final Map<String, Long> unknown = new TreeMap<>();
    private final List<Defect> defects = new ArrayList<>();
    private long defectCount;
    private long records;

    /**
     * What could not be read.
     *
     * @param file or folder
     * @param line {@code null} where all of it is at fault
     */
    public record Defect(String file, Long line, String reason) {

        @Override
        public String toString() {
            return file + (line == null ? "" : ", line " + line) + ": " + reason;
        }
    }

    /** One more record was read, whatever became of it. */
    public void read() {
        records++;
    }

    /** A record of a kind that is known and tells nothing that the ledger keeps. */
    public void passOver(String kind) {
        count(passedOver, kind);
    }

    /** A record of a kind that nobody knows. */
    public void unknown(String kind) {
        count(unknown, kind);
    }

    /** Something that cannot be read; the rest goes on. */
    public void cannotRead(String file, Long line, String reason) {
        defectCount++;
        if (defects.size() < NAMED) {
            defects.add(new Defect(file, line, reason));
        }
    }

    /** Kinds are the files' own words: as many as there are at first, the others together. */
    private static void count(Map<String, Long> counts, String kind) {
        String name = counts.size() < NAMED || counts.containsKey(kind) ? kind : "others";
        counts.merge(name, 1L, Long::sum);
    }

    /** How many records were read. */
    public long records() {
        return records;
    }

    /** How many of each known kind were passed over. */
    public Map<String, Long> passedOver() {
        return Collections.unmodifiableMap(passedOver);
    }

    /** How many of each unknown kind there were. */
    public Map<String, Long> unknown() {
        return Collections.unmodifiableMap(unknown);
    }

    /** The first hundred things that could not be read. */
    public List<Defect> defects() {
        return Collections.unmodifiableList(defects);
    }

    /** How many things could not be read. */
    public long defectCount() {
        return defectCount;
    }
}
