package io.swarmledger.query.run;

import io.swarmledger.query.run.Lanes.Stretch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedList;
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

    /**
     * Of a run beneath another: where tasks that match began, its time is drawn where the other's is, as far as they began in
     * the same order; between these it is stretched.
     */
    static TimeAxis beneath(Run other, Run run, Alignment alignment) {
        List<double[]> anchors = anchors(other, run, alignment);
        if (anchors.size() < 2) {
            return run.axis();
        }
        List<Stretch> stretches = new ArrayList<>();
        double margin = SHORT * (anchors.get(anchors.size() - 1)[0] - anchors.get(0)[0]);
        double[] first = anchors.get(0);
        double[] last = anchors.get(anchors.size() - 1);
        double whole = other.axis().end();
        anchors.add(0, new double[] {Math.min(0, first[0] - margin), Math.min(run.startedAt(), first[1])});
        anchors.add(new double[] {Math.max(whole, last[0] + margin), Math.max(run.endedAt, last[1])});
        for (int i = 1; i < anchors.size(); i++) {
            double[] from = anchors.get(i - 1);
            double[] to = anchors.get(i);
            stretches.add(new Stretch(from[1], to[1], from[0], to[0], false));
        }
        return new TimeAxis(stretches);
    }

    /** Places of the other run with times of this one, both rising: as many as there can be. */
    private static List<double[]> anchors(Run other, Run run, Alignment alignment) {
        List<double[]> began = new ArrayList<>();
        alignment.tasks().forEach((id, match) -> {
            List<RunTask.Attempt> there = other.tasks.get(id).attempts;
            List<RunTask.Attempt> here = run.tasks.get(match.other()).attempts;
            if (!there.isEmpty() && !here.isEmpty()) {
                began.add(new double[] {
                    other.axis().at(there.get(0).began()), here.get(0).began()
                });
            }
        });
        began.sort(Comparator.<double[]>comparingDouble(one -> one[0])
                .thenComparing(
                        Comparator.<double[]>comparingDouble(one -> one[1]).reversed()));
        return rising(began);
    }

    /** The longest part of it in which the second number rises. */
    private static List<double[]> rising(List<double[]> all) {
        int[] ends = new int[all.size()];
        int[] before = new int[all.size()];
        int length = 0;
        for (int i = 0; i < all.size(); i++) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) / 2;
                if (all.get(ends[middle])[1] < all.get(i)[1]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : ends[low - 1];
            ends[low] = i;
            length = Math.max(length, low + 1);
        }
        LinkedList<double[]> rising = new LinkedList<>();
        for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = before[i]) {
            rising.addFirst(all.get(i));
        }
        return new ArrayList<>(rising);
    }

    private double end() {
        return stretches.isEmpty() ? 0 : stretches.get(stretches.size() - 1).until();
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
