package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import java.util.List;

/**
 * One event of a file, looked at.
 *
 * @param row where it is
 * @param event what goes into the log, or {@code null} if it is a bad row; its swarm is the one that its metadata names,
 *     {@code null} if it names none
 * @param toldSwarm the swarm that the file says it was in where its metadata names none, {@code null} if it says nothing
 * @param bad what is wrong with it
 */
record Checked(long row, EventRow event, String toldSwarm, List<BadRow> bad) {

    /** One that cannot be taken. */
    static Checked bad(long row, List<BadRow> bad) {
        return new Checked(row, null, null, bad);
    }
}
