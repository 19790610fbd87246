package io.swarmledger.app.bench;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Clients that send at once, each on a thread of its own, the next command when the last one is answered. */
final class Clients {

    private final CommandGateway gateway;
    private final String name;

    /** Clients of a gateway whose ids begin with {@code name}. */
    Clients(CommandGateway gateway, String name) {
        this.gateway = gateway;
        this.name = name;
    }

    /**
     * Sends {@code commands} from {@code clients} clients; who is faster sends more, so that all end together.
     *
     * @throws IllegalStateException if one of them is refused: then the figures mean nothing
     */
    Throughput send(int clients, long commands) {
        AtomicLong left = new AtomicLong(commands);
        CountDownLatch ready = new CountDownLatch(clients);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Histogram>> sent = new ArrayList<>();
            for (int i = 1; i <= clients; i++) {
                Coordinator coordinator = new Coordinator(name + "-" + i);
                sent.add(threads.submit(() -> {
                    ready.countDown();
                    go.await();
                    return run(coordinator, left);
                }));
            }
            ready.await();
            long start = System.nanoTime();
            go.countDown();
            Histogram all = Rate.histogram();
            for (Future<Histogram> one : sent) {
                all.add(one.get());
            }
            return Throughput.of(all, System.nanoTime() - start);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(
                    "A command of " + name + " failed: " + failure.getCause().getMessage(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + name + " was measured", interrupted);
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram run(Coordinator coordinator, AtomicLong left) {
        Histogram latencies = Rate.histogram();
        while (left.getAndDecrement() > 0) {
            CommandMessage<LedgerCommand> command = coordinator.next();
            long start = System.nanoTime();
            Object answer = gateway.sendAndWait(command);
            latencies.recordValue(System.nanoTime() - start);
            // Axon as it comes does not tell which event there is now; the id of the command is as long.
            coordinator.goOnFrom(answer instanceof Appended appended ? appended.id() : command.getIdentifier());
        }
        return latencies;
    }
}
