package io.swarmledger.app.http.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.apache.catalina.connector.ClientAbortException;

/** A request whose body is given up when it takes too long to arrive. */
final class WatchedRequest extends HttpServletRequestWrapper {

    private static final int UNWANTED_BYTES = 32 << 20;
    private static final int UNWANTED_AT_ONCE = 8 << 10;

    /** The end of one chunk and the head of the next: two line ends and a length of eight digits. */
    private static final int BETWEEN_CHUNKS = 12;

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
            boolean isTold = getContentLengthLong() >= 0;
            input = new Input(super.getInputStream(), arrival, ArrivedBytes.of(getRequest()), isTold);
        }
        return input;
    }

    boolean isFinished() throws IOException {
        return input().isFinished();
    }

    /**
     * Reads what nobody wanted, so that the connection can go on; answers whether it came to its end in time. Only a few
     * threads wait for such a thing.
     */
    boolean isReadToItsEnd() {
        try {
            return input().skipsWhatIsThere() || arrival.mayReadUnwanted() && isSkippedInTime();
        } catch (IOException gone) {
            // The connection is of no use any more.
            return false;
        }
    }

    private boolean isSkippedInTime() throws IOException {
        try {
            long read = 0;
            while (arrival.isInTime() && read < UNWANTED_BYTES) {
                int more = input().skip();
                if (more < 0) {
                    return true;
                }
                read += more;
            }
            return false;
        } finally {
            arrival.unwantedIsRead();
        }
    }

    private static final class Input extends ServletInputStream {

        private final ServletInputStream input;
        private final Bodies.Arrival arrival;
        private final IntSupplier arrived;
        private final boolean isTold;
        private byte[] unwanted;

        /**
         * A body.
         *
         * @param isTold whether its length is; of chunks what has arrived may be no more than the head of one
         */
        Input(ServletInputStream input, Bodies.Arrival arrival, IntSupplier arrived, boolean isTold) {
            this.input = input;
            this.arrival = arrival;
            this.arrived = arrived;
            this.isTold = isTold;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int room = arrival.take(length);
            int read = 0;
            try {
                read = isTold && isThere() ? input.read(buffer, offset, room) : readWhenItComes(buffer, offset, room);
                return read;
            } finally {
                arrival.giveBack(room - Math.max(read, 0));
            }
        }

        private int readWhenItComes(byte[] buffer, int offset, int length) throws IOException {
            try (Bodies.Waiting waiting = arrival.await(isTold ? this::isThere : null)) {
                return input.read(buffer, offset, length);
            } catch (ClientAbortException ended) {
                throw ended.getCause() instanceof SocketTimeoutException ? arrival.stalled() : ended;
            }
        }

        private boolean isThere() {
            return available() > 0 || input.isFinished();
        }

        /** The body stays open for {@link #skip}, whoever reads it. */
        @Override
        public void close() {}

        /** Whether nothing is behind what has arrived. */
        boolean skipsWhatIsThere() throws IOException {
            long read = 0;
            while (isTold && !input.isFinished() && available() > 0 && read < UNWANTED_BYTES) {
                int more = skip();
                if (more < 0) {
                    return true;
                }
                read += more;
            }
            return input.isFinished();
        }

        int skip() throws IOException {
            if (unwanted == null) {
                unwanted = new byte[UNWANTED_AT_ONCE];
            }
            return input.read(unwanted);
        }

        /** May be too few where it comes in chunks, and is never what only frames them: whoever reads that waits. */
        @Override
        public int available() {
            try {
                int buffered = input.available();
                if (isTold) {
                    return buffered > 0 ? buffered : arrived.getAsInt();
                }
                // Tomcat says 1 of whatever lies behind its stream's own buffer.
                return buffered > 1 ? buffered : Math.max(0, arrived.getAsInt() - BETWEEN_CHUNKS);
            } catch (IOException gone) {
                // Whoever reads on is told so.
                return 0;
            }
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
