package io.swarmledger.app.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Clients of a service on this machine. One thread does for all of them: what they need the service lacks. */
final class HttpClients {

    private static final int PATIENCE_MS = 60_000;

    private final int port;
    private final String name;

    /** Clients of the service on that port, whose ids begin with {@code name}. */
    HttpClients(int port, String name) {
        this.port = port;
        this.name = name;
    }

    /**
     * Sends {@code events} over {@code connections} that stay open, one a request, the next on the same connection when
     * the last one is answered; who is faster sends more, so that all end together.
     *
     * @param events as many as connections, or more
     * @throws IllegalStateException if one of them is refused: then the figures mean nothing
     */
    Throughput append(int connections, long events) throws IOException {
        List<HttpAgent> agents = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            long start = System.nanoTime();
            for (int i = 1; i <= connections; i++) {
                HttpAgent agent = HttpAgent.connect(port, new Coordinator(name + "-" + i), selector);
                agents.add(agent);
                // At once: where many wait to be let in, whoever says nothing meanwhile is taken for gone.
                agent.send();
            }
            return Throughput.of(answered(selector, events, events - connections), System.nanoTime() - start);
        } finally {
            for (HttpAgent agent : agents) {
                agent.close();
            }
        }
    }

    private static Histogram answered(Selector selector, long events, long unsent) throws IOException {
        Histogram latencies = Rate.histogram();
        long left = unsent;
        while (latencies.getTotalCount() < events) {
            if (selector.select(PATIENCE_MS) == 0) {
                throw new IllegalStateException("Nobody was answered for " + PATIENCE_MS + " ms");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                HttpAgent agent = (HttpAgent) key.attachment();
                OptionalLong latency = agent.receive();
                if (latency.isPresent()) {
                    latencies.recordValue(latency.getAsLong());
                    if (left-- > 0) {
                        agent.send();
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return latencies;
    }

    /**
     * Sends {@code events} of {@code coordinators} in one body of lines, and reads its answers meanwhile.
     *
     * @return events a second, until the last answer is read
     * @throws IllegalStateException if one of them is refused
     */
    double lines(int coordinators, int events) throws IOException {
        byte[] body = body(coordinators, events);
        // By this version of HTTP the answer has no chunks and ends with the connection.
        byte[] head = ("POST /api/events HTTP/1.0\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MS);
            long start = System.nanoTime();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(head);
                    socket.getOutputStream().write(body);
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
            byte[] answer = socket.getInputStream().readAllBytes();
            double perSecond = Rate.perSecond(events, System.nanoTime() - start);
            requireAll(new String(answer, StandardCharsets.UTF_8), events);
            sent.join();
            return perSecond;
        }
    }

    private static void requireAll(String answer, int events) {
        long accepted =
                answer.lines().filter(line -> line.contains("\"position\":")).count();
        if (!answer.startsWith("HTTP/1.1 201 ") || accepted != events) {
            throw new IllegalStateException(accepted + " of " + events + " lines were accepted, and the answer ends: "
                    + answer.substring(Math.max(0, answer.length() - 1_000)));
        }
    }

    private byte[] body(int coordinators, int events) {
        List<Coordinator> all = IntStream.range(0, coordinators)
                .mapToObj(i -> new Coordinator(name + "-" + i))
                .toList();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < events; i++) {
            body.writeBytes(PostedEvents.json(all.get(i % coordinators).next()));
            body.write('\n');
        }
        return body.toByteArray();
    }
}
