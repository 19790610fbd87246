package io.swarmledger.app.mount;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.swarmledger.app.http.HttpProperties;
import java.util.Map;
import java.util.TreeMap;
import org.apache.catalina.Host;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;
import org.springframework.web.context.WebApplicationContext;

/**
 * The door below a path of an application's server. It is an application of its own there: its controllers, filters,
 * errors, JSON, pages and tokens are not the application's, and the application's are not its. It has the ledger from the
 * application, and tells it of its health and its meters.
 */
final class MountedDoor implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(MountedDoor.class);

    /** Open before the server is reached from outside, and closed after it no longer is. */
    private static final int BEFORE_THE_SERVER_STARTS = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;

    private static final String INDICATOR = "HealthIndicator";

    private final ConfigurableApplicationContext application;
    private final HttpProperties properties;
    private AnnotationConfigServletWebServerApplicationContext door;

    MountedDoor(ConfigurableApplicationContext application, HttpProperties properties) {
        this.application = application;
        this.properties = properties;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_SERVER_STARTS;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return door != null;
    }

    @Override
    public void start() {
        WebServer server =
                application instanceof ServletWebServerApplicationContext serving ? serving.getWebServer() : null;
        if (server == null) {
            LOG.info("The ledger is not served: this application has no server of its own");
        } else if (server instanceof TomcatWebServer tomcat) {
            open(
                    tomcat,
                    ((WebApplicationContext) application).getServletContext().getContextPath());
        } else {
            throw new IllegalStateException(
                    "A ledger is served by Tomcat, and the server of this application is another:"
                            + " depend on spring-boot-starter-tomcat, or set swarm-ledger.http.enabled=false");
        }
    }

    private void open(TomcatWebServer server, String ofApplication) {
        Host host = server.getTomcat().getHost();
        String path = ofApplication + properties.basePath();
        AnnotationConfigServletWebServerApplicationContext opened =
                new AnnotationConfigServletWebServerApplicationContext(
                        new DefaultListableBeanFactory(GivenBeans.of(application)));
        opened.setDisplayName("Swarm Ledger");
        opened.setEnvironment(environment());
        opened.getBeanFactory().setConversionService(new ApplicationConversionService());
        opened.setClassLoader(application.getClassLoader());
        opened.registerBean(
                TomcatServletWebServerFactory.class, () -> new MountedServerFactory(host, path, server::getPort));
        opened.register(DoorWiring.class);
        opened.refresh();
        door = opened;
        tellMeters();
        tellHealth();
    }

    /** What the door is told: its own settings, and what of the server's it has to know. */
    private ConfigurableEnvironment environment() {
        Map<String, Object> told = new TreeMap<>();
        for (String name :
                new String[] {"server.address", "server.tomcat.threads.max", "management.health.diskspace.threshold"}) {
            String value = application.getEnvironment().getProperty(name);
            if (value != null) {
                told.put(name, value);
            }
        }
        // Nothing else is heard: what the application says is for the application.
        ConfigurableEnvironment environment = new AbstractEnvironment() {};
        environment.getPropertySources().addLast(new MapPropertySource("told", told));
        environment.getPropertySources().addLast(ServiceDefaults.ofDoor());
        environment.setConversionService(new ApplicationConversionService());
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private void tellMeters() {
        MeterRegistry meters = door.getBean(MeterRegistry.class);
        door.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(meters));
    }

    private void tellHealth() {
        HealthContributorRegistry registry =
                application.getBeanProvider(HealthContributorRegistry.class).getIfAvailable();
        if (registry != null) {
            health().forEach((name, indicator) -> registry.registerContributor(name, indicator));
        }
    }

    private Map<String, HealthContributor> health() {
        Map<String, HealthContributor> health = new TreeMap<>();
        door.getBeansOfType(HealthIndicator.class)
                .forEach((name, indicator) ->
                        health.put("ledger" + StringUtils.capitalize(name.replace(INDICATOR, "")), indicator));
        return health;
    }

    /** Streams end before the server waits for requests that are under way. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (door != null && event.getApplicationContext() == application) {
            door.stop();
        }
    }

    @Override
    public void stop() {
        HealthContributorRegistry registry =
                application.getBeanProvider(HealthContributorRegistry.class).getIfAvailable();
        if (registry != null) {
            health().keySet().forEach(registry::unregisterContributor);
        }
        door.close();
        door = null;
    }
}
