package io.swarmledger.app.http;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of the door over HTTP, under {@code swarm-ledger.http}.
 *
 * @param allowedHosts names by which the service may be called beside those of the loopback; behind a proxy, its name
 * @param rate requests a second of one token, or of one address where none is demanded; 0 for no limit; unless given,
 *     none on the loopback while no token is demanded and 5,000 otherwise
 * @param bodyPatience within which a body that is no stream of events has to arrive
 * @param slowBodies how many streams of events may take longer than that at once
 * @param streamConsumers how many may follow the live stream at once
 * @param streamHeartbeat how long nothing is said on a live stream before it is said how far the log is
 */
@ConfigurationProperties("swarm-ledger.http")
public record HttpProperties(
        @DefaultValue List<String> allowedHosts,
        Integer rate,
        @DefaultValue("30s") Duration bodyPatience,
        @DefaultValue("64") int slowBodies,
        @DefaultValue("1000") int streamConsumers,
        @DefaultValue("15s") Duration streamHeartbeat) {}
