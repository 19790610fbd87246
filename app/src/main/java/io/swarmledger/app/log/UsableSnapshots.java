package io.swarmledger.app.log;

import io.swarmledger.events.StoredTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.SerializedType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a snapshot pass only if it says what the aggregate would say today: a type of ours, in the revision of today, and
 * not ahead of the log. Any other is passed over, and events tell the state.
 */
public final class UsableSnapshots implements SnapshotFilter {

    private static final Logger LOG = LoggerFactory.getLogger(UsableSnapshots.class);

    private final StoredTypes types;
    private final DataSource readers;

    public UsableSnapshots(StoredTypes types, DataSource readers) {
        this.types = types;
        this.readers = readers;
    }

    @Override
    public boolean test(DomainEventData<?> snapshot) {
        String defect = defectOf(snapshot);
        if (defect != null) {
            LOG.warn(
                    "The snapshot of {} {} at version {} is passed over: {}",
                    snapshot.getType(),
                    snapshot.getAggregateIdentifier(),
                    snapshot.getSequenceNumber() + 1,
                    defect);
        }
        return defect == null;
    }

    private String defectOf(DomainEventData<?> snapshot) {
        SerializedType stored = snapshot.getPayload().getType();
        SerializedType known =
                types.classOf(stored.getName()).flatMap(types::typeOf).orElse(null);
        if (known == null) {
            return "its type " + stored.getName() + " is unknown";
        }
        if (!Objects.equals(known.getRevision(), stored.getRevision())) {
            return "its revision is " + stored.getRevision() + ", today's is " + known.getRevision();
        }
        return isAheadOfLog(snapshot) ? "it is ahead of the log" : null;
    }

    private boolean isAheadOfLog(DomainEventData<?> snapshot) {
        try (Connection connection = readers.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT 1 FROM DomainEventEntry WHERE aggregateIdentifier = ? AND sequenceNumber = ?")) {
            select.setString(1, snapshot.getAggregateIdentifier());
            select.setLong(2, snapshot.getSequenceNumber());
            try (ResultSet row = select.executeQuery()) {
                return !row.next();
            }
        } catch (SQLException failure) {
            throw LogFault.of("the log", failure);
        }
    }
}
