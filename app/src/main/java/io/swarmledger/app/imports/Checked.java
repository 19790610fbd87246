package io.swarmledger.app.imports;

import io.swarmledger.app.log.EventRow;
import java.util.List;

/**
 * One event of a file, looked at.
 *
 * @param row where it is
 * @param event what goes into the log, or {@code null} if it is a bad row
 * @param bad what is wrong with it
 */
record Checked(long row, EventRow event, List<BadRow> bad) {}
