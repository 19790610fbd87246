package io.swarmledger.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.events.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an import asks the log for, and what it knows without. */
class WaitingFactsTest {

    private final Map<String, Fact> log = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final AtomicLong head = new AtomicLong();

    private final class Log implements Known {

        @Override
        public boolean has(String eventId) {
            return event(eventId).isPresent();
        }

        @Override
        public Optional<Event> event(String eventId) {
            asked.add(eventId);
            return Optional.ofNullable(log.get(eventId))
                    .map(fact -> new Event(fact.id(), fact.type(), 0, fact.payload(), fact.metadata()));
        }

        @Override
        public List<Event> last(String aggregateId, int most, String... types) {
            return List.of();
        }

        @Override
        public boolean mayHaveSwarm(String swarmId) {
            asked.add(swarmId);
            return log.values().stream()
                    .anyMatch(fact -> swarmId.equals(fact.metadata().get("swarmId")));
        }
    }

    private static Fact fact(String id, String swarm) {
        return new Fact(
                id,
                "agent:spawned",
                "agent",
                "a-1",
                1e12,
                "a-1",
                Json.mapper().createObjectNode().put("agentId", "a-1"),
                Map.of("swarmId", swarm),
                null);
    }

    private void write(Fact fact) {
        log.put(fact.id(), fact);
        head.incrementAndGet();
    }

    private WaitingFacts waiting() {
        return new WaitingFacts(new Log(), new OwnAppends(head::get));
    }

    private void append(WaitingFacts waiting, long number, Fact fact) {
        long next = head.get() + 1;
        waiting.ownAppends().append(next, next);
        write(fact);
        waiting.appended(number);
    }

    @Test
    void ofANewSwarmOnlyWhatWasToldIsLookedFor() {
        write(fact("old", "s-0"));
        WaitingFacts waiting = waiting();
        Known ofNew = waiting.ofSwarm("s-1");
        waiting.told(1, fact("told", "s-1"));

        assertThat(ofNew.has("told")).isTrue();
        assertThat(ofNew.has("not told")).isFalse();
        assertThat(ofNew.event("not told")).isEmpty();
        assertThat(asked).containsExactly("s-1");

        append(waiting, 1, fact("told", "s-1"));
        assertThat(ofNew.has("not told")).isFalse();
        assertThat(asked).containsExactly("s-1");
        assertThat(ofNew.event("told")).isPresent();
        assertThat(asked).containsExactly("s-1", "told");
    }

    @Test
    void ofASwarmThatTheLogHasEverythingIsLookedFor() {
        write(fact("old", "s-0"));
        Known ofOld = waiting().ofSwarm("s-0");

        assertThat(ofOld.has("old")).isTrue();
        assertThat(ofOld.has("new")).isFalse();
        assertThat(asked).containsExactly("s-0", "old", "new");
    }

    @Test
    void onceSomebodyElseHasWrittenEverythingIsLookedFor() {
        WaitingFacts waiting = waiting();
        Known ofNew = waiting.ofSwarm("s-1");
        write(fact("hook", "s-1"));
        assertThat(ofNew.has("hook")).isTrue();

        waiting.told(1, fact("told", "s-1"));
        append(waiting, 1, fact("told", "s-1"));
        assertThat(ofNew.has("hook")).isTrue();
        assertThat(waiting.ofSwarm("s-1").has("hook")).isTrue();

        asked.clear();
        assertThat(waiting.ofSwarm("s-2").has("other")).isFalse();
        assertThat(asked).containsExactly("s-2");
    }

    @Test
    void intoALogThatWasEmptyNoSwarmIsAskedFor() {
        WaitingFacts waiting = waiting();
        waiting.told(1, fact("told", "s-1"));
        append(waiting, 1, fact("told", "s-1"));

        assertThat(waiting.ofSwarm("s-2").has("other")).isFalse();
        assertThat(asked).isEmpty();
        assertThat(waiting.ofSwarm("s-1").has("told")).isTrue();
    }
}
