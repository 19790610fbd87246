package io.swarmledger.commands;

/** The aggregate is not at the version that the caller had seen when it decided to send the command. */
public final class VersionConflict extends CommandRefused {

    private final String aggregateId;
    private final long expectedVersion;
    private final long currentVersion;

    VersionConflict(String aggregateType, String aggregateId, long expectedVersion, long currentVersion) {
        super("The " + aggregateType + " " + aggregateId + " is at version " + currentVersion + ", not at "
                + expectedVersion);
        this.aggregateId = aggregateId;
        this.expectedVersion = expectedVersion;
        this.currentVersion = currentVersion;
    }

    public String aggregateId() {
        return aggregateId;
    }

    /** The version that the caller expected the aggregate to be at. */
    public long expectedVersion() {
        return expectedVersion;
    }

    /** The version of the aggregate's last event; 0 if it has none. */
    public long currentVersion() {
        return currentVersion;
    }
}
