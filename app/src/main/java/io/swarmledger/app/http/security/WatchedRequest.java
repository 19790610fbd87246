package io.swarmledger.app.http.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/** A request whose body is given up when it takes too long to arrive. */
final class WatchedRequest extends HttpServletRequestWrapper {

    private static final int UNWANTED_BYTES = 32 << 20;

    private final Bodies.Arrival arrival;
    private Input input;

    WatchedRequest(HttpServletRequest request, Bodies.Arrival arrival) {
        super(request);
        this.arrival = arrival;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return input();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        String encoding = getCharacterEncoding();
        return new BufferedReader(
                new InputStreamReader(input(), encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding)));
    }

    private Input input() throws IOException {
        if (input == null) {
            input = new Input(super.getInputStream(), arrival, ArrivedBytes.of(getRequest()));
        }
        return input;
    }

    boolean isFinished() throws IOException {
        return input().isFinished();
    }

    /** Reads what nobody wanted, so that the connection can go on; answers whether it came to its end in time. */
    boolean isReadToItsEnd() {
        byte[] unwanted = new byte[8 << 10];
        long read = 0;
        try {
            while (arrival.isInTime() && read < UNWANTED_BYTES) {
                int more = input().rest(unwanted);
                if (more < 0) {
                    return true;
                }
                read += more;
            }
        } catch (IOException gone) {
            // The connection is of no use any more.
        }
        return false;
    }

    private static final class Input extends ServletInputStream {

        private final ServletInputStream input;
        private final Bodies.Arrival arrival;
        private final IntSupplier arrived;

        Input(ServletInputStream input, Bodies.Arrival arrival, IntSupplier arrived) {
            this.input = input;
            this.arrival = arrival;
            this.arrived = arrived;
        }

        @Override
        public int read() throws IOException {
            arrival.goesOn();
            return input.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            arrival.goesOn();
            return input.read(buffer, offset, length);
        }

        /** The body stays open for {@link #rest}, whoever reads it. */
        @Override
        public void close() {}

        int rest(byte[] buffer) throws IOException {
            return input.read(buffer, 0, buffer.length);
        }

        @Override
        public int available() throws IOException {
            int buffered = input.available();
            return buffered > 0 ? buffered : arrived.getAsInt();
        }

        @Override
        public boolean isFinished() {
            return input.isFinished();
        }

        @Override
        public boolean isReady() {
            return input.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            input.setReadListener(listener);
        }
    }
}
