package io.swarmledger.app.recorder.claudecode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lines of a file as it is now, one after the other; one that is too long is passed over and never held. */
final class Lines implements AutoCloseable {

    /** Bytes. */
    static final int LONGEST = 8 << 20;

    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final InputStream in;
    private final long end;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
    private int filled;
    private int next;
    private long read;
    private long number;
    private long start;
    private boolean tooLong;
    private boolean cut;

    Lines(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        in = Channels.newInputStream(channel);
        end = channel.size();
    }

    /** Goes on to the next line; answers whether there is one. */
    boolean next() throws IOException {
        line.reset();
        tooLong = false;
        cut = false;
        start = read - (filled - next);
        boolean isAny = false;
        while (fill()) {
            isAny = true;
            int from = next;
            while (next < filled && buffer[next] != '\n') {
                next++;
            }
            keep(from);
            if (next < filled) {
                next++;
                number++;
                return true;
            }
        }
        if (isAny) {
            number++;
            cut = true;
        }
        return isAny;
    }

    private void keep(int from) {
        tooLong |= line.size() + (next - from) > LONGEST;
        if (tooLong) {
            line.reset();
        } else {
            line.write(buffer, from, next - from);
        }
    }

    private boolean fill() throws IOException {
        if (next < filled) {
            return true;
        }
        int most = (int) Math.min(BUFFER, end - read);
        int got = most == 0 ? -1 : in.read(buffer, 0, most);
        next = 0;
        filled = Math.max(got, 0);
        read += filled;
        return filled > 0;
    }

    byte[] bytes() {
        return line.toByteArray();
    }

    /** From 1. */
    long number() {
        return number;
    }

    /** Where the line begins, bytes. */
    long start() {
        return start;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** Whether the file ends before the line does. */
    boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
