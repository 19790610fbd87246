package io.swarmledger.app.view;

import io.swarmledger.query.view.ViewDifference;
import java.util.List;

/**
 * A view held against the log.
 *
 * @param ok whether it says what the log says
 * @param position up to which both were compared
 * @param states how many the view has
 * @param differences of the view, the first {@value #MOST} of them
 */
public record ViewCheck(String projection, boolean ok, long position, long states, List<ViewDifference> differences) {

    static final int MOST = 1_000;
}
