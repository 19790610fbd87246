package io.swarmledger.app.wiring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What the ledger needs of Axon and Boot before any bean starts, wherever it is embedded. Whoever says otherwise in an
 * application's own properties is heard first.
 */
public final class LedgerDefaults implements EnvironmentPostProcessor {

    private static final List<String> QUIET = List.of(
            "com.zaxxer.hikari",
            "org.flywaydb",
            "org.axonframework.eventhandling.pooled",
            "org.axonframework.config.AxonIQConsoleModule",
            "org.axonframework.common.IdentifierFactory");

    private static final String METRICS = "axon.metrics.auto-configuration.enabled";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> defaults = new LinkedHashMap<>(ofAxon());
        // What they say at each start nobody who embeds a ledger asked for.
        QUIET.forEach(logger -> defaults.put("logging.level." + logger, "WARN"));
        if (!environment.containsProperty(METRICS)) {
            // Monitors that look up their meters for every command and event. The service has its own, whoever embeds a
            // ledger and wants Axon's says so.
            defaults.put(METRICS, "false");
        }
        environment.getPropertySources().addLast(new MapPropertySource("swarm-ledger defaults", defaults));
    }

    /** What holds of Axon in every application that has a ledger, and in none. */
    public static Map<String, Object> ofAxon() {
        return Map.of(
                // It reports usage to a host on the internet at every start.
                "axon.update-check.disabled", "true",
                // A stack trace a command, and interrupts in the middle of long batches.
                "axon.timeout.enabled", "false",
                "axon.axonserver.enabled", "false");
    }
}
