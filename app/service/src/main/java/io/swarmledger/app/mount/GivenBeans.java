package io.swarmledger.app.mount;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.swarmledger.app.alert.Alerts;
import io.swarmledger.app.check.ViewChecks;
import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.command.SnapshotsOfOwnStreams;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.http.HttpProperties;
import io.swarmledger.app.imports.Import;
import io.swarmledger.app.log.LogTail;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.FoldWatch;
import io.swarmledger.app.view.Lags;
import io.swarmledger.app.view.ProcessorFaults;
import io.swarmledger.app.view.Projections;
import io.swarmledger.app.view.Replays;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.Room;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.view.Positions;
import java.time.Clock;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;

/** What a door has of the application that it is in: the ledger, and nothing that is about the web. */
final class GivenBeans {

    private static final List<Class<?>> OF_THE_LEDGER = List.of(
            AggregateTypes.class,
            Alerts.class,
            Clock.class,
            CommandBus.class,
            DeadLetterDesk.class,
            EventLog.class,
            EventProcessingConfiguration.class,
            FoldWatch.class,
            HttpProperties.class,
            Import.class,
            Lags.class,
            LedgerCommandGateway.class,
            LedgerDirectory.class,
            LedgerProperties.class,
            LogFile.class,
            LogTail.class,
            Positions.class,
            ProcessorFaults.class,
            Projections.class,
            QueryGateway.class,
            ReadModels.class,
            Replays.class,
            Room.class,
            SnapshotsOfOwnStreams.class,
            StoredTypes.class,
            ViewChecks.class,
            ViewsFile.class,
            Workers.class);

    private GivenBeans() {}

    static BeanFactory of(ApplicationContext application) {
        DefaultListableBeanFactory given = new DefaultListableBeanFactory();
        for (Class<?> type : OF_THE_LEDGER) {
            given.registerSingleton(type.getName(), application.getBean(type));
        }
        given.registerSingleton(
                MeterRegistry.class.getName(),
                application.getBeanProvider(MeterRegistry.class).getIfUnique(SimpleMeterRegistry::new));
        return given;
    }
}
