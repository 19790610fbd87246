package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.memory.RetrieveMemory;
import io.swarmledger.commands.memory.StoreMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Consumers of the live stream that take nothing, that wait for what never comes, that vanish and come in storms. */
@DisplayName("N3 slow, idle and vanishing consumers")
class N03StreamConsumersTest {

    private static final int CONSUMERS = 500;
    private static final int WRITERS = 8;
    private static final int EVENTS_A_WRITER = 400;

    @Test
    void fiveHundredOfThemCostNoThreadEachAndLittleMemoryAndMissNothing() throws Exception {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                ledger.bean(CommandGateway.class).sendAndWait(new StoreMemory("m-" + writer, "n", "k", "e", 1));
            }
            write(ledger);
            long heapBefore = usedHeap();
            int threadsBefore = Thread.activeCount();
            List<Socket> consumers = new ArrayList<>();
            for (int i = 0; i < CONSUMERS; i++) {
                // Every other one waits for what never comes; the rest never read what does.
                consumers.add(connect(ledger, i % 2 == 0 ? "?type=never:happens" : ""));
            }
            write(ledger);

            assertThat(Thread.activeCount() - threadsBefore)
                    .as("threads, those of the server that wait for requests among them")
                    .isLessThan(CONSUMERS / 2);
            assertThat(usedHeap() - heapBefore).as("heap, bytes").isLessThan(150L << 20);

            String last = ledger.bean(CommandGateway.class)
                    .<Appended>sendAndWait(new SpawnAgent("the-last", "coder"))
                    .id();
            assertThat(readUntil(consumers.get(1), last))
                    .as("the slow one's events, without a gap")
                    .isTrue();
            for (Socket consumer : consumers) {
                consumer.close();
            }
            storm(ledger);
            write(ledger);
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            ledger.get("/api/events?limit=1").status())
                    .isEqualTo(200));
        }
    }

    /** Connections that are broken off at once, again and again. */
    private static void storm(HttpLedger ledger) throws IOException {
        for (int i = 0; i < 300; i++) {
            connect(ledger, "?afterPosition=" + i).close();
        }
    }

    /** Eight that write at once; each command is answered. */
    private static void write(HttpLedger ledger) throws Exception {
        CommandGateway commands = ledger.bean(CommandGateway.class);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String id = "m-" + writer;
            writers.add(threads.submit(() -> {
                for (int i = 0; i < EVENTS_A_WRITER; i++) {
                    commands.sendAndWait(new RetrieveMemory(id));
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Whether the events come in the order of their positions, one after the other, or the stream says why it ends. */
    private static boolean readUntil(Socket consumer, String id) throws IOException {
        consumer.setSoTimeout(30_000);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(consumer.getInputStream(), StandardCharsets.UTF_8));
        long last = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                assertThat(Long.parseLong(line.substring(3))).isEqualTo(++last);
            } else if (line.startsWith("event:closed") || line.contains(id)) {
                return true;
            }
        }
        return false;
    }

    private static Socket connect(HttpLedger ledger, String query) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", ledger.port()));
        socket.getOutputStream()
                .write(("GET /api/events/stream" + query + " HTTP/1.0\r\nHost: 127.0.0.1:" + ledger.port() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
