package io.swarmledger.app.mount;

import io.micrometer.core.instrument.MeterRegistry;
import io.swarmledger.app.http.HttpDoor;
import io.swarmledger.app.http.HttpProperties;
import io.swarmledger.app.http.OwnServer;
import io.swarmledger.app.http.operations.AxonMeters;
import io.swarmledger.app.wiring.LedgerAutoConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Opens the door of a ledger in a web application: below a path of its server, beside whatever else is there, and apart
 * from it. Where that path is the root, the door is the application.
 */
@AutoConfiguration(
        after = LedgerAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        },
        beforeName = {
            "org.springframework.boot.health.autoconfigure.application.DiskSpaceHealthContributorAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration"
        })
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBooleanProperty(name = "swarm-ledger.http.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HttpProperties.class)
public class ServiceAutoConfiguration {

    /** In the place of Axon's own, which only whoever asks for them gets. */
    @Bean
    @ConditionalOnSingleCandidate(MeterRegistry.class)
    @ConditionalOnBooleanProperty(name = "axon.metrics.auto-configuration.enabled", havingValue = false)
    AxonMeters ledgerAxonMeters(MeterRegistry meters, Clock clock) {
        return new AxonMeters(meters, clock);
    }

    @Configuration(proxyBeanMethods = false)
    @OwnServer
    @Import(HttpDoor.class)
    static class Whole {}

    @Configuration(proxyBeanMethods = false)
    @Conditional(NotWhole.class)
    static class Beside {

        @Bean
        MountedDoor ledgerDoor(ConfigurableApplicationContext application, HttpProperties properties) {
            return new MountedDoor(application, properties);
        }
    }

    static class NotWhole extends NoneNestedConditions {

        NotWhole() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @OwnServer
        static class AtRoot {}
    }
}
