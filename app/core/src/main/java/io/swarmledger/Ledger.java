package io.swarmledger;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.imports.Format;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.view.Replays;
import io.swarmledger.app.wiring.LedgerAutoConfiguration;
import io.swarmledger.app.wiring.LedgerDefaults;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.query.view.Views;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration;
import org.axonframework.springboot.autoconfig.ObjectMapperAutoConfiguration;
import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.springframework.beans.BeansException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A ledger in a program that is no Spring application. It is wired as in one, and hears nothing but what it is told here:
 * no property of the system, no variable of the environment, no file beside the program.
 *
 * <pre>{@code
 * try (Ledger ledger = Ledger.open(Path.of("ledger-data"))) {
 *     Appended spawned = ledger.commands().sendAndWait(new SpawnAgent("agent-1", "coder"));
 * }
 * }</pre>
 */
public final class Ledger implements AutoCloseable {

    private static final String PREFIX = "swarm-ledger";

    private final AnnotationConfigApplicationContext context;

    private Ledger(AnnotationConfigApplicationContext context) {
        this.context = context;
    }

    /** What Axon's starter would find on the class path, as far as a ledger needs it. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        LedgerAutoConfiguration.class,
        ObjectMapperAutoConfiguration.class,
        XStreamAutoConfiguration.class,
        EventProcessingAutoConfiguration.class,
        AxonAutoConfiguration.class,
        NoOpTransactionAutoConfiguration.class,
        InfraConfiguration.class
    })
    static class Wiring {}

    /**
     * Opens the ledger in a directory, which is made if it is not there.
     *
     * @throws RuntimeException why it cannot be opened; nothing of it stays open then
     */
    public static Ledger open(Path directory) {
        return open(directory, Map.of());
    }

    /**
     * The same, with other settings than the usual.
     *
     * @param properties by the names that {@link LedgerProperties} has under {@code swarm-ledger}, such as {@code
     *     silent-after}; all but {@code data}
     * @throws IllegalArgumentException if there is no such property, or its value does not do
     */
    public static Ledger open(Path directory, Map<String, ?> properties) {
        Setup setup = in(directory);
        properties.forEach(setup::with);
        return setup.open();
    }

    /** A ledger that is gone at the end. */
    public static Ledger inMemory() {
        return new Setup(LedgerDirectory.IN_MEMORY).open();
    }

    /**
     * A ledger in a directory, of which more is to be said before it is opened.
     *
     * @throws IllegalArgumentException if that is {@code null}
     */
    public static Setup in(Path directory) {
        if (directory == null) {
            throw new IllegalArgumentException(
                    "The directory of a ledger that is to be opened is null: name one, or have"
                            + " one that is gone at the end by Ledger.inMemory()");
        }
        return new Setup(directory.toString());
    }

    /**
     * How a ledger is opened: what it knows of, and with which settings.
     *
     * <p>Whatever it is told that is {@code null} it refuses with a {@link DeclarationRefused}; once it was to open its
     * ledger, anything more with an {@link IllegalStateException}.
     */
    public static final class Setup {

        private final String data;
        private final Map<String, Object> properties = new HashMap<>();
        private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        private int features;
        private int upcasters;
        private int formats;
        private boolean isOver;

        private Setup(String data) {
            this.data = data;
        }

        /**
         * With another setting than the usual.
         *
         * @param property as {@link LedgerProperties} names it under {@code swarm-ledger}, such as {@code silent-after}; any
         *     but {@code data}
         */
        public Setup with(String property, Object value) {
            requireOpenable("a property", property);
            properties.put(PREFIX + "." + property, value);
            return this;
        }

        /** With something more that it knows of. */
        public Setup with(Feature feature) {
            requireOpenable("a feature", feature);
            context.registerBean("feature-" + features++, Feature.class, () -> feature);
            return this;
        }

        /** With something more that can be imported. */
        public Setup with(Format format) {
            requireOpenable("a format", format);
            context.registerBean("format-" + formats++, Format.class, () -> format);
            return this;
        }

        /** With what reads what an older revision of an event wrote. They read in the order in which they are said. */
        public Setup with(EventUpcaster upcaster) {
            requireOpenable("an upcaster", upcaster);
            context.registerBean("upcaster-" + upcasters++, EventUpcaster.class, () -> upcaster);
            return this;
        }

        /** With what answers more questions, or handles more commands or events, by methods that Axon's annotations mark. */
        public <T> Setup with(Class<T> handler, Function<Views, T> made) {
            requireOpenable("the class of a handler", handler);
            requireOpenable("what makes a " + handler.getName() + ",", made);
            context.registerBean(handler, () -> {
                T answered = made.apply(context.getBean(Views.class));
                if (answered == null) {
                    throw new DeclarationRefused(
                            "What makes a " + handler.getName() + " answers null: have it answer the one that handles");
                }
                return answered;
            });
            return this;
        }

        private void requireOpenable(String what, Object given) {
            requireOpenable();
            if (given == null) {
                throw new DeclarationRefused(
                        "A ledger is to be opened with " + what + " that is null: name one that is there");
            }
        }

        private void requireOpenable() {
            if (isOver) {
                throw new IllegalStateException(
                        "This ledger was opened, or was to be: begin anew with Ledger.in(directory) for another one");
            }
        }

        /**
         * Opens it; once.
         *
         * @throws IllegalStateException if it was to be opened before
         * @throws IllegalArgumentException if there is no such property, or its value does not do
         * @throws RuntimeException why it cannot be opened; nothing of it stays open then
         */
        public Ledger open() {
            requireOpenable();
            isOver = true;
            if (properties.put(PREFIX + ".data", data) != null) {
                throw new IllegalArgumentException("data: is where the ledger is, and already said");
            }
            requireKnown(properties);
            properties.putAll(LedgerDefaults.ofAxon());
            context.setEnvironment(new Told(properties));
            context.register(Wiring.class);
            try {
                context.refresh();
            } catch (BeansException failure) {
                throw reasonOf(failure);
            }
            return new Ledger(context);
        }
    }

    /** What a bean said, without the names of the beans that wanted it. */
    private static RuntimeException reasonOf(BeansException failure) {
        Throwable reason = failure;
        while (reason instanceof BeansException && reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason instanceof RuntimeException told ? told : failure;
    }

    private static void requireKnown(Map<String, Object> properties) {
        try {
            new Binder(new MapConfigurationPropertySource(properties))
                    .bind(
                            PREFIX,
                            Bindable.of(LedgerProperties.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
        } catch (BindException failure) {
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw new IllegalArgumentException(failure.getName() + ": " + reason.getMessage(), failure);
        }
    }

    /** An environment of what was said, and of nothing else. */
    private static final class Told extends AbstractEnvironment {

        Told(Map<String, Object> properties) {
            getPropertySources().addFirst(new MapPropertySource("told", properties));
        }
    }

    /** Records: answers a command with the {@link io.swarmledger.commands.Appended} that it led to. */
    public CommandGateway commands() {
        return context.getBean(CommandGateway.class);
    }

    /** Reads: answers each message of {@link io.swarmledger.query.LedgerQuery}. */
    public QueryGateway queries() {
        return context.getBean(QueryGateway.class);
    }

    /** Makes views anew. */
    public Replays replays() {
        return context.getBean(Replays.class);
    }

    /** Takes in what others recorded. */
    public Import imports() {
        return context.getBean(Import.class);
    }

    /** Ends when what was accepted is on disk. */
    @Override
    public void close() {
        context.close();
    }
}
