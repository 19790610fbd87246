package io.swarmledger.app.wiring;

import io.swarmledger.app.log.LogFile;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.ProjectionNames;
import java.time.Duration;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole ledger without its doors, used as coordinator code uses it. */
public final class TestLedger implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestLedger(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** A ledger that is gone at the end. */
    public static TestLedger inMemory(String... properties) {
        return in(":memory:", properties);
    }

    /** The ledger in that directory. */
    public static TestLedger in(Object directory, String... properties) {
        String[] arguments = Stream.concat(
                        Stream.of("--swarm-ledger.data=" + directory),
                        Stream.of(properties).map(property -> "--" + property))
                .toArray(String[]::new);
        return new TestLedger(new SpringApplicationBuilder(SwarmLedgerApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments));
    }

    public Appended send(LedgerCommand command) {
        return bean(CommandGateway.class).sendAndWait(command);
    }

    public <R> R ask(LedgerQuery query, Class<R> answer) {
        return bean(QueryGateway.class)
                .query(AtLeast.position(head(), query), answer)
                .join();
    }

    public <T> Page<T> page(LedgerQuery query, Class<T> item) {
        return bean(QueryGateway.class)
                .query(AtLeast.position(head(), query), PageOf.items(item))
                .join();
    }

    /** The position of the last event. */
    public long head() {
        return bean(Positions.class).of(LedgerQuery.LOG);
    }

    /** Waits until every view has seen the whole log. */
    public TestLedger caughtUp() {
        for (String name : ProjectionNames.ALL) {
            bean(Positions.class).await(name, head(), Duration.ofSeconds(60));
        }
        return this;
    }

    public LogFile log() {
        return bean(LogFile.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
