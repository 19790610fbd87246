package io.swarmledger.app.check;

import java.util.List;

/**
 * A view held against the log.
 *
 * @param ok whether it says what the log says
 * @param position up to which both were compared
 * @param states how many the log tells of
 * @param deadLetters how many events the view does not have because they could not be applied, or wait behind one that
 *     could not; they are not compared
 * @param moments whether what the index of all moments says of these things at that position was compared too; it is for
 *     an application's own views, if the index has come so far
 * @param differing how many differences there are
 * @param differences the first of them, {@value Differences#MOST} at most
 */
public record ViewCheck(
        String projection,
        boolean ok,
        long position,
        long states,
        long deadLetters,
        boolean moments,
        long differing,
        List<ViewDifference> differences) {

    /** In a line. */
    @Override
    public String toString() {
        String at = projection + " at position " + position + ": ";
        if (ok) {
            return at + "as the log says, " + states + " states"
                    + (moments ? ", at that moment too" : "; what time travel says was not compared");
        }
        return at + differing + (differing == 1 ? " difference: " : " differences, the first: ") + differences.get(0);
    }
}
