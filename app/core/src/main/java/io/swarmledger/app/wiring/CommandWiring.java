package io.swarmledger.app.wiring;

import io.swarmledger.app.command.AggregateCaches;
import io.swarmledger.app.command.AppendingCommandBus;
import io.swarmledger.app.command.CallersIdentity;
import io.swarmledger.app.command.CallersTimes;
import io.swarmledger.app.command.CommandThreads;
import io.swarmledger.app.command.FirstAnswers;
import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.command.SnapshotsOfOwnStreams;
import io.swarmledger.app.command.TimeOfArrival;
import io.swarmledger.app.log.LedgerEventStore;
import io.swarmledger.app.log.LogTail;
import io.swarmledger.app.log.RowMessages;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteErrors;
import io.swarmledger.app.log.sqlite.SqliteEventStorageEngine;
import io.swarmledger.app.log.sqlite.UsableSnapshots;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.commands.AggregateType;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.events.upcast.Upcasters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandBusSpanFactory;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;

/** From a command to an event in the log: bus, event store, aggregates, snapshots. */
class CommandWiring {

    /** Of callers that do not wait. Each waits in the log's writer for its commit, so that many cost little. */
    private static final int COMMANDS_AT_ONCE = 64;

    private static final int COMMANDS_WAITING = 4_096;

    @Bean
    EventUpcasterChain ledgerUpcasters(ListableBeanFactory beans) {
        List<EventUpcaster> chain = new ArrayList<>(List.of(Upcasters.chain()));
        for (String name : beans.getBeanNamesForType(EventUpcaster.class)) {
            if (!name.equals("ledgerUpcasters")) {
                chain.add(beans.getBean(name, EventUpcaster.class));
            }
        }
        return new EventUpcasterChain(chain);
    }

    @Bean
    EventStorageEngine ledgerStorageEngine(
            LogFile log,
            AggregateTypes aggregates,
            @Qualifier("eventSerializer") Serializer serializer,
            @Qualifier("ledgerUpcasters") EventUpcaster upcaster,
            LedgerProperties properties) {
        JdbcEventStorageEngine.Builder builder = JdbcEventStorageEngine.builder()
                .connectionProvider(log.readers()::getConnection)
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .upcasterChain(upcaster)
                .snapshotFilter(new UsableSnapshots(log.readers(), aggregates));
        builder.persistenceExceptionResolver(new SqliteErrors());
        return new SqliteEventStorageEngine(
                builder, log.events(), log.writer(), properties.maxEventSize().toBytes());
    }

    @Bean
    LogTail ledgerTail(LogFile log, Workers workers) {
        LogTail tail = LogTail.of(log.events(), workers);
        log.writer().afterBulk(tail::appended);
        return tail;
    }

    @Bean("eventBus")
    @Qualifier("eventStore")
    LedgerEventStore ledgerEventStore(
            EventStorageEngine engine,
            LogTail tail,
            @Qualifier("eventSerializer") Serializer serializer,
            @Qualifier("ledgerUpcasters") EventUpcaster upcaster,
            Configuration configuration) {
        LedgerEventStore store = new LedgerEventStore(
                engine,
                tail,
                new RowMessages(serializer, upcaster),
                configuration.messageMonitor(EventStore.class, "eventStore"),
                configuration.getComponent(EventBusSpanFactory.class));
        store.registerDispatchInterceptor(new CallersIdentity());
        return store;
    }

    /** It depends on the log, and so ends first: what was accepted is still written. */
    @Bean
    CommandThreads ledgerCommandThreads(LogFile log, Workers workers) {
        return new CommandThreads(COMMANDS_AT_ONCE, COMMANDS_WAITING, workers);
    }

    @Bean("commandBus")
    @Qualifier("localSegment")
    AppendingCommandBus ledgerCommandBus(
            Configuration configuration,
            CommandThreads threads,
            LogFile log,
            @Qualifier("eventSerializer") Serializer serializer,
            Clock clock,
            LedgerProperties properties,
            ObjectProvider<TransactionManager> transactions) {
        AppendingCommandBus bus = new AppendingCommandBus(
                SimpleCommandBus.builder()
                        .transactionManager(ApplicationTransactions.of(transactions))
                        .spanFactory(configuration.getComponent(CommandBusSpanFactory.class))
                        .messageMonitor(configuration.messageMonitor(CommandBus.class, "commandBus")),
                threads,
                new FirstAnswers(log.events(), serializer));
        bus.registerDispatchInterceptor(new TimeOfArrival(clock));
        bus.registerHandlerInterceptor(new CallersTimes(clock, properties.clockTolerance()));
        return bus;
    }

    @Bean
    LedgerCommandGateway ledgerCommandGateway(AppendingCommandBus bus, Workers workers) {
        return LedgerCommandGateway.to(bus, workers);
    }

    /** Aggregates apply events with the envelope of their command; Axon's own provider would overwrite it. */
    @Bean
    CorrelationDataProvider ledgerCorrelation() {
        return message -> Map.of();
    }

    @Bean
    AggregateCaches ledgerAggregateCaches(AggregateTypes types, LedgerProperties properties, LogFile log) {
        AggregateCaches caches = new AggregateCaches(types, properties.aggregateCache());
        log.writer().afterBulk(caches::clear);
        return caches;
    }

    @Bean
    ConfigurerModule ledgerAggregates(AggregateTypes types, LedgerProperties properties, AggregateCaches caches) {
        return configurer -> {
            for (AggregateType type : types.all()) {
                configurer.configureAggregate(aggregate(type.root(), caches.of(type), properties));
            }
        };
    }

    private static <A> AggregateConfigurer<A> aggregate(Class<A> type, Cache cache, LedgerProperties properties) {
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCache(configuration -> cache)
                // Axon's own resolver looks for annotations in the class of each command anew.
                .configureCommandTargetResolver(configuration -> CommandWiring::target)
                // One after the other they are already, and where two may wait for each other one of them goes on.
                .configureLockFactory(configuration -> NullLockFactory.INSTANCE)
                .configureSnapshotTrigger(configuration -> new EventCountSnapshotTriggerDefinition(
                        configuration.snapshotter(), properties.snapshot().threshold()));
    }

    private static VersionedAggregateIdentifier target(CommandMessage<?> command) {
        return new VersionedAggregateIdentifier(((LedgerCommand) command.getPayload()).aggregateId(), null);
    }

    /** It depends on the log, and so ends first. */
    @Bean(destroyMethod = "stop")
    SnapshotThread ledgerSnapshotThread(LogFile log, Workers workers) {
        return new SnapshotThread(workers);
    }

    /** Snapshots are made apart: the command that made one due does not wait for it. */
    @Bean
    SnapshotsOfOwnStreams ledgerSnapshotter(
            Configuration configuration,
            HandlerDefinition handlerDefinition,
            ParameterResolverFactory parameterResolverFactory,
            EventStore eventStore,
            AggregateTypes types,
            AggregateCaches caches,
            @Qualifier("eventSerializer") Serializer serializer,
            SnapshotThread thread) {
        return SnapshotsOfOwnStreams.of(
                SnapshotsOfOwnStreams.builder()
                        .repositoryProvider(configuration::repository)
                        .eventStore(eventStore)
                        .executor(thread)
                        .parameterResolverFactory(parameterResolverFactory)
                        .handlerDefinition(handlerDefinition),
                types,
                caches,
                serializer);
    }
}
