package io.swarmledger.app.wiring;

import io.swarmledger.app.alert.AlertRule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * @param alerts when somebody is told that something is wrong
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
        @DefaultValue Alerts alerts,
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
     * When somebody is told that something is wrong.
     *
     * @param enabled whether the rules are looked after
     * @param rules each with a name, on, threshold, swarm and for; none unless given, but with a webhook one on every incident
     *     that is open for a minute
     * @param webhook whom they are told
     */
    public record Alerts(
            @DefaultValue("true") boolean enabled, @DefaultValue List<AlertRule> rules, @DefaultValue Webhook webhook) {

        private static final AlertRule UNLESS_GIVEN =
                new AlertRule("open-incident", AlertRule.On.INCIDENT, null, null, Duration.ofMinutes(1));

        /** Each has a name of its own. */
        public Alerts {
            Set<String> names = new HashSet<>();
            for (AlertRule rule : rules) {
                if (!names.add(rule.name())) {
                    throw new IllegalArgumentException("rules: two are called " + rule.name());
                }
            }
            rules = rules.isEmpty() && webhook.url() != null ? List.of(UNLESS_GIVEN) : rules;
        }

        /**
         * Whom alerts are told: HTTP's POST to an address.
         *
         * @param url nobody is told unless it is given
         * @param secret by which what is sent is signed: whsec_ and base64, or any text of 16 bytes or more
         * @param secretFile the file that has it instead
         */
        public record Webhook(URI url, String secret, Path secretFile) {

            /** Without the secret, and without what may be as good as one. */
            @Override
            public String toString() {
                return url == null ? "nobody" : String.valueOf(url.getHost());
            }
        }
    }

    /**
     * When aggregates are stored whole.
     *
     * @param threshold after so many events since the last snapshot
     */
    public record Snapshot(@DefaultValue("100") int threshold) {}
}
