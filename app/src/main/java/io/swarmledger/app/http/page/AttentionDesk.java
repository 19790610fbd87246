package io.swarmledger.app.http.page;

import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.operations.ProjectionStanding;
import io.swarmledger.app.http.page.OverviewPage.Card;
import io.swarmledger.query.failure.Failures;
import io.swarmledger.query.failure.Failures.FailureGroup;
import io.swarmledger.query.failure.FindFailures;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What somebody should look at, the worst first; each leads to where one acts. */
@Component
final class Attention {

    private static final int FAILURES = 6;

    private final Gateways gateways;
    private final ChainChecks checks;
    private final Show show;

    Attention(Gateways gateways, ChainChecks checks, Show show) {
        this.gateways = gateways;
        this.checks = checks;
        this.show = show;
    }

    /**
     * One thing to look at.
     *
     * @param what in a few words
     * @param detail more of it, or {@code null}
     * @param since epoch milliseconds, {@code null} if nobody knows
     * @param action what one finds at {@code href}
     */
    record Matter(Mark mark, String what, String detail, Double since, String href, String action) {}

    /** About the ledger itself, and what failed last. */
    List<Matter> ofLedger(List<ProjectionStanding> views) {
        List<Matter> matters = new ArrayList<>();
        ChainChecks.Last chain = checks.last();
        if (chain.verdict() != null && !chain.verdict().ok()) {
            matters.add(new Matter(
                    Mark.of("damaged"),
                    "The log is not as it was written",
                    chain.verdict().problems().get(0),
                    chain.at().doubleValue(),
                    "/operations",
                    "Operations"));
        }
        views.stream()
                .filter(view -> !view.health().equals("ok"))
                .map(view -> new Matter(
                        Mark.of(view.health()),
                        "View " + view.name() + " is " + view.health(),
                        view.error() == null ? view.reason() : view.error(),
                        null,
                        view.deadLetters() > 0 ? "/operations?letters=" + view.name() + "#dead-letters" : "/operations",
                        view.deadLetters() > 0 ? "Retry or discard" : "Operations"))
                .forEach(matters::add);
        gateways.ask(FindFailures.all().with(all -> all.limit(FAILURES)), Failures.class, null)
                .groups()
                .items()
                .forEach(group -> matters.add(failure(group)));
        return matters;
    }

    /** About swarms. */
    List<Matter> ofSwarms(List<Card> swarms) {
        List<Matter> matters = new ArrayList<>();
        swarms.stream()
                .filter(card -> card.mark().word().equals("silent"))
                .map(card -> new Matter(
                        card.mark(),
                        "Swarm " + show.id(card.swarm().id()) + " is silent",
                        "Nothing was heard of it, and nobody said that it has ended",
                        card.lastEvent(),
                        address("/events", "swarmId", card.swarm().id(), "order", "desc"),
                        "Its last events"))
                .forEach(matters::add);
        swarms.forEach(card -> addTrouble(matters, card));
        return matters;
    }

    private void addTrouble(List<Matter> matters, Card card) {
        if (card.swarm().status().equals("terminated")) {
            return;
        }
        String id = card.swarm().id();
        long failing = card.agentsIn("error");
        if (failing > 0) {
            matters.add(new Matter(
                    Mark.of("error"),
                    show.number(failing) + (failing == 1 ? " agent is" : " agents are") + " in error in swarm "
                            + show.id(id),
                    null,
                    null,
                    address("/agents", "status", "error", "swarmId", id),
                    "The agents"));
        }
        long blocked = card.tasksIn("blocked");
        if (blocked > 0) {
            matters.add(new Matter(
                    Mark.of("blocked"),
                    show.number(blocked) + (blocked == 1 ? " task is" : " tasks are") + " blocked in swarm "
                            + show.id(id),
                    null,
                    null,
                    address("/tasks", "status", "blocked", "swarmId", id),
                    "The tasks"));
        }
    }

    private Matter failure(FailureGroup group) {
        return new Matter(
                Mark.ofType(group.type()),
                show.number(group.count()) + " × " + group.type(),
                group.sample(),
                group.last().timestamp(),
                show.trace(group.last().eventId()),
                "Trace the last");
    }

    static String address(String path, String name, String value, String other, String otherValue) {
        return Address.of(path).with(name, value).with(other, otherValue).orNothing();
    }
}
