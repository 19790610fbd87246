package io.swarmledger.app.wiring;

import io.swarmledger.app.check.ViewChecks;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.log.LedgerEventStore;
import io.swarmledger.app.log.LogTail;
import io.swarmledger.app.log.sqlite.LogByAggregate;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.search.SearchFile;
import io.swarmledger.app.search.SearchFollower;
import io.swarmledger.app.timetravel.TimeTravelFile;
import io.swarmledger.app.timetravel.TimeTravelFollower;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.DeadLetters;
import io.swarmledger.app.view.FoldWatch;
import io.swarmledger.app.view.LagHealth;
import io.swarmledger.app.view.Lags;
import io.swarmledger.app.view.NestedTransactions;
import io.swarmledger.app.view.ProcessorFaults;
import io.swarmledger.app.view.ProcessorThreads;
import io.swarmledger.app.view.Projections;
import io.swarmledger.app.view.Replays;
import io.swarmledger.app.view.SqliteTokenStore;
import io.swarmledger.app.view.SteadyClock;
import io.swarmledger.app.view.TakenIn;
import io.swarmledger.app.view.ViewTokens;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Questions;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.Room;
import io.swarmledger.query.activity.ActivityQueries;
import io.swarmledger.query.agent.AgentHealth;
import io.swarmledger.query.agent.AgentQueries;
import io.swarmledger.query.attention.AttentionQueries;
import io.swarmledger.query.failure.FailureQueries;
import io.swarmledger.query.failure.NewestFailures;
import io.swarmledger.query.incident.IncidentQueries;
import io.swarmledger.query.log.Answerable;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.log.LogQueries;
import io.swarmledger.query.memory.MemoryQueries;
import io.swarmledger.query.run.RunQueries;
import io.swarmledger.query.search.SearchQueries;
import io.swarmledger.query.suspect.DifferenceQueries;
import io.swarmledger.query.suspect.SuspectQueries;
import io.swarmledger.query.swarm.SwarmQueries;
import io.swarmledger.query.task.TaskQueries;
import io.swarmledger.query.task.TimelineQueries;
import io.swarmledger.query.timetravel.EvidenceQueries;
import io.swarmledger.query.timetravel.Moments;
import io.swarmledger.query.timetravel.TimeTravelIndex;
import io.swarmledger.query.timetravel.TimeTravelQueries;
import io.swarmledger.query.timetravel.WhyQueries;
import io.swarmledger.query.trace.TraceQueries;
import io.swarmledger.query.usage.UsageQueries;
import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.InOrder;
import io.swarmledger.query.view.Positions;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Subscribable;
import io.swarmledger.query.view.Views;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.queryhandling.LoggingQueryInvocationErrorHandler;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryBusSpanFactory;
import org.axonframework.queryhandling.QueryInvocationErrorHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** From an event in the log to an answer: processors, views, query handlers, replays. */
class QueryWiring {

    /** Events a transaction; measured: larger is not faster. */
    private static final int BATCH = 500;

    /** How long a query waits for the position that it asks for. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Questions that are answered at once: fewer than there are connections for them. */
    private static final int QUESTIONS = 6;

    /** The views' own transactions. No bean of this type: whatever else looks for one would take turns with them. */
    private static TransactionManager transactions(ViewsFile views) {
        return new NestedTransactions(views.transactions());
    }

