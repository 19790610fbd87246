package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.EventRow;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.query.activity.Activity;
import io.swarmledger.query.activity.GetActivity;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.StateOfAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** History that was imported may say any time: one that cannot be is kept, and counts as the last one before it. */
class BelievedTimesTest {

    private static final double NEVER = Double.NEGATIVE_INFINITY;
    private static final double[] ABSURD = {
        -1,
        -1e300,
        1e300,
        1767517200030000d,
        1767517200030000000d,
        Long.MAX_VALUE,
        System.currentTimeMillis() + 7_200_000d
    };

    private final List<EventRow> events = new ArrayList<>();
    /** What the time of each counts as, and the latest so far, by a reading of their own. */
    private final List<Double> times = new ArrayList<>();

    private final List<Double> latest = new ArrayList<>();

    private void tell(Random random, int many) {
        Rows rows = new Rows();
        double time = Rows.START;
        double last = NEVER;
        double most = NEVER;
        int absurd = 0;
        for (int i = 0; i < many; i++) {
            absurd = absurd > 0 ? absurd - 1 : random.nextInt(6) == 0 ? random.nextInt(12) : 0;
            boolean isAbsurd = absurd > 0 || i < 3;
            time += random.nextInt(10) < 7 ? random.nextInt(1_000) / 4.0 : -random.nextInt(500);
            double told = isAbsurd ? ABSURD[random.nextInt(ABSURD.length)] : time;
            String id = "a-" + random.nextInt(5);
            String type = List.of("agent:spawned", "agent:started", "agent:failed", "custom:thing")
                    .get(random.nextInt(4));
            events.add(rows.next(id, type, "{\"agentId\":\"" + id + "\"}", told, "swarm", null));
            last = isAbsurd ? last : time;
            most = Math.max(most, last);
            times.add(last);
            latest.add(most);
        }
    }

    private TestLedger ledger() {
        TestLedger ledger = TestLedger.inMemory();
        try {
            ledger.log().writer().append(events);
        } catch (Exception failure) {
            ledger.close();
            throw new IllegalStateException(failure);
        }
        return ledger.caughtUp();
    }

    @Test
    void aTimeMeansAPositionAndNoTimeThatCannotBeSpoilsIt() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        tell(random, 1_200);
        try (TestLedger ledger = ledger()) {
            for (int i = 0; i < 60; i++) {
                double heard = times.get(random.nextInt(times.size()));
                double time = heard == NEVER ? Rows.START - 1 : heard + (random.nextInt(3) - 1) / 8.0;
                int expected = 0;
                while (expected < times.size() && latest.get(expected) <= time) {
                    expected++;
                }
                AllThen then = ledger.ask(StateOfAll.now().with(query -> query.at(time)), AllThen.class);
                assertThat(then.position()).as("time %s, seed %s", time, seed).isEqualTo(expected);
                assertThat(then.at())
                        .as("time %s, seed %s", time, seed)
                        .isEqualTo(
                                expected == 0 || latest.get(expected - 1) == NEVER ? null : latest.get(expected - 1));
                requireSameOfOne(ledger, time, expected);
            }
            assertThat(ledger.ask(
                                    StateOfAll.now().with(query -> query.at((double) System.currentTimeMillis())),
                                    AllThen.class)
                            .position())
                    .isEqualTo(events.size());
        }
    }

    private void requireSameOfOne(TestLedger ledger, double time, int upTo) {
        long version = events.subList(0, upTo).stream()
                .filter(row -> row.aggregateId().equals("a-1"))
                .count();
        if (version > 0) {
            StateThen one = ledger.ask(new StateOf("a-1", null, time), StateThen.class);
            assertThat(one.version()).isEqualTo(version);
        }
    }

    @Test
    void chartsShowThemWhereTheyCount() {
        long seed = new Random().nextLong();
        tell(new Random(seed), 800);
        try (TestLedger ledger = ledger()) {
            for (GetActivity query : List.of(
                    GetActivity.whole(),
                    GetActivity.whole().withSwarmId("swarm"),
                    GetActivity.whole().withBuckets(7))) {
                Activity activity = ledger.ask(query, Activity.class);
                List<Double> heard =
                        times.stream().filter(time -> time != NEVER).toList();
                assertThat(activity.from())
                        .isEqualTo(heard.stream().min(Double::compare).orElseThrow());
                assertThat(activity.to())
                        .isEqualTo(heard.stream().max(Double::compare).orElseThrow());
                List<Activity.Bucket> buckets = activity.buckets();
                for (int i = 0; i < buckets.size(); i++) {
                    double start = buckets.get(i).start();
                    double end = i + 1 < buckets.size() ? buckets.get(i + 1).start() : Double.MAX_VALUE;
                    assertThat(buckets.get(i).events())
                            .as("bucket %s, seed %s", i, seed)
                            .isEqualTo(heard.stream()
                                    .filter(time -> time >= start && time < end)
                                    .count());
                }
            }
        }
    }

    @Test
    void whatNoInstantCanSayIsToldAsItWasWhereverItIsAsked() {
        Rows rows = new Rows();
        events.add(rows.next("s", "swarm:initialized", "{}", 1e300, "s", null));
        events.add(rows.next("a", "agent:spawned", "{}", -1e300, "s", null));
        try (TestLedger ledger = ledger()) {
            AllThen then = ledger.ask(StateOfAll.now(), AllThen.class);
            SwarmView swarm = ledger.ask(new GetSwarm("s"), SwarmView.class);
            assertThat(swarm.swarm().lastActivityAt()).isEqualTo(1e300);
            assertThat(then.swarms().items()).containsExactly(swarm);
            assertThat(ledger.ask(new StateOf("s", null, null), StateThen.class).state())
                    .as("what was called in it its own stream does not tell")
                    .isEqualTo(swarm.swarm().withCalls(null));
            AgentView agent = ledger.ask(new GetAgent("a"), AgentView.class);
            assertThat(agent.agent().spawnedAt()).isEqualTo(-1e300);
            assertThat(then.agents().items()).extracting(AgentView::agent).containsExactly(agent.agent());
        }
    }

    @Test
    void whoSpeaksFromTheFutureIsSilentAllTheSame() {
        double now = System.currentTimeMillis();
        Rows rows = new Rows();
        events.add(rows.next("never", "agent:spawned", "{}", 1767517200030000d, "swarm", null));
        events.add(rows.next("never", "agent:started", "{}", 1e300, "swarm", null));
        events.add(rows.next("quiet", "agent:spawned", "{}", now - 3_600_000, "swarm", null));
        events.add(rows.next("quiet", "agent:started", "{}", 1767517200030000d, "swarm", null));
        events.add(rows.next("heard", "agent:spawned", "{}", now - 5_000, "swarm", null));
        events.add(rows.next("heard", "agent:started", "{}", -1, "swarm", null));
        try (TestLedger ledger = ledger()) {
            assertThat(ledger.page(FindAgents.all().withHealth("silent"), AgentView.class)
                            .items())
                    .extracting(view -> view.agent().id())
                    .containsExactly("never", "quiet");
            AgentView quiet = ledger.ask(new GetAgent("quiet"), AgentView.class);
            assertThat(quiet.health()).isEqualTo("silent");
            assertThat(quiet.agent().lastActivityAt()).as("as it was told").isEqualTo(1767517200030000d);
            assertThat(ledger.ask(new GetAgent("heard"), AgentView.class).health())
                    .isEqualTo("ok");
            assertThat(ledger.ask(StateOfAll.now(), AllThen.class).agents().items())
                    .extracting(AgentView::health)
                    .containsExactly("silent", "silent", "ok");
        }
    }
}
