package io.swarmledger.app.http.stream;

import java.util.ArrayList;
import java.util.List;

/** The newest events of the log, without gaps, bounded in number and size. One thread adds, any read. */
final class Window {

    private final Frame[] frames;
    private final long mostBytes;
    private long first;
    private long last;
    private long bytes;

    /**
     * An empty one.
     *
     * @param last the position behind which it begins
     */
    Window(int events, long mostBytes, long last) {
        this.frames = new Frame[events];
        this.mostBytes = mostBytes;
        this.first = last + 1;
        this.last = last;
    }

    synchronized void add(Frame frame) {
        while (last - first + 1 == frames.length || first <= last && bytes + frame.bytes().length > mostBytes) {
            int oldest = (int) (first++ % frames.length);
            bytes -= frames[oldest].bytes().length;
            frames[oldest] = null;
        }
        last = frame.position();
        frames[(int) (last % frames.length)] = frame;
        bytes += frame.bytes().length;
    }

    /** The position of its last event. */
    synchronized long last() {
        return last;
    }

    /** Whether it has whatever comes behind {@code position}. */
    synchronized boolean reaches(long position) {
        return position + 1 >= first;
    }

    /** Some of the events behind {@code position}; {@code null} if it does not reach so far back. */
    synchronized List<Frame> behind(long position, int most) {
        if (position + 1 < first) {
            return null;
        }
        List<Frame> behind = new ArrayList<>();
        for (long next = position + 1; next <= last && behind.size() < most; next++) {
            behind.add(frames[(int) (next % frames.length)]);
        }
        return behind;
    }
}