    private static ConnectionProvider connections(ViewsFile views) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(views.writer()));
    }

    @Bean
    Positions ledgerPositions(
            ViewsFile views, LogFile log, TimeTravelFile timeTravel, SearchFile search, ReadModels models) {
        Map<String, DataSource> indexes =
                Map.of(LedgerQuery.TIME_TRAVEL, timeTravel.readers(), LedgerQuery.SEARCH, search.readers());
        Positions positions = new Positions(views.readers(), log.events(), indexes, PATIENCE);
        positions.explain(LedgerQuery.TIME_TRAVEL, timeTravel::loss);
        positions.explain(LedgerQuery.SEARCH, search::loss);
        models.projections().forEach(name -> positions.explain(name, views::loss));
        return positions;
    }

    @Bean
    Room ledgerRoom() {
        return Room.ofHeap();
    }

    @Bean
    Questions ledgerQuestions(Room room, LedgerProperties properties) {
        return new Questions(room, QUESTIONS, properties.queryTimeout());
    }

    @Bean
    AgentHealth ledgerAgentHealth(Clock clock, LedgerProperties properties) {
        return new AgentHealth(clock, properties.silentAfter());
    }

    @Bean
    EventReader ledgerEventReader(
            @Qualifier("eventSerializer") Serializer serializer,
            @Qualifier("ledgerUpcasters") EventUpcaster upcasters) {
        return new EventReader(serializer, upcasters);
    }

    @Bean
    AgentQueries ledgerAgentQueries(ViewsFile views, AgentHealth health) {
        return new AgentQueries(new Reading(views.questions()), health);
    }

    @Bean
    TaskQueries ledgerTaskQueries(ViewsFile views, AgentHealth health) {
        return new TaskQueries(new Reading(views.questions()), health);
    }

    @Bean
    MemoryQueries ledgerMemoryQueries(ViewsFile views) {
        return new MemoryQueries(new Reading(views.questions()));
    }

    @Bean
    SwarmQueries ledgerSwarmQueries(ViewsFile views) {
        return new SwarmQueries(new Reading(views.questions()));
    }

    @Bean
    AttentionQueries ledgerAttentionQueries(ViewsFile views, EventLog log, AgentHealth health) {
        return new AttentionQueries(new Reading(views.questions()), log, health);
    }

    @Bean
    NewestFailures ledgerNewestFailures() {
        return new NewestFailures();
    }

    @Bean
    IncidentQueries ledgerIncidentQueries(
            ViewsFile views,
            EventLog log,
            NewestFailures failures,
            AgentHealth health,
            Clock clock,
            LedgerProperties properties) {
        return new IncidentQueries(
                new Reading(views.questions()), log, failures, health, clock, properties.stuckAfter());
    }

    @Bean
    Answerable ledgerAnswerable(AggregateTypes aggregates) {
        return new Answerable(aggregates.names());
    }

    @Bean
    LogQueries ledgerLogQueries(EventLog log, EventReader reader, ReadModels models, Answerable answerable) {
        return new LogQueries(log, reader, models, answerable);
    }

    @Bean
    SearchQueries ledgerSearchQueries(SearchFile search, EventLog log, Answerable answerable) {
        return new SearchQueries(new Reading(search.questions()), log, answerable);
    }

    @Bean
    SearchFollower ledgerSearchFollower(SearchFile search, LogTail tail, Positions positions, Workers workers) {
        return new SearchFollower(search, tail, positions, workers);
    }

    @Bean
    ActivityQueries ledgerActivityQueries(EventLog log) {
        return new ActivityQueries(log);
    }

    @Bean
    FailureQueries ledgerFailureQueries(EventLog log, NewestFailures failures) {
        return new FailureQueries(log, failures);
    }

    @Bean
    UsageQueries ledgerUsageQueries(EventLog log, EventReader reader) {
        return new UsageQueries(log, reader);
    }

    @Bean
    TimelineQueries ledgerTimelineQueries(EventLog log, EventReader reader) {
        return new TimelineQueries(log, reader);
    }

    @Bean
    TimeTravelQueries ledgerTimeTravelQueries(
            TimeTravelFile timeTravel,
            EventLog log,
            Positions positions,
            EventReader reader,
            AgentHealth health,
            ReadModels models) {
        return new TimeTravelQueries(new Reading(timeTravel.questions()), log, positions, reader, health, models);
    }

    @Bean
    EvidenceQueries ledgerEvidenceQueries(
            ViewsFile views,
            TimeTravelFile timeTravel,
            EventLog log,
            Positions positions,
            EventReader reader,
            ReadModels models) {
        return new EvidenceQueries(
                new Reading(views.questions()), new Reading(timeTravel.questions()), log, positions, reader, models);
    }

    @Bean
    TimeTravelFollower ledgerTimeTravelFollower(
            TimeTravelFile timeTravel,
            ViewsFile views,
            LogFile log,
            LogTail tail,
            EventReader reader,
            ReadModels models,
            Positions positions,
            Workers workers) {
        return new TimeTravelFollower(
                timeTravel,
                () -> new TimeTravelIndex(timeTravel.writer(), log.events(), tail::behind, reader, models),
                tail,
                positions,
                new TakenIn(views.readers()),
                workers);
    }

    /** Whoever applied what could not be applied waits a while until questions about moments tell of it too. */
    private static Runnable foldedAgain(ObjectProvider<TimeTravelFollower> timeTravel) {
        return () -> timeTravel.getObject().foldAgain(PATIENCE);
    }

    @Bean
    TraceQueries ledgerTraceQueries(EventLog log) {
        return new TraceQueries(log);
    }

    @Bean
    SuspectQueries ledgerSuspectQueries(EventLog log) {
        return new SuspectQueries(log);
    }

    @Bean
    DifferenceQueries ledgerDifferenceQueries(EventLog log) {
        return new DifferenceQueries(log);
    }

    @Bean
    RunQueries ledgerRunQueries(EventLog log, EventReader reader) {
        return new RunQueries(log, reader);
    }

    @Bean
    WhyQueries ledgerWhyQueries(EventLog log, EventReader reader, ReadModels models) {
        return new WhyQueries(log, reader, models);
    }

    @Bean
    Projections ledgerProjections(
            ViewsFile views, ReadModels models, QueryUpdateEmitter emitter, ObjectProvider<Subscribable<?>> answering) {
        Map<String, Projection.Changes> told = new HashMap<>();
        answering.forEach(one -> {
            String name = one.model().table().projection();
            if (!models.projections().contains(name) || told.put(name, one.updates(emitter)) != null) {
                throw new DeclarationRefused(one.getClass().getName() + " tells of " + name
                        + ", which is no view that is declared, or one that something else tells of");
            }
        });
        return new Projections(models.all().stream()
                .<Projection<?>>map(model -> Projection.live(
                        model, views.writer(), told.getOrDefault(model.table().projection(), changed -> {})))
                .toList());
    }

    /** For whoever answers questions from a view of the application's own. */
    @Bean
    Views ledgerViewsForQuestions(ViewsFile views, ReadModels models) {
        return new Views(new Reading(views.questions()), models);
    }

    @Bean
    ViewTokens ledgerViewTokens(
            ViewsFile views,
            @Qualifier("eventSerializer") Serializer serializer,
            Positions positions,
            ProcessorFaults faults,
            ObjectProvider<Replays> replays,
            ObjectProvider<LedgerEventStore> store) {
        Generations generations = new Generations(views.writer());
        return new ViewTokens(new SqliteTokenStore(
                JdbcTokenStore.builder().connectionProvider(connections(views)).serializer(serializer),
                (processor, position) -> {
                    boolean adopted = generations.advance(processor, position);
                    CurrentUnitOfWork.ifStarted(unitOfWork -> unitOfWork.afterCommit(committed -> {
                        positions.committed();
                        store.getObject().committed(processor, position);
                        faults.getsOn(processor);
                        if (adopted) {
                            replays.getObject().sweepLater();
                        }
                    }));
                }));
    }

    @Bean
    @ConditionalOnMissingBean(QueryBus.class)
    @Qualifier("localSegment")
    SimpleQueryBus ledgerQueryBus(
            Configuration configuration, QueryUpdateEmitter emitter, ObjectProvider<TransactionManager> transactions) {
        return SimpleQueryBus.builder()
                .messageMonitor(configuration.messageMonitor(QueryBus.class, "queryBus"))
                .transactionManager(ApplicationTransactions.of(transactions))
                .errorHandler(configuration.getComponent(
                        QueryInvocationErrorHandler.class,
                        () -> LoggingQueryInvocationErrorHandler.builder().build()))
                .queryUpdateEmitter(emitter)
                .spanFactory(configuration.getComponent(QueryBusSpanFactory.class))
                .build();
    }

    @Bean
    ProcessorFaults ledgerProcessorFaults(Clock clock) {
        return new ProcessorFaults(clock);
    }

    @Bean
    DeadLetterDesk ledgerDeadLetterDesk(
            ViewsFile views,
            Projections projections,
            DeadLetters deadLetters,
            EventProcessingConfiguration processors,
            ObjectProvider<TimeTravelFollower> timeTravel) {
        return new DeadLetterDesk(views.readers(), projections, deadLetters, processors, foldedAgain(timeTravel));
    }

    @Bean
    DeadLetters ledgerDeadLetters(ViewsFile views, @Qualifier("eventSerializer") Serializer serializer) {
        return new DeadLetters(connections(views), transactions(views), serializer);
    }

    @Bean
    Replays ledgerReplays(
            Projections projections,
            ViewsFile views,
            EventStorageEngine log,
            @Qualifier("eventSerializer") Serializer serializer,
            ViewTokens tokens,
            DeadLetters deadLetters,
            EventProcessingConfiguration processors,
            Clock clock,
            ObjectProvider<TimeTravelFollower> timeTravel) {
        return new Replays(
                projections,
                views,
                log,
                serializer,
                tokens.store(),
                transactions(views),
                deadLetters,
                processors,
                clock,
                foldedAgain(timeTravel));
    }

    /** At its end a replay pauses the processors of its views. */
    @Bean
    Lags ledgerLags(ReadModels models, Workers workers, Positions positions, Replays replays) {
        Lags lags = new Lags(workers, () -> positions.of(LedgerQuery.LOG));
        for (String name : models.projections()) {
            lags.watch(name, () -> positions.of(name), () -> replays.latest(name)
                    .map(replay -> replay.done().isDone())
                    .orElse(true));
        }
        for (String index : List.of(LedgerQuery.TIME_TRAVEL, LedgerQuery.SEARCH)) {
            lags.watch(index, () -> positions.of(index), () -> true);
        }
        return lags;
    }

    @Bean
    LagHealth ledgerLagHealthIndicator(Lags lags, FoldWatch folds) {
        return new LagHealth(lags, folds::stuck);
    }

    @Bean
    FoldWatch ledgerFoldWatch(
            Features features,
            LogFile log,
            EventReader reader,
            Positions positions,
            Workers workers,
            ViewsFile views,
            TimeTravelFollower timeTravel) {
        return new FoldWatch(
                features.folds(),
                log.events(),
                reader,
                positions,
                workers,
                thread -> {
                    views.takeFrom(thread);
                    timeTravel.leave(thread);
                },
                () -> timeTravel.foldAgain(Duration.ZERO));
    }

    @Bean
    ViewChecks ledgerViewChecks(
            Projections projections,
            LedgerDirectory directory,
            LogFile log,
            EventReader reader,
            AgentHealth health,
            ReadModels models,
            Positions positions) {
        LedgerFiles files = directory.files();
        return new ViewChecks(
                projections,
                new LogByAggregate(files.log()),
                log.events(),
                reader,
                SqliteConnections.reading(files.views()),
                new Moments(new Reading(SqliteConnections.reading(files.timeTravel())), log.events(), reader, models),
                position -> positions.mayReach(LedgerQuery.TIME_TRAVEL, position, PATIENCE),
                health);
    }

    @Bean
    ProcessorThreads ledgerProcessorThreads(Workers workers) {
        return new ProcessorThreads(workers);
    }

    @Bean
    ConfigurerModule ledgerProcessors(
            ReadModels models,
            ObjectProvider<Projections> projections,
            ObjectProvider<DeadLetters> deadLetters,
            ObjectProvider<Positions> positions,
            ObjectProvider<Questions> questions,
            ObjectProvider<ViewsFile> views,
            ObjectProvider<ViewTokens> tokens,
            ObjectProvider<ProcessorFaults> faults,
            ObjectProvider<LedgerEventStore> store,
            ObjectProvider<ProcessorThreads> threads) {
        return configurer -> {
            EventProcessingConfigurer processing = configurer.eventProcessing();
            for (String name : models.projections()) {
                processing
                        .registerEventHandler(
                                configuration -> projections.getObject().of(name))
                        .assignHandlerInstancesMatching(
                                name,
                                handler -> handler instanceof Projection<?> one
                                        && one.name().equals(name))
                        .registerPooledStreamingEventProcessor(
                                name,
                                configuration -> store.getObject().followedBy(name, message -> projections
                                        .getObject()
                                        .of(name)
                                        .concerns(message)),
                                (configuration, builder) -> processor(builder, threads.getObject()))
                        .registerTokenStore(
                                name, configuration -> tokens.getObject().store())
                        .registerTransactionManager(name, configuration -> transactions(views.getObject()))
                        .registerListenerInvocationErrorHandler(
                                name, configuration -> PropagatingErrorHandler.instance())
                        .registerErrorHandler(name, configuration -> faults.getObject())
                        .registerSequencingPolicy(
                                name,
                                configuration -> new InOrder(
                                        projections.getObject().of(name).model()))
                        .registerDeadLetterQueue(
                                name, configuration -> deadLetters.getObject().of(name))
                        .registerDeadLetteringEventHandlerInvokerConfiguration(
                                name, (configuration, builder) -> builder.allowReset(true)
                                        .enqueuePolicy(DeadLetters::putAside)
                                        .enableSequenceIdentifierCache());
            }
            configurer.onInitialize(configuration -> configuration.onStart(() -> {
                // Whoever waits for a position keeps nobody else from being answered.
                configuration.queryBus().registerHandlerInterceptor(positions.getObject());
                configuration.queryBus().registerHandlerInterceptor(questions.getObject());
            }));
        };
    }

    /** One segment and one thread: the views' file has one writer, and order is the point. */
    private static PooledStreamingEventProcessor.Builder processor(
            PooledStreamingEventProcessor.Builder builder, ProcessorThreads threads) {
        return builder.initialSegmentCount(1)
                .batchSize(BATCH)
                // A segment given up for a second after a fault would wait an hour longer if the machine's is set back.
                .clock(new SteadyClock())
                .initialToken(StreamableMessageSource::createTailToken)
                .coordinatorExecutor(name -> threads.one("Coordinator[" + name + "]"))
                .workerExecutor(threads::one);
    }
}
