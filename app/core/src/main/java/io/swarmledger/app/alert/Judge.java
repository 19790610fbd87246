package io.swarmledger.app.alert;

import io.swarmledger.app.alert.AlertRule.On;
import io.swarmledger.app.alert.Judged.Condition;
import io.swarmledger.app.view.DeadLetterDesk;
import io.swarmledger.app.view.Lag;
import io.swarmledger.app.view.Lags;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.failure.Fingerprint;
import io.swarmledger.query.incident.FindIncidents;
import io.swarmledger.query.incident.Incident;
import io.swarmledger.query.incident.IncidentRule;
import io.swarmledger.query.incident.Incidents;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.usage.CallSums;
import io.swarmledger.query.usage.Spending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryGateway;

/** Looks for whom rules hold. For one thread. */
public final class Judge {

    private static final Set<String> SILENT =
            Set.of(IncidentRule.AGENT_SILENT.label(), IncidentRule.SWARM_SILENT.label());
    private static final String FAILURE = IncidentRule.FAILURE.label();
    private static final String TERMINATED = "terminated";

    private final QueryGateway queries;
    private final ReadModels models;
    private final DeadLetterDesk letters;
    private final Lags lags;
    private final Spending spending;

    public Judge(QueryGateway queries, ReadModels models, DeadLetterDesk letters, Lags lags, Spending spending) {
        this.queries = queries;
        this.models = models;
        this.letters = letters;
        this.lags = lags;
        this.spending = spending;
    }

    /**
     * Judges rules of incidents, as of {@code head} or later.
     *
     * @throws io.swarmledger.query.ViewBehind if the views are not that far
     */
    List<Judged> ofIncidents(List<AlertRule> rules, long head) {
        Map<String, Incidents> bySwarm = new HashMap<>();
        return rules.stream()
                .filter(rule -> rule.on().isOfIncidents())
                .map(rule -> ofIncidents(
                        rule,
                        bySwarm.computeIfAbsent(rule.swarm() == null ? "" : rule.swarm(), swarm -> find(swarm, head))))
                .toList();
    }

    /** Those that are open come first. */
    private Incidents find(String swarm, long head) {
        FindIncidents query = FindIncidents.all().withSwarmId(swarm).withLimit(FindIncidents.MAX_LIMIT);
        return ask(AtLeast.position(head, query), Incidents.class);
    }

    private static Judged ofIncidents(AlertRule rule, Incidents incidents) {
        List<Incident> open = incidents.items().stream().filter(Incident::open).toList();
        List<Condition> holding = open.stream()
                .filter(incident -> holds(rule, incident))
                .map(incident -> condition(rule, incident))
                .toList();
        Map<String, String> otherwise = incidents.items().stream()
                .collect(Collectors.toMap(Incident::id, incident -> "It is " + incident.status(), (one, same) -> one));
        return new Judged(rule, holding, incidents.isWhole() && open.size() == incidents.open(), otherwise);
    }

    private static boolean holds(AlertRule rule, Incident incident) {
        return switch (rule.on()) {
            case FAILURES -> incident.rule().equals(FAILURE) && unmended(incident) >= rule.threshold();
            case SILENT -> SILENT.contains(incident.rule());
            case STUCK -> !SILENT.contains(incident.rule()) && !incident.rule().equals(FAILURE);
            default -> true;
        };
    }

    private static long unmended(Incident incident) {
        return incident.count() - incident.recovered() - incident.ended();
    }

    private static Condition condition(AlertRule rule, Incident incident) {
        String what = incident.cause() == null ? incident.title() : incident.cause();
        String title = incident.cause() == null || incident.tool() == null ? what : incident.tool() + ": " + what;
        String note = (incident.rule().equals(FAILURE)
                        ? unmended(incident) + " of " + incident.count() + " are as they were left, "
                        : "")
                + (incident.since() == null
                        ? ""
                        : "since " + Instant.ofEpochMilli(incident.since().longValue()) + ", ")
                + "agents: " + incident.agentCount() + ", tasks: " + incident.taskCount() + ", blocked by it: "
                + incident.blockedCount();
        return new Condition(
                rule.name(),
                incident.id(),
                Fingerprint.cut(title, Fingerprint.SHOWN),
                incident.swarmCount() == 1 ? incident.swarms().get(0) : null,
                note);
    }

