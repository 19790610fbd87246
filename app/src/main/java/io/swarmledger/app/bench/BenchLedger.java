package io.swarmledger.app.bench;

import io.swarmledger.app.SwarmLedgerApplication;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.search.SearchFollower;
import io.swarmledger.app.timetravel.TimeTravelFollower;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Positions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole ledger without its doors, as a coordinator embeds it, whose views can be told to stand still. */
final class BenchLedger implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final LedgerFiles files;
    private final ConfigurableApplicationContext context;

    private BenchLedger(Path directory) {
        files = new LedgerFiles(directory);
        context = new SpringApplicationBuilder(SwarmLedgerApplication.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "logging.level.root=WARN",
                        "spring.main.banner-mode=off",
                        "spring.main.log-startup-info=false",
                        "spring.jmx.enabled=false")
                .run("--swarm-ledger.data=" + directory);
    }

    /** A new ledger in that directory, its views at rest. */
    static BenchLedger in(Path directory) {
        BenchLedger ledger = new BenchLedger(directory);
        ledger.pauseViews();
        return ledger;
    }

    LedgerFiles files() {
        return files;
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

    /** The position of the last event. */
    long head() {
        return bean(Positions.class).of(LedgerQuery.LOG);
    }

    /** By how many events the view that is furthest behind is behind. */
    long lag() {
        Positions positions = bean(Positions.class);
        long head = head();
        return ReadModels.ofLedger().projections().stream()
                .mapToLong(name -> head - positions.of(name))
                .max()
                .orElseThrow();
    }

    void pauseViews() {
        processors().forEach(StreamingEventProcessor::shutDown);
        bean(TimeTravelFollower.class).stop();
        bean(SearchFollower.class).stop();
    }

    void followViews() {
        processors().forEach(StreamingEventProcessor::start);
    }

    /** Has everything follow that follows in a service. */
    void followLive() {
        followViews();
        bean(TimeTravelFollower.class).start();
        bean(SearchFollower.class).start();
    }

    /** Has the index of all moments follow, and waits until it has seen the whole log. */
    void followMoments() {
        bean(TimeTravelFollower.class).start();
        bean(Positions.class).await(LedgerQuery.TIME_TRAVEL, head(), PATIENCE);
    }

    /** Has the index of words follow, and waits until it has seen the whole log. */
    void followWords() {
        bean(SearchFollower.class).start();
        bean(Positions.class).await(LedgerQuery.SEARCH, head(), PATIENCE);
    }

    /** Waits until every view has seen the whole log. */
    void catchUp() {
        long head = head();
        ReadModels.ofLedger().projections().forEach(name -> bean(Positions.class)
                .await(name, head, PATIENCE));
    }

    private List<StreamingEventProcessor> processors() {
        EventProcessingConfiguration processing = bean(EventProcessingConfiguration.class);
        return ReadModels.ofLedger().projections().stream()
                .map(name -> processing
                        .eventProcessor(name, StreamingEventProcessor.class)
                        .orElseThrow())
                .toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
