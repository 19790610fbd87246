package io.swarmledger.app.http;

import io.swarmledger.app.recorder.Content;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of the door over HTTP, under {@code swarm-ledger.http}.
 *
 * @param enabled whether it is open at all
 * @param basePath below which path of the application's server it is; / where nothing else is at it
 * @param allowedHosts names by which the service may be called beside those of the loopback; behind a proxy, its name
 * @param rate requests a second of one token, or of one address where none is demanded; 0 for no limit; unless given,
 *     none on the loopback while no token is demanded and 5,000 otherwise
 * @param bodyPatience within which a body that is no stream of events has to arrive
 * @param slowBodies how many streams of events may take longer than that at once
 * @param streamConsumers how many may follow the live stream at once
 * @param content how much is kept of what agents read, write and say, as far as hooks tell it: none, titles or full
 * @param streamHeartbeat how long nothing is said on a live stream before it is said how far the log is
 */
@ConfigurationProperties("swarm-ledger.http")
public record HttpProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/ledger") String basePath,
        @DefaultValue List<String> allowedHosts,
        Integer rate,
        @DefaultValue("30s") Duration bodyPatience,
        @DefaultValue("64") int slowBodies,
        @DefaultValue("1000") int streamConsumers,
        @DefaultValue("titles") Content content,
        @DefaultValue("15s") Duration streamHeartbeat) {

    /** The property that is {@link #basePath}. */
    public static final String BASE_PATH = "swarm-ledger.http.base-path";

    /** The base path of a door that has a server for itself. */
    public static final String ROOT = "/";

    private static final Pattern BELOW = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    public HttpProperties {
        if (!ROOT.equals(basePath) && !BELOW.matcher(basePath).matches()) {
            throw new IllegalArgumentException(
                    BASE_PATH + ": \"" + basePath + "\" is no path such as /ledger, without a / at its end");
        }
    }
}
