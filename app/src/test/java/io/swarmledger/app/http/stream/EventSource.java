package io.swarmledger.app.http.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A consumer of the stream on a plain socket, which reads when the test does and knows nothing of HTTP libraries. */
final class EventSource implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader lines;
    private final String status;

    /** What is between two blank lines; {@code id} and {@code name} are {@code null} where there is none. */
    record Message(String id, String name, String data) {

        long position() {
            return Long.parseLong(id);
        }
    }

    private EventSource(Socket socket) throws IOException {
        this.socket = socket;
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        status = lines.readLine();
        String header = lines.readLine();
        while (header != null && !header.isEmpty()) {
            header = lines.readLine();
        }
    }

    /** Connects; {@code query} begins with a question mark or is empty, or is the path of another stream. */
    static EventSource open(int port, String query, String... headers) {
        try {
            Socket socket = connect(port, query, headers);
            socket.setSoTimeout(30_000);
            return new EventSource(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Asks, by the version of HTTP that has no chunks, and never reads. */
    static Socket connect(int port, String query, String... headers) throws IOException {
        Socket socket = new Socket();
        // As little as the system allows: what is slow is to be seen soon.
        socket.setReceiveBufferSize(4_096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        StringBuilder request =
                new StringBuilder("GET " + (query.startsWith("/") ? query : "/api/events/stream" + query)
                        + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    String status() {
        return status;
    }

    /** The next message, comments apart; {@code null} at the end, or if nothing comes for so long. */
    Message next(int millis) {
        try {
            long deadline = System.nanoTime() + millis * 1_000_000L;
            socket.setSoTimeout(millis);
            String id = null;
            String name = null;
            String data = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty() && data != null) {
                    return new Message(id, name, data);
                } else if (System.nanoTime() > deadline) {
                    return null;
                }
            }
            return null;
        } catch (SocketTimeoutException quiet) {
            return null;
        } catch (IOException gone) {
            return null;
        }
    }

    Message next() {
        return next(30_000);
    }

    /** The next line, whatever it is. */
    String line() throws IOException {
        return lines.readLine();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
