package io.swarmledger.app.wiring;

import io.swarmledger.Feature;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.search.SearchFile;
import io.swarmledger.app.timetravel.TimeTravelFile;
import io.swarmledger.app.view.ViewsFile;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.app.worker.WorkersHealth;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.EventLog;
import java.time.Clock;
import org.axonframework.serialization.Serializer;
import org.axonframework.springboot.util.ConditionalOnMissingQualifiedBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * A ledger in a Spring application: its directory, its files, and Axon on top of them. It comes before Axon's own
 * auto-configurations, which would otherwise look for a {@code DataSource} and find none or somebody else's.
 */
@AutoConfiguration(
        // Axon knows these by names that they had before: it would make a registry of its own, which nobody reads.
        // An application's data source and its transactions are there before Axon looks for them.
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        },
        beforeName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaAutoConfiguration",
            "org.axonframework.springboot.autoconfig.MicrometerMetricsAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration",
            "org.axonframework.springboot.autoconfig.TransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration"
        })
@EnableConfigurationProperties(LedgerProperties.class)
@Import({AlertWiring.class, CommandWiring.class, QueryWiring.class, ProcessorWiring.class, ImportWiring.class})
public class LedgerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    public Clock ledgerClock() {
        return Clock.systemUTC();
    }

    /** What is not declared as it must be is refused before anything is there. */
    @Bean
    LedgerDirectory ledgerDirectory(LedgerProperties properties, Workers workers, Features declared) {
        return LedgerDirectory.take(properties.data()).guarded(workers);
    }

    /** Its threads, and what becomes of them. */
    @Bean
    @ConditionalOnMissingBean
    public Workers ledgerWorkers(LedgerProperties properties) {
        return new Workers(properties.lossNotice());
    }

    @Bean
    public WorkersHealth ledgerWorkersHealthIndicator(Workers workers) {
        return new WorkersHealth(workers);
    }

    @Bean
    public HealthIndicator ledgerLifeHealthIndicator(Workers workers) {
        return WorkersHealth.ofLife(workers);
    }

    @Bean
    Features ledgerFeatures(ObjectProvider<Feature> own) {
        return new Features(own.orderedStream().toList());
    }

    @Bean
    public AggregateTypes ledgerAggregateTypes(Features features) {
        return features.aggregates();
    }

    @Bean
    public ReadModels ledgerReadModels(Features features) {
        return features.readModels();
    }

    @Bean
    public LogFile ledgerLog(LedgerDirectory directory, Clock clock, LedgerProperties properties, Workers workers) {
        return LogFile.open(
                directory.files().log(), clock, properties.clockTolerance(), properties.acceptLoss(), workers);
    }

    /** For questions; what the ledger itself reads goes beside them. */
    @Bean
    public EventLog ledgerEventLog(LogFile log) {
        return log.eventsForQuestions();
    }

    @Bean
    public ViewsFile ledgerViews(LedgerDirectory directory, LogFile log, ReadModels models, Workers workers) {
        return ViewsFile.open(directory.files().views(), log, models).guarded(workers);
    }

    @Bean
    public TimeTravelFile ledgerTimeTravel(LedgerDirectory directory, LogFile log, ReadModels models, Workers workers) {
        return TimeTravelFile.open(directory.files().timeTravel(), log, models).guarded(workers);
    }

    @Bean
    public SearchFile ledgerSearch(LedgerDirectory directory, LogFile log, Workers workers) {
        return SearchFile.open(directory.files().search(), log).guarded(workers);
    }

    @Bean
    public StoredTypes ledgerStoredTypes(AggregateTypes aggregates) {
        return aggregates.storedTypes();
    }

    /** Of the log, and of all that the ledger keeps. */
    @Bean
    @Qualifier("eventSerializer")
    public Serializer ledgerSerializer(StoredTypes types) {
        return LedgerSerializer.of(types);
    }

    /** Axon's general one, of what the application keeps in stores of its own. */
    @Bean
    @Primary
    @ConditionalOnMissingQualifiedBean(beanClass = Serializer.class, qualifier = "!eventSerializer,messageSerializer")
    @ConditionalOnProperty(name = "axon.serializer.general", havingValue = "default", matchIfMissing = true)
    public Serializer serializer(StoredTypes types, ListableBeanFactory beans) {
        return LedgerSerializer.ofApplication(types, new DeclaredTypes(beans));
    }
}
