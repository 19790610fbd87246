package io.swarmledger.app.wiring;

import io.swarmledger.app.alert.Alerts;
import io.swarmledger.app.alert.AlertsHealth;
import io.swarmledger.app.alert.Delivery;
import io.swarmledger.app.alert.Judge;
import io.swarmledger.app.alert.Looks;
import io.swarmledger.app.alert.Webhook;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.Lags;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.usage.Spending;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.annotation.Bean;

/** From what is wrong to whoever is to know of it. */
class AlertWiring {

    @Bean
    Alerts ledgerAlerts(
            LedgerProperties properties,
            QueryGateway queries,
            CommandGateway commands,
            ReadModels models,
            DeadLetterDesk letters,
            Lags lags,
            LogFile log,
            EventReader reader,
            LedgerDirectory directory,
            Clock clock,
            Workers workers) {
        LedgerProperties.Alerts alerts = properties.alerts();
        return new Alerts(
                alerts.enabled(),
                alerts.rules(),
                new Judge(queries, models, letters, lags, new Spending(log.events(), reader)),
                Looks.of(properties.silentAfter(), properties.stuckAfter(), properties.clockTolerance()),
                log.events(),
                commands,
                workers,
                delivery(alerts.webhook(), directory, log, clock, workers));
    }

    private static Delivery delivery(
            LedgerProperties.Alerts.Webhook webhook,
            LedgerDirectory directory,
            LogFile log,
            Clock clock,
            Workers workers) {
        return webhook.url() == null
                ? null
                : new Delivery(
                        Webhook.of(webhook.url(), webhook.secret(), webhook.secretFile()),
                        directory.files().toldAlerts(),
                        log.events(),
                        clock,
                        workers);
    }

    @Bean
    AlertsHealth ledgerAlertsHealthIndicator(Alerts alerts) {
        return new AlertsHealth(alerts);
    }
}
