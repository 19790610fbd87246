package io.swarmledger.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import io.swarmledger.commands.agent.StopAgent;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.swarm.ScaleSwarm;
import io.swarmledger.events.Envelope;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.GetSwarm;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.timetravel.AllThen;
import io.swarmledger.query.timetravel.StateOfAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How many agents are in a swarm: those that were spawned in it and are not stopped, whatever was said of its size. */
class SeenAgentsTest {

    private static final List<String> SWARMS = List.of("alpha", "beta");

    @Test
    void theyAreThereBesideTheNumberThatWasSaid() {
        try (TestLedger ledger = TestLedger.inMemory()) {
            ledger.send(swarm("swarm"));
            for (String agent : List.of("coder", "reviewer", "researcher", "tester")) {
                ledger.send(new SpawnAgent(agent, "r"));
            }
            ledger.send(new ScaleSwarm("swarm", null, 2L, null, "said"));

            SwarmView view = ledger.ask(new GetSwarm("swarm"), SwarmView.class);
            assertThat(view.seenAgents()).isEqualTo(4);
            assertThat(view.swarm().agentCount()).isEqualTo(2);
        }
    }

    @Test
    void listOneAndEveryMomentAgreeAndSoDoesARebuild() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (TestLedger ledger = TestLedger.inMemory()) {
            SWARMS.forEach(
                    swarm -> ledger.send(swarm(swarm), Envelope.from("swarm").inSwarm(swarm)));
            List<Set<String>> in = List.of(new TreeSet<>(), new TreeSet<>());
            List<List<Integer>> counted = new ArrayList<>(List.of(List.of(0, 0), List.of(0, 0), List.of(0, 0)));
            Set<String> stopped = new TreeSet<>();
            for (int i = 0; i < 120; i++) {
                int swarm = random.nextInt(2);
                String agent = (random.nextInt(8)) + "-" + SWARMS.get(swarm);
                Envelope envelope = Envelope.from("swarm").inSwarm(SWARMS.get(swarm));
                if (in.get(swarm).contains(agent)) {
                    ledger.send(new StopAgent(agent, "done", null), envelope);
                    in.get(swarm).remove(agent);
                    stopped.add(agent);
                } else if (!stopped.contains(agent)) {
                    ledger.send(new SpawnAgent(agent, "r"), envelope);
                    in.get(swarm).add(agent);
                } else {
                    continue;
                }
                if (in.get(swarm).contains(agent) && random.nextBoolean()) {
                    counted.add(sizes(in));
                    ledger.send(new StartAgent(agent, null), envelope);
                }
                counted.add(sizes(in));
            }
            for (int position = 2; position < counted.size(); position++) {
                assertThat(then(ledger, position))
                        .as("seed %s, position %s", seed, position)
                        .isEqualTo(counted.get(position));
            }
            assertThat(now(ledger)).as("seed %s", seed).isEqualTo(sizes(in));
            ledger.bean(Replays.class).start(List.of("agent-state")).done().join();
            assertThat(now(ledger)).as("seed %s, rebuilt", seed).isEqualTo(sizes(in));
        }
    }

    private static InitializeSwarm swarm(String id) {
        return new InitializeSwarm(id, "mesh", 99L, null, null);
    }

    private static List<Integer> sizes(List<Set<String>> agents) {
        return agents.stream().map(Set::size).toList();
    }

    private static List<Integer> now(TestLedger ledger) {
        return seen(ledger.page(FindSwarms.all(), SwarmView.class).items());
    }

    private static List<Integer> then(TestLedger ledger, long position) {
        return seen(ledger.ask(StateOfAll.at(position), AllThen.class).swarms().items());
    }

    private static List<Integer> seen(List<SwarmView> swarms) {
        return swarms.stream()
                .sorted((one, other) -> one.swarm().id().compareTo(other.swarm().id()))
                .map(view -> (int) view.seenAgents())
                .toList();
    }
}
