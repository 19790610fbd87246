package io.swarmledger.query.run;

import io.swarmledger.query.run.RunSummary.Stretch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the times of a run are drawn. Where nothing happens for longer than half of all shorter pauses together it is drawn
 * short: one event of last month does not squeeze an hour of work into a line.
 */
final class TimeAxis {

    private static final double A_GAP = 1_000;
    private static final int FEWEST = 4;

    /** Of all that is drawn in proportion a gap takes that part. */
    private static final double SHORT = 0.02;

    private static final int MOST = 200;

    private final List<Stretch> stretches;

    private TimeAxis(List<Stretch> stretches) {
        this.stretches = stretches;
    }

    /** Of these times, epoch milliseconds. */
    static TimeAxis of(double[] times) {
        if (times.length == 0) {
            return new TimeAxis(List.of());
        }
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        double longest = longestKept(sorted);
        double kept = 0;
        for (int i = 1; i < sorted.length; i++) {
            double pause = sorted[i] - sorted[i - 1];
            kept += pause > longest ? 0 : pause;
        }
        List<Stretch> stretches = new ArrayList<>();
        double from = sorted[0];
        double at = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] - sorted[i - 1] > longest) {
                at = add(stretches, from, sorted[i - 1], at, sorted[i - 1] - from, false);
                at = add(stretches, sorted[i - 1], sorted[i], at, Math.max(1, kept * SHORT), true);
                from = sorted[i];
            }
        }
        add(stretches, from, sorted[sorted.length - 1], at, Math.max(1, sorted[sorted.length - 1] - from), false);
        return new TimeAxis(stretches);
    }

    private static double add(
            List<Stretch> stretches, double from, double to, double at, double length, boolean isGap) {
        if (length > 0) {
            stretches.add(new Stretch(from, to, at, at + length, isGap));
        }
        return at + length;
    }

    private static double longestKept(double[] sorted) {
        double[] pauses = new double[sorted.length - 1];
        int count = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] > sorted[i - 1]) {
                pauses[count++] = sorted[i] - sorted[i - 1];
            }
        }
        if (count < FEWEST) {
            return Double.MAX_VALUE;
        }
        double[] all = Arrays.copyOf(pauses, count);
        Arrays.sort(all);
        double together = 0;
        for (int i = 0; i < count; i++) {
            boolean isGap = i >= (count + 1) / 2 && all[i] > A_GAP && all[i] > together / 2;
            if (isGap) {
                return Math.max(all[i - 1], count > MOST ? all[count - MOST - 1] : 0);
            }
            together += all[i];
        }
        return Double.MAX_VALUE;
    }

    List<Stretch> stretches() {
        return stretches;
    }

    /** Where a time is drawn. */
    double at(double time) {
        if (stretches.isEmpty()) {
            return 0;
        }
        int low = 0;
        int high = stretches.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (stretches.get(middle).from() <= time) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Stretch in = stretches.get(low);
        double length = in.to() - in.from();
        double share = length <= 0 ? 0 : Math.max(0, Math.min(1, (time - in.from()) / length));
        return in.at() + share * (in.until() - in.at());
    }
}
