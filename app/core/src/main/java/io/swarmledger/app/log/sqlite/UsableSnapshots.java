package io.swarmledger.app.log.sqlite;

import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.SerializedType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a snapshot pass only if it says what the aggregate would say today: of the type that its stream belongs to, in the
 * revision of today, and not ahead of the log. Any other is passed over, and events tell the state.
 */
public final class UsableSnapshots implements SnapshotFilter {

    private static final Logger LOG = LoggerFactory.getLogger(UsableSnapshots.class);

    private final DataSource readers;
    private final AggregateTypes types;

    /**
     * Of a log.
     *
     * @param types the aggregates whose snapshots there are
     */
    public UsableSnapshots(DataSource readers, AggregateTypes types) {
        this.readers = readers;
        this.types = types;
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
        try (Connection connection = readers.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT type, EXISTS (SELECT 1"
                        + " FROM DomainEventEntry WHERE aggregateIdentifier = ?1 AND sequenceNumber = ?2)"
                        + " FROM DomainEventEntry WHERE aggregateIdentifier = ?1 ORDER BY sequenceNumber LIMIT 1")) {
            select.setString(1, snapshot.getAggregateIdentifier());
            select.setLong(2, snapshot.getSequenceNumber());
            try (ResultSet stream = select.executeQuery()) {
                if (!stream.next() || !stream.getBoolean(2)) {
                    return "it is ahead of the log";
                }
                return defectOf(snapshot, stream.getString(1));
            }
        } catch (SQLException failure) {
            throw SqliteErrors.faultOf("the log", failure);
        }
    }

    private String defectOf(DomainEventData<?> snapshot, String streamType) {
        SerializedType stored = snapshot.getPayload().getType();
        Optional<AggregateType> type = types.of(streamType);
        if (type.isEmpty() || !streamType.equals(snapshot.getType())) {
            return "it is of type " + snapshot.getType() + ", its stream of type " + streamType;
        }
        String name = type.get().snapshotName();
        if (!name.equals(stored.getName())) {
            return "it is " + stored.getName() + ", not " + name;
        }
        String revision = type.get().snapshotRevision();
        return Objects.equals(revision, stored.getRevision())
                ? null
                : "its revision is " + stored.getRevision() + ", today's is " + revision;
    }
}
