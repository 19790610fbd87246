package io.swarmledger.app.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.demo.DemoSwarm;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.Verdict;
import io.swarmledger.app.log.sqlite.Verification;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.GetStats;
import io.swarmledger.query.log.LedgerStats;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.log.StateOf;
import io.swarmledger.query.log.StateThen;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkTest {

    @TempDir
    Path home;

    @Test
    void aForkIsTheLedgerAsItWasThenAndGoesOnByItself() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Positions of -Dseed=" + seed);
        Random chance = new Random(seed);
        Path data = home.resolve("ledger");
        try (TestLedger ledger = TestLedger.in(data, "swarm-ledger.snapshot.threshold=5")) {
            new DemoSwarm(ledger.bean(CommandGateway.class), "", 12, 3, 1_767_517_200_000d, (done, all) -> {}).play();
            ledger.awaitSnapshots();
            List<RecordedEvent> events = events(ledger);
            for (int at : new int[] {1, 1 + chance.nextInt(events.size()), events.size()}) {
                Path directory = home.resolve("fork-" + at);

                assertThat(fork(data, directory, at)).isEqualTo(new Verdict(true, at, at, null, List.of()));

                try (TestLedger fork = TestLedger.in(directory)) {
                    assertThat(events(fork)).isEqualTo(events.subList(0, at));
                    RecordedEvent last = events.get(at - 1);
                    assertThat(fork.ask(new StateOf(last.aggregateId(), null, null), StateThen.class))
                            .isEqualTo(
                                    ledger.ask(new StateOf(last.aggregateId(), last.version(), null), StateThen.class));
                    assertThat(fork.send(new SpawnAgent("of-the-fork", "coder")).position())
                            .isEqualTo(at + 1L);
                    assertThat(id(fork)).isNotEqualTo(id(ledger));
                }
                assertThat(Verification.of(directory.resolve("events.db"), done -> {})
                                .ok())
                        .isTrue();
            }
            assertThat(events(ledger)).as("the origin").isEqualTo(events);
        }
    }

    @Test
    void whereNoForkCanBeNothingIsLeft() throws Exception {
        Path data = home.resolve("ledger");
        try (TestLedger ledger = TestLedger.in(data)) {
            ledger.send(new SpawnAgent("a", "coder"));
        }
        Path fork = home.resolve("fork");

        for (long at : new long[] {-1, 0, 2}) {
            assertThatThrownBy(() -> fork(data, fork, at))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("no position " + at)
                    .hasMessageContaining("1 to 1");
        }
        assertThat(fork).doesNotExist();
        assertThatThrownBy(() -> fork(data, data, 1))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("There is a ledger");
    }

    private static Verdict fork(Path data, Path directory, long at) {
        return Fork.of(data.resolve("events.db"), directory.toString(), at, Clock.systemUTC(), done -> {});
    }

    private static List<RecordedEvent> events(TestLedger ledger) {
        return ledger.page(FindEvents.all().with(query -> query.limit(10_000)), RecordedEvent.class)
                .items();
    }

    private static String id(TestLedger ledger) {
        return ledger.ask(new GetStats(null, null), LedgerStats.class).ledgerId();
    }
}
