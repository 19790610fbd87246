package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.agent.ChangeAgentStatus;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import io.swarmledger.commands.swarm.ChangePhase;
import io.swarmledger.commands.swarm.InitializeSwarm;
import io.swarmledger.commands.task.BlockTask;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.FindAgents;
import io.swarmledger.query.memory.FindMemories;
import io.swarmledger.query.memory.MemoryState;
import io.swarmledger.query.swarm.FindSwarms;
import io.swarmledger.query.swarm.SwarmView;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConcurrentCommandsTest {

    private static final int THREADS = 16;
    private static final int OF_EACH_TYPE = 50;
    private static final int AGGREGATES = 4 * OF_EACH_TYPE;
    private static final int COMMANDS = 20_000;

    /** Aggregates are shared by the threads, so that commands do meet on them. */
    @Test
    void everyAcknowledgedCommandIsInTheLogAndInTheViewsAndNothingElseIs() throws Exception {
        try (TestLedger ledger = TestLedger.inMemory()) {
            Map<Long, Appended> acknowledged = new ConcurrentHashMap<>();
            for (int i = 0; i < OF_EACH_TYPE; i++) {
                send(ledger, new StoreMemory("memory-" + i, "shared", "key-" + i, "episodic", 10), acknowledged);
                send(ledger, new SpawnAgent("agent-" + i, "coder"), acknowledged);
                send(ledger, new CreateTask("task-" + i, "testing", "Task " + i), acknowledged);
                send(ledger, new InitializeSwarm("swarm-" + i, "mesh", 15), acknowledged);
            }
            int each = (COMMANDS - AGGREGATES) / THREADS;
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int offset = thread;
                work.add(() -> {
                    for (int i = 0; i < each; i++) {
                        send(ledger, command(i * 7 + offset), acknowledged);
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            threads.shutdown();

            int sent = AGGREGATES + each * THREADS;
            assertThat(acknowledged).hasSize(sent);
            assertThat(acknowledged.keySet())
                    .as("positions without gaps")
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, sent).boxed().toList());
            assertThat(stored(ledger)).isEqualTo(acknowledged);

            ledger.caughtUp();
            long reads = ledger.page(FindMemories.all(), MemoryState.class).items().stream()
                    .mapToLong(MemoryState::accessCount)
                    .sum();
            assertThat(reads).isEqualTo(acknowledgedFor("memory-", acknowledged) - OF_EACH_TYPE);
            assertThat(ledger.page(FindAgents.all(), AgentView.class).items())
                    .hasSize(OF_EACH_TYPE)
                    .allMatch(view -> view.agent().status().equals("blocked"));
            assertThat(ledger.page(FindTasks.all(), TaskState.class).items())
                    .hasSize(OF_EACH_TYPE)
                    .allMatch(task -> task.status().equals("blocked"));
            assertThat(ledger.page(FindSwarms.all(), SwarmView.class).items())
                    .hasSize(OF_EACH_TYPE)
                    .allMatch(view -> view.swarm().status().equals("active"));
        }
    }

    private static LedgerCommand command(int number) {
        int which = number % OF_EACH_TYPE;
        return switch (number / OF_EACH_TYPE % 4) {
            case 0 -> new RetrieveMemory("memory-" + which);
            case 1 -> new ChangeAgentStatus("agent-" + which, "blocked");
            case 2 -> new BlockTask("task-" + which, "task-" + (which + 1));
            default -> new ChangePhase("swarm-" + which, "phase-" + number);
        };
    }

    private static long acknowledgedFor(String prefix, Map<Long, Appended> acknowledged) {
        return acknowledged.values().stream()
                .filter(appended -> appended.aggregateId().startsWith(prefix))
                .count();
    }

    private static void send(TestLedger ledger, LedgerCommand command, Map<Long, Appended> acknowledged) {
        Appended appended = ledger.send(command);
        assertThat(acknowledged.put(appended.position(), appended))
                .as("position %d was given twice", appended.position())
                .isNull();
    }

    private static Map<Long, Appended> stored(TestLedger ledger) throws Exception {
        Map<Long, Appended> stored = new ConcurrentHashMap<>();
        try (Connection connection = ledger.log().readers().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT eventIdentifier, aggregateIdentifier, sequenceNumber + 1,"
                                + " globalIndex FROM DomainEventEntry")) {
            while (row.next()) {
                stored.put(
                        row.getLong(4),
                        new Appended(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
            }
        }
        return stored;
    }
}
