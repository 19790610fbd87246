package io.swarmledger.app.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.commands.agent.CallModel;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.swarm.TerminateSwarm;
import io.swarmledger.commands.task.CompleteTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.commands.task.FailTask;
import io.swarmledger.commands.task.StartTask;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.Json;
import io.swarmledger.query.incident.Alert;
import io.swarmledger.query.incident.FindIncidents;
import io.swarmledger.query.incident.Incident;
import io.swarmledger.query.incident.Incidents;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.RecordedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;

/** What rules raise and clear, as events of the log. */
class AlertsTest {

    private static final String RULES = "swarm-ledger.alerts.rules";

    private static List<RecordedEvent> said(TestLedger ledger, String rule) {
        return ledger
                .page(
                        FindEvents.all().with(all -> all.types(List.of("incident:raised", "incident:cleared"))),
                        RecordedEvent.class)
                .items()
                .stream()
                .filter(event -> payload(event).path("rule").asString().equals(rule))
                .toList();
    }

    private static JsonNode payload(RecordedEvent event) {
        return Json.mapper().readTree(Json.mapper().writeValueAsString(event.payload()));
    }

    private static RecordedEvent await(TestLedger ledger, String rule, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> said(ledger, rule).size() >= count);
        assertThat(said(ledger, rule)).hasSize(count);
        return said(ledger, rule).get(count - 1);
    }

    private static String[] rules() {
        return new String[] {
            RULES + "[0].name=broken",
            RULES + "[0].on=failures",
            RULES + "[1].name=dear",
            RULES + "[1].on=cost",
            RULES + "[1].threshold=1.5",
            RULES + "[2].name=patient",
            RULES + "[2].on=incident",
            RULES + "[2].for=1h"
        };
    }

    @Test
    void areRaisedOnceWhateverStartsAgainAndClearedWhenTheCauseIsMended(@TempDir Path directory) {
        Envelope alpha = Envelope.from("a").inSwarm("alpha");
        try (TestLedger ledger = TestLedger.in(directory, rules())) {
            ledger.send(new InitializeSwarm("alpha", "mesh", 5));
            ledger.send(new SpawnAgent("a", "coder"), alpha);
            ledger.send(new CreateTask("t", "testing", "T"), alpha);
            ledger.send(new StartTask("t", "a"), alpha);
            ledger.send(new FailTask("t", "disk full"), alpha);
            ledger.send(new CallModel("a", "c1", "m", null, null, 10.0, 5L, 5L, null, null, 2.0, null, null), alpha);

            RecordedEvent broken = await(ledger, "broken", 1);
            assertThat(broken.type()).isEqualTo("incident:raised");
            assertThat(broken.swarmId()).isEqualTo("alpha");
            assertThat(broken.recordedBy()).isEqualTo(Alerts.RECORDED_BY);
            assertThat(payload(broken).propertyNames())
                    .containsExactly("incidentId", "rule", "title", "swarmId", "note", "at");
            assertThat(payload(broken).path("title").asString()).isEqualTo("disk full");
            assertThat(payload(broken).path("note").asString()).startsWith("1 of 1 are as they were left, since 20");
            RecordedEvent dear = await(ledger, "dear", 1);
            assertThat(payload(dear).path("note").asString()).isEqualTo("2.00 US dollars, the threshold is 1.50");

            Incidents incidents = ledger.ask(FindIncidents.all(), Incidents.class);
            assertThat(incidents.items())
                    .as("an alert is no incident of its own")
                    .hasSize(1);
            assertThat(incidents.items().get(0).id()).isEqualTo(broken.aggregateId());
            assertThat(incidents.alerts()).extracting(Alert::rule).containsExactlyInAnyOrder("broken", "dear");
            assertThat(ledger.ask(FindIncidents.all().withSwarmId("beta"), Incidents.class)
                            .alerts())
                    .isEmpty();
        }
        try (TestLedger again = TestLedger.in(directory, rules())) {
            Alerts alerts = again.bean(Alerts.class);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> alerts.standings().stream()
                    .allMatch(rule -> rule.holding() == 1));
            assertThat(alerts.standings())
                    .extracting(Alerts.RuleStanding::raised)
                    .containsExactly(1L, 1L, 0L);
            again.send(new StartTask("t", "a"), alpha);
            again.send(new CompleteTask("t", null), alpha);
            RecordedEvent cleared = await(again, "broken", 2);
            assertThat(cleared.type()).isEqualTo("incident:cleared");
            assertThat(payload(cleared).path("note").asString()).isEqualTo("It is recovered");

            again.send(new TerminateSwarm("alpha", "done"));
            assertThat(await(again, "dear", 2).type()).isEqualTo("incident:cleared");
            assertThat(again.ask(FindIncidents.all(), Incidents.class).alerts()).isEmpty();
            assertThat(said(again, "patient")).isEmpty();
        }
    }

    /** What is said of its silence is not heard of it; and a rule that is taken away leaves nothing raised. */
    @Test
    void anAlertMakesNoSilentSwarmSpeak(@TempDir Path directory) {
        try (TestLedger ledger = TestLedger.in(
                directory, "swarm-ledger.silent-after=1s", RULES + "[0].name=quiet", RULES + "[0].on=silent")) {
            ledger.send(new InitializeSwarm("alpha", "mesh", 5));
            RecordedEvent raised = await(ledger, "quiet", 1);
            assertThat(raised.swarmId()).isEqualTo("alpha");
            assertThat(ledger.ask(FindIncidents.all(), Incidents.class).items())
                    .singleElement()
                    .returns("swarm-silent", Incident::rule)
                    .returns(true, Incident::open)
                    .returns(raised.aggregateId(), Incident::id);
        }
        try (TestLedger without = TestLedger.in(directory, "swarm-ledger.silent-after=1s")) {
            RecordedEvent cleared = await(without, "quiet", 2);
            assertThat(payload(cleared).path("note").asString()).isEqualTo("There is no rule of that name any more");
        }
    }

    @Test
    void withoutRulesNothingIsWrittenAndWithWrongOnesNothingStarts() {
        try (TestLedger ledger = TestLedger.inMemory()) {
            assertThat(ledger.bean(Workers.class).standings())
                    .as("nobody even looks")
                    .noneMatch(one -> one.name().startsWith("swarm-ledger-alerts"));
        }
        assertThatThrownBy(() -> bound(Map.of(RULES + "[0].name", "r", RULES + "[0].on", "cost")))
                .rootCause()
                .hasMessage("rule r: threshold is missing: on cost needs one");
        assertThatThrownBy(() -> bound(Map.of(
                        RULES + "[0].name",
                        "r",
                        RULES + "[0].on",
                        "lag",
                        RULES + "[0].threshold",
                        "5",
                        RULES + "[1].name",
                        "r",
                        RULES + "[1].on",
                        "stuck")))
                .rootCause()
                .hasMessage("rules: two are called r");
    }

    @Test
    void aWebhookAloneIsToldOfEachIncidentThatIsOpenForAMinute() {
        assertThat(bound(Map.of("swarm-ledger.alerts.webhook.url", "https://example.com"))
                        .alerts()
                        .rules())
                .containsExactly(
                        new AlertRule("open-incident", AlertRule.On.INCIDENT, null, null, Duration.ofMinutes(1)));
        assertThat(LedgerProperties.defaults().alerts().rules()).isEmpty();
    }

    private static LedgerProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("swarm-ledger", LedgerProperties.class);
    }
}