    /** Judges rules of the ledger itself: what is put aside, and who is behind. */
    List<Judged> ofLedger(List<AlertRule> rules) {
        List<Judged> judged = new ArrayList<>();
        for (AlertRule rule : rules) {
            if (rule.on() == On.DEAD_LETTERS) {
                judged.add(Judged.of(rule, deadLetters(rule)));
            } else if (rule.on() == On.LAG) {
                judged.add(Judged.of(rule, lags(rule)));
            }
        }
        return judged;
    }

    private List<Condition> deadLetters(AlertRule rule) {
        List<Condition> holding = new ArrayList<>();
        for (String view : models.projections()) {
            long count = letters.count(view);
            if (count >= rule.threshold()) {
                holding.add(new Condition(
                        rule.name(),
                        idOf(rule, view),
                        "View " + view + " has put events aside",
                        null,
                        count + (count == 1 ? " event" : " events")));
            }
        }
        return holding;
    }

    private List<Condition> lags(AlertRule rule) {
        List<Condition> holding = new ArrayList<>();
        for (Map.Entry<String, Lag> one : lags.all().entrySet()) {
            if (one.getValue().events() >= rule.threshold()) {
                holding.add(new Condition(
                        rule.name(),
                        idOf(rule, one.getKey()),
                        one.getKey() + " is behind the log",
                        null,
                        one.getValue().events() + " events"));
            }
        }
        return holding;
    }

    /** Judges rules of what calls of models come to. */
    List<Judged> ofCalls(List<AlertRule> rules) {
        List<Judged> judged = new ArrayList<>();
        for (AlertRule rule : rules) {
            if (rule.on() == On.COST) {
                judged.add(Judged.of(
                        rule, spent(rule, sums -> sums.costUsd() == null ? 0 : sums.costUsd(), "US dollars")));
            } else if (rule.on() == On.TOKENS) {
                judged.add(Judged.of(rule, spent(rule, CallSums::tokens, "tokens")));
            }
        }
        return judged;
    }

    private List<Condition> spent(AlertRule rule, ToDoubleFunction<CallSums> measure, String unit) {
        List<Condition> holding = new ArrayList<>();
        spending.bySwarm().forEach((swarm, sums) -> {
            double spent = measure.applyAsDouble(sums);
            boolean isAsked = rule.swarm() == null || rule.swarm().equals(swarm);
            if (isAsked && spent >= rule.threshold() && !isTerminated(swarm)) {
                holding.add(new Condition(
                        rule.name(),
                        idOf(rule, swarm),
                        Fingerprint.cut(
                                "Models took more than the threshold of " + unit + " in swarm " + swarm,
                                Fingerprint.SHOWN),
                        swarm,
                        amount(rule, spent) + " " + unit + ", the threshold is " + amount(rule, rule.threshold())));
            }
        });
        return holding;
    }

    private boolean isTerminated(String swarm) {
        SwarmView found = ask(new GetSwarm(swarm), SwarmView.class);
        return found != null && TERMINATED.equals(found.swarm().status());
    }

    private <T> T ask(Object query, Class<T> answer) {
        return queries.query(query, answer).join();
    }

    /** The same for good, in every ledger. */
    private static String idOf(AlertRule rule, String subject) {
        return rule.on().word() + ":" + UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8));
    }

    /** Tokens are whole, dollars have hundredths. */
    private static String amount(AlertRule rule, double value) {
        return rule.on() == AlertRule.On.TOKENS && value == Math.rint(value)
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
