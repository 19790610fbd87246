package io.swarmledger.app.imports;

import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.app.recorder.ReadReport.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an import did.
 *
 * @param added events that are new in the ledger
 * @param alreadyThere events of the file that the ledger had: with the same content, or, of facts, by their ids
 * @param snapshots snapshots that are new in the ledger or newer than its own of that aggregate
 * @param passedOver how many records of each kind tell nothing that a ledger keeps
 * @param unknown how many records there were of each kind that nobody knows
 * @param unread what could not be read, the first hundred; the rest of it was imported
 * @param unreadCount how much could not be read
 */
public record Imported(
        long added,
        long alreadyThere,
        long snapshots,
        Map<String, Long> passedOver,
        Map<String, Long> unknown,
        List<Defect> unread,
        long unreadCount) {

    public Imported {
        passedOver = Map.copyOf(passedOver);
        unknown = Map.copyOf(unknown);
        unread = List.copyOf(unread);
    }

    /** Of events that have versions: all of it was read. */
    public Imported(long added, long alreadyThere, long snapshots) {
        this(added, alreadyThere, snapshots, Map.of(), Map.of(), List.of(), 0);
    }

    static Imported of(long added, long alreadyThere, ReadReport report) {
        return new Imported(
                added, alreadyThere, 0, report.passedOver(), report.unknown(), report.defects(), report.defectCount());
    }

    /** This and that together. */
    Imported and(Imported more) {
        List<Defect> both = new ArrayList<>(unread);
        both.addAll(more.unread);
        return new Imported(
                added + more.added,
                alreadyThere + more.alreadyThere,
                snapshots + more.snapshots,
                sums(passedOver, more.passedOver),
                sums(unknown, more.unknown),
                both,
                unreadCount + more.unreadCount);
    }

    private static Map<String, Long> sums(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sums = new TreeMap<>(one);
        other.forEach((kind, count) -> sums.merge(kind, count, Long::sum));
        return sums;
    }
}
