package io.swarmledger.app.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/**
 * What can be set, under {@code swarm-ledger}.
 *
 * @param data the ledger's directory, or :memory: for one that is gone at the end
 * @param snapshot when aggregates are stored whole
 * @param aggregateCache how many aggregates of each type are kept in memory between their commands; fewer where they hold
 *     much
 * @param silentAfter an active agent of which nothing was heard for so long is silent
 * @param stuckAfter a task that is queued or blocked for so long, and nothing that failed says why, is an incident
 * @param clockTolerance how far ahead of the ledger's clock a time may be and still be believed
 * @param queryTimeout how long a query may take before it is given up
 * @param lossNotice how long a service that has lost a file it cannot work without says so before it ends
 * @param maxEventSize how much payload and metadata an event of a command may have together; imports are exempt
 * @param imports what others recorded
 * @param acceptLoss whether the log may be written to although acknowledged events are missing in it
 */
@ConfigurationProperties("swarm-ledger")
public record LedgerProperties(
        @DefaultValue("ledger-data") String data,
        @DefaultValue Snapshot snapshot,
        @DefaultValue("10000") int aggregateCache,
        @DefaultValue("10m") Duration silentAfter,
        @DefaultValue("30m") Duration stuckAfter,
        @DefaultValue("1h") Duration clockTolerance,
        @DefaultValue("30s") Duration queryTimeout,
        @DefaultValue("30s") Duration lossNotice,
        @DefaultValue("1MB") DataSize maxEventSize,
        @DefaultValue Imports imports,
        @DefaultValue("false") boolean acceptLoss) {

    /** What holds where nothing is set. */
    public static LedgerProperties defaults() {
        return new Binder(new MapConfigurationPropertySource()).bindOrCreate("swarm-ledger", LedgerProperties.class);
    }

    /**
     * What others recorded, where it is sent to a service.
     *
     * @param maxSize how much may be sent at once; one transaction of it is what other appends may have to wait for
     */
    public record Imports(@DefaultValue("64MB") DataSize maxSize) {}

    /**
     * When aggregates are stored whole.
     *
     * @param threshold after so many events since the last snapshot
     */
    public record Snapshot(@DefaultValue("100") int threshold) {}
}
