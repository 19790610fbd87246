package io.swarmledger.app.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.alert.AlertRule.On;
import io.swarmledger.app.alert.Judged.Condition;
import io.swarmledger.query.incident.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is raised and cleared, given who is judged how and what the log knows; and when it is looked. */
class RaisingTest {

    private static final AlertRule RULE = new AlertRule("open", On.INCIDENT, null, null, Duration.ofSeconds(60));

    private final Raising raising = new Raising();
    private final List<Alert> raised = new ArrayList<>();

    /** What is said, as words; the log knows of it afterwards. */
    private List<String> after(long seconds, Judged... judged) {
        List<String> said = new ArrayList<>();
        for (Raising.Change change :
                raising.changes(List.of(judged), Set.of("open"), List.copyOf(raised), seconds * 1_000)) {
            if (change.raise() != null) {
                Condition one = change.raise();
                raised.add(new Alert(one.incidentId(), one.rule(), one.title(), null, null, 0, "e", 1, null));
                said.add("raise " + one.incidentId());
            } else {
                raised.remove(change.clear());
                said.add("clear " + change.clear().incidentId() + ": " + change.why());
            }
        }
        return said;
    }

    private static Judged holdsFor(String... incidents) {
        return new Judged(
                RULE,
                List.of(incidents).stream()
                        .map(id -> new Condition("open", id, "what", null, null))
                        .toList(),
                true,
                Map.of("a", "It is recovered"));
    }

    @Test
    void isRaisedOnceItHeldForLongEnoughAndClearedWhenItHoldsNoLonger() {
        assertThat(after(0, holdsFor("a"))).isEmpty();
        assertThat(after(59, holdsFor("a"))).isEmpty();
        assertThat(after(60, holdsFor("a", "b"))).containsExactly("raise a");
        assertThat(after(90, holdsFor("a", "b"))).isEmpty();
        assertThat(after(130, holdsFor("b"))).containsExactly("raise b", "clear a: It is recovered");
        assertThat(after(131, holdsFor("b"))).isEmpty();
    }

    @Test
    void whatHeldForTooShortATimeBeginsAnew() {
        after(0, holdsFor("a"));
        after(50, holdsFor());
        assertThat(after(70, holdsFor("a"))).isEmpty();
        assertThat(after(129, holdsFor("a"))).isEmpty();
        assertThat(after(130, holdsFor("a"))).containsExactly("raise a");
    }

    @Test
    void nothingIsRaisedAgainThatTheLogKnowsToBeRaised() {
        raised.add(new Alert("a", "open", "what", null, null, 0, "e", 1, null));
        assertThat(after(0, holdsFor("a"))).isEmpty();
        assertThat(after(1_000, holdsFor("a"))).isEmpty();
    }

    /** Part is no reason to say that the rest is well. */
    @Test
    void nothingIsClearedWhileNotEverythingWasConsidered() {
        raised.add(new Alert("a", "open", "what", null, null, 0, "e", 1, null));
        assertThat(after(0, new Judged(RULE, List.of(), false, Map.of()))).isEmpty();
        assertThat(after(1)).as("nothing was judged").isEmpty();
        assertThat(after(2, holdsFor())).containsExactly("clear a: It is recovered");
    }

    @Test
    void whatARuleHadRaisedThatIsNoMoreIsCleared() {
        raised.add(new Alert("a", "of before", "what", null, null, 0, "e", 1, null));
        assertThat(after(0, holdsFor())).containsExactly("clear a: There is no rule of that name any more");
    }

    @Test
    void aRuleSaysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> new AlertRule(null, On.STUCK, null, null, Duration.ZERO))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> new AlertRule("r", null, null, null, Duration.ZERO))
                .hasMessage(
                        "rule r: on is missing: incident, failures, silent, stuck, dead-letters, lag, cost or tokens");
        assertThatThrownBy(() -> new AlertRule("r", On.COST, null, null, Duration.ZERO))
                .hasMessageContaining("threshold is missing");
        assertThatThrownBy(() -> new AlertRule("r", On.TOKENS, -1.0, null, Duration.ZERO))
                .hasMessageContaining("-1.0 is not more than 0");
        assertThatThrownBy(() -> new AlertRule("r", On.SILENT, 2.0, null, Duration.ZERO))
                .hasMessageContaining("nothing to count");
        assertThatThrownBy(() -> new AlertRule("r", On.LAG, 2.0, "alpha", Duration.ZERO))
                .hasMessageContaining("not a swarm's");
        assertThatThrownBy(() -> new AlertRule("r", On.STUCK, null, null, Duration.ofSeconds(-1)))
                .hasMessageContaining("for");
        assertThat(new AlertRule("r", On.FAILURES, null, " ", Duration.ZERO))
                .returns(1.0, AlertRule::threshold)
                .returns(null, AlertRule::swarm);
    }

    private static long s(double seconds) {
        return (long) (seconds * 1e9);
    }

    @Test
    void itIsLookedWhenSomethingWasAppendedAndWhileTimeMayChangeSomething() {
        Looks looks = new Looks(Duration.ofSeconds(100), Duration.ofSeconds(1_000));
        assertThat(looks.isTime(0, s(0))).isTrue();
        looks.looked(0, s(0), s(0.1));

        assertThat(looks.isTime(1, s(0.5))).as("too soon").isFalse();
        assertThat(looks.isTime(1, s(2))).as("appended").isFalse();
        assertThat(looks.isTime(1, s(2.2))).as("appended").isTrue();
        looks.looked(1, s(2.2), s(2.2));

        assertThat(looks.isTime(1, s(11))).isFalse();
        assertThat(looks.isTime(1, s(12.3))).as("a tenth of the shortest time").isTrue();
        looks.looked(1, s(12.3), s(12.3));
        assertThat(looks.isTime(1, s(1_100))).as("nothing changes any more").isFalse();
        assertThat(looks.isTime(2, s(1_100))).isTrue();
    }
}
