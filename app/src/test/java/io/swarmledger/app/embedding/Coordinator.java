package io.swarmledger.app.embedding;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Somebody's own application with a ledger in it, through what a coordinator has: beans and properties. */
final class Coordinator implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Coordinator(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** It has no data source, although a driver for one lies on the class path. */
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    static class WithoutDataSource {}

    /** It has what Boot makes of an embedded database on the class path: a data source and its transactions. */
    @EnableAutoConfiguration
    static class WithDataSource {}

    static Coordinator in(Path directory, List<Class<?>> beans, String... properties) {
        List<String> arguments = new ArrayList<>(List.of("--swarm-ledger.data=" + directory));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new Coordinator(new SpringApplicationBuilder(beans.toArray(Class[]::new))
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    boolean has(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    Appended send(LedgerCommand command) {
        return bean(CommandGateway.class).sendAndWait(command);
    }

    StreamingEventProcessor processor(String name) {
        return bean(EventProcessingConfiguration.class)
                .eventProcessor(name, StreamingEventProcessor.class)
                .orElseThrow();
    }

    @Override
    public void close() {
        context.close();
    }
}
