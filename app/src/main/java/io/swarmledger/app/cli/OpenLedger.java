package io.swarmledger.app.cli;

import io.swarmledger.app.SwarmLedgerApplication;
import io.swarmledger.app.search.SearchFollower;
import io.swarmledger.app.timetravel.TimeTravelFollower;
import io.swarmledger.app.worker.Standing;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Positions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** A ledger that this process holds: the whole application, with its doors or without. */
final class OpenLedger implements AutoCloseable {

    private static final String STRUCTURED_LOG = "classpath:io/swarmledger/app/cli/logback-structured.xml";
    private static final String LOADED_BESIDE = "spring.backgroundpreinitializer.ignore";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Supplier<ConfigurableApplicationContext> opening;
    private ConfigurableApplicationContext context;

    private OpenLedger(Supplier<ConfigurableApplicationContext> opening) {
        this.opening = opening;
        context = opening.get();
    }

    /** What may be done twice. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {

        T result() throws E;
    }

    /** A file that is made from the log is lost, and made anew when the ledger is opened again. */
    private static final class Lost extends RuntimeException {

        Lost(String reason) {
            super(reason);
        }
    }

    /** Opens the ledger in that directory for one command's work, without doors and without chatter. */
    static OpenLedger of(DataOption data) {
        // What Boot loads on a thread beside is for doors, mostly.
        System.setProperty(LOADED_BESIDE, "true");
        return new OpenLedger(() -> application()
                .web(WebApplicationType.NONE)
                .properties(
                        "logging.level.root=WARN",
                        // Whoever asks at a terminal keeps nobody waiting.
                        "swarm-ledger.query-timeout=1d",
                        // Nobody asks after the health of what has no doors.
                        "management.endpoint.health.validate-group-membership=false")
                // What a command finds on its way is no alert: whoever serves the ledger looks after them.
                .run(arguments(data, "--swarm-ledger.alerts.enabled=false")));
    }

    /** Opens it with its doors, at that address; port 0 takes a free one. */
    static OpenLedger serving(DataOption data, String address, int port, Serve.LogFormat logFormat) {
        List<String> more = new ArrayList<>(List.of("--server.address=" + address, "--server.port=" + port));
        if (logFormat != null) {
            more.add("--logging.config=" + STRUCTURED_LOG);
            more.add("--logging.structured.format.console=" + logFormat);
        }
        return new OpenLedger(() -> application().run(arguments(data, more.toArray(String[]::new))));
    }

    private static String[] arguments(DataOption data, String... more) {
        return Stream.concat(
                        Stream.of(
                                "--swarm-ledger.data=" + data.directory,
                                "--swarm-ledger.accept-loss=" + data.acceptsLoss()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static SpringApplicationBuilder application() {
        System.clearProperty(CommandLineTool.LOGGING_WITHOUT_APPLICATION);
        try {
            Properties defaults = PropertiesLoaderUtils.loadProperties(
                    new ClassPathResource("application.properties", OpenLedger.class));
            return new SpringApplicationBuilder(SwarmLedgerApplication.class).properties(defaults);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The port that it is served at. */
    int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    CommandGateway commands() {
        return bean(CommandGateway.class);
    }

    QueryGateway queries() {
        return bean(QueryGateway.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Waits until every view has seen what the log holds now. */
    void catchUp() {
        catchUp(ReadModels.ofLedger().projections());
    }

    /** The same, of these alone, views or the index of all moments. */
    void catchUp(List<String> names) {
        reading(() -> {
            awaitHead(names);
            return null;
        });
    }

    /**
     * Does work that reads what is made from the log. If some of that turns out to be damaged, the ledger is opened again,
     * which makes it anew, and the work is done again.
     */
    <T, E extends Exception> T reading(Work<T, E> work) throws E {
        try {
            return work.result();
        } catch (Exception failure) {
            if (lost().isEmpty()) {
                throw failure;
            }
            close();
            context = opening.get();
            return work.result();
        }
    }

    private Optional<String> lost() {
        return bean(Workers.class).standings().stream()
                .filter(one -> one.state() == Standing.State.LOST)
                .findFirst()
                .map(Standing::reason);
    }

    private void awaitHead(List<String> names) {
        Positions positions = bean(Positions.class);
        long head = positions.of(LedgerQuery.LOG);
        long behind =
                names.stream().mapToLong(name -> head - positions.of(name)).sum();
        if (behind <= 0) {
            return;
        }
        try (Bar bar = new Bar("views", head * names.size())) {
            long seen = 0;
            for (String name : names) {
                while (positions.of(name) < head) {
                    bar.at(seen + positions.of(name));
                    if (!positions.mayReach(name, head, LOOK_AGAIN)) {
                        lost().ifPresent(reason -> {
                            throw new Lost(reason);
                        });
                    }
                }
                seen += head;
                bar.at(seen);
            }
        }
    }

    /** Whoever asks for moments has them looked up then, and this process needs none. */
    void leaveMoments() {
        bean(TimeTravelFollower.class).stop();
        bean(SearchFollower.class).stop();
    }

    /** Has that run when it begins to close, whoever closes it. */
    void whenClosing(Runnable listener) {
        context.addApplicationListener((ContextClosedEvent closing) -> listener.run());
    }

    @Override
    public void close() {
        context.close();
    }
}
