package io.swarmledger.app.mount;

import io.swarmledger.app.http.HttpDoor;
import io.swarmledger.app.http.HttpProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * What the door brings would open doors of an application too: a description of its controllers, which only whoever asks
 * for it gets. Where the door is all that is at a server, its own settings are the application's.
 */
public final class ServiceDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> OF_OTHERS =
            Map.of("springdoc.api-docs.enabled", "false", "springdoc.swagger-ui.enabled", "false");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean whole = HttpProperties.ROOT.equals(environment.getProperty(HttpProperties.BASE_PATH));
        environment
                .getPropertySources()
                .addLast(whole ? ofDoor() : new MapPropertySource("swarm-ledger defaults beside a door", OF_OTHERS));
    }

    /** The settings of the door itself. */
    static PropertySource<?> ofDoor() {
        try {
            return new ResourcePropertySource(
                    "swarm-ledger door", new ClassPathResource("door.properties", HttpDoor.class));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
