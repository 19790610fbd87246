package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.Fold;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.Recorded;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever happened, and in whatever order: the folds agree with each other and with a plain retelling of them. */
class FoldLawsTest {

    private static final int MAX = 100_000;

    @Test
    void liveRebuiltAndNaiveViewsAreTheSame() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        NaiveViews naive = new NaiveViews();
        RandomHistory history = new RandomHistory(random);
        try (TestLedger ledger = TestLedger.inMemory()) {
            for (int round = 1; round <= 3; round++) {
                List<EventRow> events = history.events("r" + round + "-", 4 * round * round, 1_000);
                events.forEach(naive::tell);
                for (int from = 0; from < events.size(); ) {
                    int size = Math.min(1 + random.nextInt(80), events.size() - from);
                    ledger.log().writer().append(events.subList(from, from + size));
                    from += size;
                }
                ledger.caughtUp();
                requireSame("live, seed %d, round %d".formatted(seed, round), ledger, naive);

                ledger.bean(Replays.class)
                        .start(ReadModels.ofLedger().projections())
                        .done()
                        .join();
                requireSame("rebuilt, seed %d, round %d".formatted(seed, round), ledger, naive);
            }
        }
    }

    private static void requireSame(String what, TestLedger ledger, NaiveViews naive) {
        answers(ledger).forEach((type, answers) -> {
            List<JsonNode> told = naive.of(type);
            assertThat(answers).as("%ss, %s", type, what).hasSameSizeAs(told);
            for (int i = 0; i < told.size(); i++) {
                assertThat(answers.get(i)).as("%s, %s", type, what).isEqualTo(told.get(i));
            }
        });
    }

    private static Map<String, List<JsonNode>> answers(TestLedger ledger) {
        return new TreeMap<>(Map.of(
                "agent", answers(ledger, FindAgents.all().withLimit(MAX), AgentView.class),
                "task", answers(ledger, FindTasks.all().withLimit(MAX), TaskState.class),
                "memory",
                        answers(
                                ledger,
                                FindMemories.all().withIncludeDeleted(true).withLimit(MAX),
                                MemoryState.class),
                "swarm", answers(ledger, FindSwarms.all().withLimit(MAX), SwarmView.class)));
    }

    private static List<JsonNode> answers(TestLedger ledger, LedgerQuery query, Class<?> item) {
        return ledger.page(query, item).items().stream()
                .map(NaiveViews::comparable)
                .toList();
    }

    @Test
    void aStateThatWasStoredHalfWayGoesOnAsIfItHadNotBeen() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<EventRow> events = new RandomHistory(random).events("x-", 3, 3_000);
        for (String type : List.of("agent", "task", "memory", "swarm")) {
            Fold<Object> fold = ReadModels.ofLedger().foldOf(type).orElseThrow();
            for (int stream = 0; stream < 3; stream++) {
                String id = "x-" + stream;
                List<Told> own = events.stream()
                        .filter(event -> event.aggregateId().equals(id))
                        .map(Told::of)
                        .toList();
                Object whole = evolve(fold, null, own);
                for (int i = 0; i < 20; i++) {
                    int at = random.nextInt(own.size() + 1);
                    Object half = evolve(fold, null, own.subList(0, at));
                    Object stored = half == null
                            ? null
                            : Json.mapper().readValue(Json.mapper().writeValueAsString(half), half.getClass());
                    assertThat(Json.mapper().writeValueAsString(evolve(fold, stored, own.subList(at, own.size()))))
                            .as("%s %s, stored after %d of %d, seed %d", type, id, at, own.size(), seed)
                            .isEqualTo(Json.mapper().writeValueAsString(whole));
                }
            }
        }
        assertThat(events.stream().map(EventRow::eventType).collect(Collectors.toSet()))
                .as("seed %d", seed)
                .containsAll(EventTypes.all().keySet());
    }

    private record Told(LedgerEvent event, Recorded recorded) {

        private static final LedgerSerializer SERIALIZER = LedgerSerializer.of(StoredTypes.events());

        static Told of(EventRow row) {
            return new Told(
                    SERIALIZER.deserialize(new SimpleSerializedObject<>(
                            row.payload(), String.class, new SimpleSerializedType(row.eventType(), row.revision()))),
                    new Recorded(row.aggregateId(), row.timestamp().doubleValue(), row.swarmId()));
        }
    }

    private static Object evolve(Fold<Object> fold, Object state, List<Told> events) {
        Object next = state;
        for (Told told : events) {
            next = fold.evolve(next, told.event(), told.recorded());
        }
        return next;
    }
}
