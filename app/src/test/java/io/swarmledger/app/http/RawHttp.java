package io.swarmledger.app.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A connection over which requests go as nobody's library would send them, byte by byte, one after the other. */
public final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[16 << 10];
    private int start;
    private int end;

    /** Connects to a port of this machine. */
    public RawHttp(int port) {
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            in = socket.getInputStream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What came back; the names of {@code headers} are in lower case. */
    public record Answer(int status, Map<String, String> headers, String body) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        /** Whether nothing more can be sent over its connection. */
        public boolean isLast() {
            return isStream() || header("Connection").orElse("").equalsIgnoreCase("close");
        }

        private boolean isStream() {
            return header("Content-Type").orElse("").startsWith("text/event-stream");
        }
    }

    /** One request with those lines of headers, on a connection of its own. */
    public static Answer send(int port, String method, String path, String body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        try (RawHttp connection = new RawHttp(port)) {
            return connection
                    .say(head + "\r\n", body.getBytes(StandardCharsets.ISO_8859_1))
                    .answer();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends what may be a request, or the beginning of one. */
    public RawHttp say(String head, byte[] body) throws IOException {
        byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        socket.getOutputStream().write(all);
        return this;
    }

    public RawHttp say(String head) throws IOException {
        return say(head, new byte[0]);
    }

    /**
     * Waits for an answer. The body of a stream that goes on for ever is not waited for.
     *
     * @throws EOFException if the connection ends instead
     */
    public Answer answer() throws IOException {
        int status = status();
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        // What comes before an answer is none: go on, it says, send the body.
        return status == 100 ? answer() : new Answer(status, headers, body(new Answer(status, headers, "")));
    }

    /** Waits for the first line of an answer, and takes it. */
    public int status() throws IOException {
        String[] words = line().split(" ", 3);
        if (words.length < 2 || !words[0].equals("HTTP/1.1")) {
            throw new IOException("no answer: " + String.join(" ", words));
        }
        return Integer.parseInt(words[1]);
    }

    /** Everything that comes until the other side closes. */
    public byte[] rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(buffer, start, end - start);
        start = end;
        in.transferTo(rest);
        return rest.toByteArray();
    }

    private String body(Answer answer) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (answer.isStream()) {
            return "";
        }
        if (answer.header("Transfer-Encoding").orElse("").equals("chunked")) {
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                copy(size, body);
                line();
            }
            line();
        } else {
            copy(Integer.parseInt(answer.header("Content-Length").orElse("0")), body);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private void copy(int bytes, ByteArrayOutputStream to) throws IOException {
        int left = bytes;
        while (left > 0) {
            fill();
            int some = Math.min(left, end - start);
            to.write(buffer, start, some);
            start += some;
            left -= some;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            fill();
            char c = (char) (buffer[start++] & 0xFF);
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    private void fill() throws IOException {
        if (start == end) {
            start = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                throw new EOFException("the connection was closed");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
