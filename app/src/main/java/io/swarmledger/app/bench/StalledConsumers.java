package io.swarmledger.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Consumers of the live stream that never read. Every other one is sent the log from its beginning, until its connection
 * takes no more; the rest wait for what never happens.
 */
final class StalledConsumers implements AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;
    private static final int RECEIVE_BYTES = 4_096;

    private final List<Socket> sockets = new ArrayList<>();

    /** So many of them at the service on that port of this machine. */
    StalledConsumers(int port, int count) throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                connect(port, i % 2 == 0 ? "" : "?type=never:happens");
            }
        } catch (IOException refused) {
            close();
            throw refused;
        }
    }

    private void connect(int port, String query) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
        socket.getOutputStream()
                .write(("GET /api/events/stream" + query + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
