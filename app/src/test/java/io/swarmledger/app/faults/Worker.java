package io.swarmledger.app.faults;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.LogFault;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.query.task.GetTaskStatistics;
import io.swarmledger.query.task.TaskStatistics;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.lifecycle.ShutdownInProgressException;
import org.axonframework.queryhandling.QueryGateway;

/**
 * A ledger in a process of its own, with clients that send commands until it ends. What it says, a line each, is what
 * its parent knows of it when it is gone; a line ends in a point, since a killed process leaves half ones.
 *
 * <p>Arguments: the directory, the name of the run, the number of clients, and properties of the ledger. With {@code
 * -Dfaults.halt.after=COMMIT -Dfaults.halt.times=7} it is dead before the seventh commit is answered.
 */
final class Worker {

    static final int HALTED = 99;

    private static final long PAUSE_AFTER_A_FAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final String HALT_AFTER = System.getProperty("faults.halt.after");
    private static final String HALT_FILE = System.getProperty("faults.halt.file", "events.db");

    private final String run;
    private final CommandGateway commands;

    private Worker(String run, CommandGateway commands) {
        this.run = run;
        this.commands = commands;
    }

    public static void main(String[] arguments) throws SQLException {
        if (HALT_AFTER != null) {
            FaultyDriver.install(new Halt());
        }
        String[] properties = new String[arguments.length - 3];
        System.arraycopy(arguments, 3, properties, 0, properties.length);
        long start = System.nanoTime();
        TestLedger ledger;
        try {
            ledger = TestLedger.in(arguments[0], properties);
        } catch (RuntimeException refused) {
            say("unavailable", reason(refused));
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
            } catch (ShutdownInProgressException closed) {
                say("fault", id, LogFault.Kind.CLOSED);
                return;
            } catch (RuntimeException refused) {
                say("refused", id, refused.getClass().getSimpleName());
            }
        }
    }

    /** Ends the process, as a kill does, right after the n-th statement on a file that begins with some words. */
    private static final class Halt implements FaultyDriver.Watch {

        private final AtomicInteger left = new AtomicInteger(Integer.getInteger("faults.halt.times", 1));

        @Override
        public void after(String url, String call, String sql) {
            if (call.startsWith("execute")
                    && url.endsWith(HALT_FILE)
                    && sql.stripLeading().startsWith(HALT_AFTER)
                    && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(HALTED);
            }
        }
    }

    private static String reason(RuntimeException refused) {
        return LedgerUnavailable.causeOf(refused)
                .map(Throwable::getMessage)
                .orElseGet(refused::toString)
                .replace('\n', ' ');
    }

    private static void say(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(word).append(' ');
        }
        System.out.println(line.append('.'));
    }
}
