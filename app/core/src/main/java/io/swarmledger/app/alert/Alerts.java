package io.swarmledger.app.alert;

import io.swarmledger.app.alert.Raising.Change;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.incident.ClearIncident;
import io.swarmledger.commands.incident.RaiseIncident;
import io.swarmledger.events.Envelope;
import io.swarmledger.query.ViewBehind;
import io.swarmledger.query.incident.Alert;
import io.swarmledger.query.incident.RaisedAlerts;
import io.swarmledger.query.log.EventLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks after the rules of alerts, and says by events what is raised and what is cleared. What is raised the log alone
 * knows, so that nothing is raised twice, whenever it starts again.
 */
public final class Alerts implements SmartLifecycle {

    /** Under this name it records; no token can have it. */
    public static final String RECORDED_BY = "alerts of the ledger";

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LEDGER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long AFTER_FAULT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final boolean enabled;
    private final List<AlertRule> rules;
    private final Set<String> names;
    private final Judge judge;
    private final Looks looks;
    private final EventLog log;
    private final CommandGateway commands;
    private final Workers workers;
    private final Delivery delivery;
    private final RaisedAlerts alerts = new RaisedAlerts();
    private final Raising raising = new Raising();
    private final Map<String, Judged> judged = new LinkedHashMap<>();
    private List<Alert> raised = List.of();
    private long head = -1;
    private long callsHead = -1;
    private Long lookedAtLedger;
    private volatile List<RuleStanding> standings = List.of();
    private volatile String fault;
    private Worker worker;
    private boolean running;

    /**
     * How a rule stands.
     *
     * @param holding for how many it holds, raised or not
     * @param raised for how many it is raised
     */
    public record RuleStanding(AlertRule rule, long holding, long raised) {}

    /**
     * Alerts by these rules; by none they are those that a rule of before had raised, which are cleared.
     *
     * @param enabled whether it is looked after them at all
     * @param delivery to whoever is told of them, {@code null} for nobody
     */
    public Alerts(
            boolean enabled,
            List<AlertRule> rules,
            Judge judge,
            Looks looks,
            EventLog log,
            CommandGateway commands,
            Workers workers,
            Delivery delivery) {
        this.enabled = enabled;
        this.rules = List.copyOf(rules);
        this.names = rules.stream().map(AlertRule::name).collect(Collectors.toUnmodifiableSet());
        this.judge = judge;
        this.looks = looks;
        this.log = log;
        this.commands = commands;
        this.workers = workers;
        this.delivery = delivery;
    }

    /** How each rule stands. */
    public List<RuleStanding> standings() {
        return standings;
    }

    /** Why it cannot be looked now, if it cannot. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    /** How whoever is told of them is told; empty if that is nobody. */
    public Optional<Delivery.Standing> delivery() {
        return Optional.ofNullable(delivery).map(Delivery::standing);
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        if (delivery != null) {
            delivery.start();
        }
        if (!(rules.isEmpty() && own(log).isEmpty())) {
            stand();
            worker = workers.loop("swarm-ledger-alerts", this::round);
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (worker != null) {
            worker.close();
            worker = null;
        }
        if (delivery != null) {
            delivery.stop();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    private void wakeDelivery() {
        if (delivery != null) {
            delivery.wake();
        }
    }

    private List<Alert> own(EventLog now) {
        return alerts.in(now).stream()
                .filter(alert -> RECORDED_BY.equals(alert.by()))
                .toList();
    }

    private long round() {
        long now = System.nanoTime();
        long last = log.head();
        if (last != head) {
            raised = own(log);
            head = last;
        }
        try {
            judge(last, now);
            fault = null;
        } catch (RuntimeException failure) {
            return restAfter(failure);
        }
        boolean hasSaid = false;
        for (Change change : raising.changes(judged.values(), names, raised, TimeUnit.NANOSECONDS.toMillis(now))) {
            say(change);
            hasSaid = true;
        }
        if (hasSaid) {
            raised = own(log);
            wakeDelivery();
        }
        stand();
        return REST_NANOS;
    }

    /** Whoever asks too much of the views at this moment is answered later: that is no fault of this thread's. */
    private long restAfter(RuntimeException failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof ViewBehind)) {
            LOG.debug("The rules of alerts were not looked after", failure);
            fault = String.valueOf(cause.getMessage());
        }
        stand();
        return AFTER_FAULT_NANOS;
    }

    private void judge(long last, long now) {
        if (lookedAtLedger == null || now - lookedAtLedger >= LEDGER_NANOS) {
            keep(judge.ofLedger(rules));
            if (last != callsHead) {
                keep(judge.ofCalls(rules));
                callsHead = last;
            }
            lookedAtLedger = now;
        }
        if (rules.stream().anyMatch(rule -> rule.on().isOfIncidents()) && looks.isTime(last, now)) {
            keep(judge.ofIncidents(rules, last));
            looks.looked(last, now, System.nanoTime());
        }
    }

    private void keep(List<Judged> some) {
        some.forEach(one -> judged.put(one.rule().name(), one));
    }

    private void say(Change change) {
        Judged.Condition raise = change.raise();
        LedgerCommand command = raise != null
                ? new RaiseIncident(raise.incidentId(), raise.rule(), raise.title(), raise.swarmId(), raise.note())
                : new ClearIncident(
                        change.clear().incidentId(),
                        change.clear().rule(),
                        change.clear().title(),
                        change.clear().swarmId(),
                        change.why());
        commands.sendAndWait(
                command,
                MetaData.from(envelope(
                                raise != null ? raise.swarmId() : change.clear().swarmId())
                        .toMetaData()));
    }

    private static Envelope envelope(String swarmId) {
        Envelope envelope = new Envelope(null, null, null, null, null, Map.of(), RECORDED_BY);
        return swarmId == null ? envelope : envelope.inSwarm(swarmId);
    }

    private void stand() {
        List<RuleStanding> standing = new ArrayList<>();
        for (AlertRule rule : rules) {
            long of = raised.stream()
                    .filter(alert -> alert.rule().equals(rule.name()))
                    .count();
            standing.add(new RuleStanding(rule, raising.holding(rule.name()), of));
        }
        standings = List.copyOf(standing);
    }
}
