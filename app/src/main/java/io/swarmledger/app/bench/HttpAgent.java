package io.swarmledger.app.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** One client with a connection that stays open: it sends its next event when the last one is answered. */
final class HttpAgent implements AutoCloseable {

    private static final int LONGEST_ANSWER = 16 << 10;
    private static final String CREATED = "HTTP/1.1 201 ";
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String END_OF_CHUNKS = "\r\n0\r\n\r\n";
    private static final String LENGTH = "Content-Length: ";
    private static final String ID = "\"id\":\"";

    private final SocketChannel channel;
    private final Coordinator coordinator;
    private final String address;
    private final ByteBuffer received = ByteBuffer.allocate(LONGEST_ANSWER);
    private long sentAt;

    private HttpAgent(SocketChannel channel, Coordinator coordinator, String address) {
        this.channel = channel;
        this.coordinator = coordinator;
        this.address = address;
    }

    /** Connects to a port of this machine; {@code selector} says when to {@link #receive}. */
    static HttpAgent connect(int port, Coordinator coordinator, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        HttpAgent agent = new HttpAgent(channel, coordinator, "127.0.0.1:" + port);
        channel.register(selector, SelectionKey.OP_READ, agent);
        return agent;
    }

    void send() throws IOException {
        byte[] event = PostedEvents.json(coordinator.next());
        byte[] head = ("POST /api/events HTTP/1.1\r\nHost: " + address
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + event.length + END_OF_HEAD)
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(head.length + event.length)
                .put(head)
                .put(event)
                .flip();
        received.clear();
        sentAt = System.nanoTime();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /**
     * Takes what has arrived.
     *
     * @return nanoseconds from the request to its answer, if that is whole now
     * @throws IllegalStateException if the event is refused
     */
    OptionalLong receive() throws IOException {
        if (channel.read(received) < 0) {
            throw new EOFException("The service closed a connection; what had arrived of the answer: "
                    + new String(received.array(), 0, received.position(), StandardCharsets.UTF_8));
        }
        long now = System.nanoTime();
        String answer = new String(received.array(), 0, received.position(), StandardCharsets.UTF_8);
        if (!isWhole(answer)) {
            return OptionalLong.empty();
        }
        if (!answer.startsWith(CREATED)) {
            throw new IllegalStateException("An event is refused: " + answer);
        }
        int id = answer.indexOf(ID) + ID.length();
        coordinator.goOnFrom(answer.substring(id, answer.indexOf('"', id)));
        return OptionalLong.of(now - sentAt);
    }

    private static boolean isWhole(String answer) {
        int head = answer.indexOf(END_OF_HEAD);
        int length = answer.indexOf(LENGTH);
        if (head < 0) {
            return false;
        }
        return length < 0 || length > head
                ? answer.endsWith(END_OF_CHUNKS)
                : answer.length() - head - END_OF_HEAD.length()
                        >= Integer.parseInt(answer.substring(length + LENGTH.length(), answer.indexOf('\r', length)));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
