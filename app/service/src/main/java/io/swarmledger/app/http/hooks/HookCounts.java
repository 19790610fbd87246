package io.swarmledger.app.http.hooks;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What became of hooks since the service started. */
final class HookCounts {

    private static final int NAMED = 100;

    private final Map<String, Long> notMapped = new TreeMap<>();
    private final Map<String, Long> notUnderstood = new TreeMap<>();
    private long hooks;
    private long added;
    private long known;
    private long refused;
    private long lost;
    private String lastTrouble;

    /**
     * The counts.
     *
     * @param hooks how many came
     * @param events how many events they added
     * @param known how often what they told was there already
     * @param notMapped how many told nothing that is kept, by their names
     * @param notUnderstood how many were kept as they are, by their names
     * @param refused how many events could not be
     * @param lost how many hooks told what could not be written; the transcript has it
     * @param lastTrouble why, the last time; {@code null} if there was none
     */
    record Told(
            long hooks,
            long events,
            long known,
            Map<String, Long> notMapped,
            Map<String, Long> notUnderstood,
            long refused,
            long lost,
            String lastTrouble) {}

    synchronized void came() {
        hooks++;
    }

    synchronized void appended(int events, int alreadyThere) {
        added += events;
        known += alreadyThere;
    }

    synchronized void notMapped(String event) {
        count(notMapped, event);
    }

    synchronized void notUnderstood(String event) {
        count(notUnderstood, event);
    }

    synchronized void refused(String reason) {
        refused++;
        lastTrouble = reason;
    }

    /** Answers whether that is news: what goes on for hours is told once. */
    synchronized boolean lost(String reason) {
        boolean isNews = !Objects.equals(reason, lastTrouble);
        lost++;
        lastTrouble = reason;
        return isNews;
    }

    synchronized Told told() {
        return new Told(
                hooks, added, known, Map.copyOf(notMapped), Map.copyOf(notUnderstood), refused, lost, lastTrouble);
    }

    /** Names are the callers' own: as many as there are at first, the others together. */
    private static void count(Map<String, Long> counts, String name) {
        counts.merge(counts.size() < NAMED || counts.containsKey(name) ? name : "others", 1L, Long::sum);
    }
}
