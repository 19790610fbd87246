package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.log.LogFile;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class ConcurrentCommandsTest {

    private static final int THREADS = 16;
    private static final int AGGREGATES = 200;
    private static final int COMMANDS = 20_000;

    /** Aggregates are shared by the threads, so that commands do meet on them. */
    @Test
    void everyAcknowledgedCommandIsInTheLogAndNothingElseIs() throws Exception {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SwarmLedgerApplication.class)
                .web(WebApplicationType.NONE)
                .run("--swarm-ledger.data=:memory:")) {
            CommandGateway commands = context.getBean(CommandGateway.class);
            Map<Long, Appended> acknowledged = new ConcurrentHashMap<>();
            for (int i = 0; i < AGGREGATES; i++) {
                send(commands, new StoreMemory("memory-" + i, "shared", "key-" + i, "episodic", 10), acknowledged);
            }
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int offset = thread;
                work.add(() -> {
                    for (int i = 0; i < (COMMANDS - AGGREGATES) / THREADS; i++) {
                        String memory = "memory-" + (i * 7 + offset) % AGGREGATES;
                        send(commands, new RetrieveMemory(memory), acknowledged);
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            threads.shutdown();

            assertThat(acknowledged).hasSize(AGGREGATES + (COMMANDS - AGGREGATES) / THREADS * THREADS);
            Map<Long, Appended> stored = stored(context.getBean(LogFile.class));
            assertThat(stored).isEqualTo(acknowledged);
            Set<Long> positions = new HashSet<>();
            for (long position = 1; position <= stored.size(); position++) {
                positions.add(position);
            }
            assertThat(stored.keySet()).as("positions without gaps").isEqualTo(positions);
        }
    }

    private static void send(CommandGateway commands, LedgerCommand command, Map<Long, Appended> acknowledged) {
        Appended appended = commands.sendAndWait(command);
        assertThat(acknowledged.put(appended.position(), appended))
                .as("position %d was given twice", appended.position())
                .isNull();
    }

    private static Map<Long, Appended> stored(LogFile log) throws Exception {
        Map<Long, Appended> stored = new ConcurrentHashMap<>();
        try (Connection connection = log.readers().getConnection();
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
