package io.swarmledger.app.faults;

import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.TaskStatistics;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;

/**
 * A ledger in a process of its own, with clients that send commands until it ends. What it says, a line each, is what
 * its parent knows of it when it is gone; a line ends in a point, since a killed process leaves half ones.
 *
 * <p>Arguments: the directory, the name of the run, the number of clients, and properties of the ledger.
 */
final class Worker {

    private static final long PAUSE_AFTER_A_FAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String run;
    private final CommandGateway commands;

    private Worker(String run, CommandGateway commands) {
        this.run = run;
        this.commands = commands;
    }

    public static void main(String[] arguments) {
        String[] properties = new String[arguments.length - 3];
        System.arraycopy(arguments, 3, properties, 0, properties.length);
        long start = System.nanoTime();
        TestLedger ledger;
        try {
            ledger = TestLedger.in(arguments[0], properties);
        } catch (RuntimeException refused) {
            say("unavailable", root(refused).getMessage().replace('\n', ' '));
            System.exit(1);
            return;
        }
        ledger.bean(QueryGateway.class)
                .query(new GetTaskStatistics(null), TaskStatistics.class)
                .join();
        say("ready", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        Worker worker = new Worker(arguments[1], ledger.bean(CommandGateway.class));
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            int client = i;
            new Thread(() -> worker.send(client), "client-" + i).start();
        }
    }

    private void send(int client) {
        for (int n = 0; ; n++) {
            String id = Load.id(run, client, n);
            say("sent", id);
            try {
                Appended appended = commands.sendAndWait(Load.message(id));
                say("acknowledged", appended.id(), appended.aggregateId(), appended.version(), appended.position());
            } catch (LogFault fault) {
                say("fault", id, fault.kind());
                if (fault.kind() == LogFault.Kind.CLOSED) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_AFTER_A_FAULT_NS);
            } catch (RuntimeException refused) {
                say("refused", id, refused.getClass().getSimpleName());
            }
        }
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private static void say(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(word).append(' ');
        }
        System.out.println(line.append('.'));
    }
}
