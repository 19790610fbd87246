package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.RuleBroken;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.task.CreateTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("T3 many create one id at once")
class T03OneIdAtOnceTest {

    private static final int CLIENTS = 64;
    private static final int IDS = 20;

    @TempDir
    Path directory;

    /** Half of the clients wait for the answer, half of them look at it later: those run on other threads. */
    @ParameterizedTest
    @ValueSource(strings = {"agent", "task", "swarm"})
    void oneIsAcceptedAndARuleRefusesTheRest(String type) throws Exception {
        try (TestLedger ledger = TestLedger.in(directory)) {
            CommandGateway commands = ledger.bean(CommandGateway.class);
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            for (int i = 0; i < IDS; i++) {
                String id = type + "-" + i;
                CyclicBarrier together = new CyclicBarrier(CLIENTS);
                List<Callable<Object>> creating = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    boolean waits = client % 2 == 0;
                    creating.add(() -> {
                        together.await();
                        return waits
                                ? commands.sendAndWait(creation(type, id))
                                : commands.send(creation(type, id)).get();
                    });
                }
                int accepted = 0;
                for (Future<Object> created : clients.invokeAll(creating)) {
                    try {
                        created.get();
                        accepted++;
                    } catch (ExecutionException failure) {
                        assertThat(root(failure)).isInstanceOf(RuleBroken.class);
                    }
                }
                assertThat(accepted).as(id).isEqualTo(1);
            }
            clients.shutdown();
            assertThat(ledger.head()).isEqualTo(IDS);
        }
        Green.assertVerified(directory);
    }

    private static Throwable root(Throwable failure) {
        return failure instanceof ExecutionException ? root(failure.getCause()) : failure;
    }

    private static LedgerCommand creation(String type, String id) {
        return switch (type) {
            case "agent" -> new SpawnAgent(id, "tester");
            case "task" -> new CreateTask(id, "testing", "Created at once");
            default -> new InitializeSwarm(id, "mesh", 10);
        };
    }
}
