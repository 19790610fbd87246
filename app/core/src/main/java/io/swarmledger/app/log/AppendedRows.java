package io.swarmledger.app.log;

import io.swarmledger.commands.Appended;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** What a unit of work appended to the log, filled in by the storage engine once it is on disk. */
public final class AppendedRows {

    private static final String RESOURCE = AppendedRows.class.getName();

    private final List<Appended> appended = new ArrayList<>();

    private AppendedRows() {}

    /** What the unit of work, or the one that it is nested in, has appended so far. */
    public static AppendedRows in(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(RESOURCE, key -> new AppendedRows());
    }

    /** Notes that those rows have those positions. */
    public void add(List<EventRow> rows, long[] positions) {
        for (int i = 0; i < positions.length; i++) {
            EventRow row = rows.get(i);
            appended.add(new Appended(row.eventId(), row.aggregateId(), row.sequenceNumber() + 1, positions[i]));
        }
    }

    /** In the order of their positions. */
    public List<Appended> all() {
        return List.copyOf(appended);
    }
}
