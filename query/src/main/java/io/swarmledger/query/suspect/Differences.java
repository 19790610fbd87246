package io.swarmledger.query.suspect;

import java.util.List;

/**
 * What attempts that failed have in common, beside those that were completed; what differs most surely comes first.
 *
 * @param failed how many attempts failed
 * @param completed how many ended well
 * @param considered how many events were looked at for that: the newest up to {@code position}
 * @param from the position of the first of them
 * @param position of the last that there was then
 * @param isWhole whether no attempt is left out that was asked for
 * @param items the differences
 * @param total how many values were compared
 * @param tooFew how many were not, since fewer than {@code least} attempts have them, or have another
 * @param least so many attempts there have to be of either
 */
public record Differences(
        String swarmId,
        long failed,
        long completed,
        long considered,
        long from,
        long position,
        boolean isWhole,
        List<Difference> items,
        long total,
        long tooFew,
        int least) {

    /**
     * How attempts that have something in common ended, beside those of which something else is known. Of those of which
     * nothing is known neither counts.
     *
     * @param attribute the label of an {@link Attribute}
     * @param failureRate of those that have the value, 0 to 1
     * @param otherFailureRate of the others
     * @param difference of the two: above 0 where more fail
     * @param p how likely it would be, or something as unlikely, if the value made no difference: Fisher's exact test,
     *     two-sided
     * @param isClear whether that is less than 1 in 20 even for as many values as were compared (Bonferroni)
     */
    public record Difference(
            String attribute,
            String value,
            long failed,
            long completed,
            long otherFailed,
            long otherCompleted,
            double failureRate,
            double otherFailureRate,
            double difference,
            double p,
            boolean isClear) {

        long characters() {
            return value.length() + 200L;
        }
    }
}
