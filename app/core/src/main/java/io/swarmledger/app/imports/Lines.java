package io.swarmledger.app.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a text file in UTF-8, each of a bounded length. Blank ones are passed over, but counted. */
public final class Lines implements AutoCloseable {

    private static final char REPLACEMENT = '\uFFFD';

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private long number;
    private long bytes;
    private String text;
    private String defect;

    /**
     * Reads from {@code in}, which {@link #close} closes.
     *
     * @param longest the longest line that is taken, bytes
     */
    public Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Goes on to the next line that is not blank; answers whether there is one. */
    public boolean next() throws IOException {
        do {
            if (!advance()) {
                return false;
            }
            number++;
        } while (defect == null && text.isBlank());
        return true;
    }

    /** The number of the line, from 1. */
    public long number() {
        return number;
    }

    /** The line without its end; {@code null} if it has a {@link #defect}. */
    public String text() {
        return text;
    }

    /** What is wrong with the line as text, or {@code null}. */
    public String defect() {
        return defect;
    }

    /** How many bytes have been read, those of this line and perhaps of some that follow. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean advance() throws IOException {
        boolean tooLong = false;
        int at = start;
        while (true) {
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            boolean ended = at < end;
            tooLong |= at - start > longest;
            if (ended || tooLong) {
                take(at, tooLong);
                start = ended ? at + 1 : at;
            }
            if (ended) {
                return true;
            }
            int moved = start;
            if (!fill()) {
                boolean last = tooLong || end > start;
                if (!tooLong) {
                    take(end, false);
                }
                start = end;
                return last;
            }
            at -= moved - start;
        }
    }

    private void take(int to, boolean tooLong) {
        text = null;
        if (tooLong) {
            defect = "is longer than " + longest + " bytes, more than is taken";
            return;
        }
        text = new String(buffer, start, to - start, StandardCharsets.UTF_8);
        boolean wellFormed = text.indexOf(REPLACEMENT) < 0
                || Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(buffer, start, to));
        defect = wellFormed ? null : "is not well-formed UTF-8 text";
    }

    /** Makes room behind what is not taken yet and reads into it; answers whether there was anything. */
    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        } else if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * end, Integer.MAX_VALUE - 8L));
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        bytes += Math.max(read, 0);
        return read > 0;
    }
}
