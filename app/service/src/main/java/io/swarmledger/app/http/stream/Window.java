package io.swarmledger.app.http.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest events of the log, none left out, bounded in number and size. One thread adds, any read. Where positions were
 * lost with a damaged log there is none.
 */
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
        while (first <= last && !hasRoomFor(frame)) {
            forgetOldest();
        }
        last = frame.position();
        first = Math.max(first, last - frames.length + 1);
        frames[place(last)] = frame;
        bytes += frame.bytes().length;
    }

    private boolean hasRoomFor(Frame frame) {
        return frame.position() - first < frames.length && bytes + frame.bytes().length <= mostBytes;
    }

    private void forgetOldest() {
        Frame oldest = frames[place(first)];
        frames[place(first++)] = null;
        bytes -= oldest == null ? 0 : oldest.bytes().length;
    }

    private int place(long position) {
        return (int) (position % frames.length);
    }

    /** The position of its last event. */
    synchronized long last() {
        return last;
    }

    /** Some of the events behind {@code position}; {@code null} if it does not reach so far back. */
    synchronized List<Frame> behind(long position, int most) {
        if (position + 1 < first) {
            return null;
        }
        List<Frame> behind = new ArrayList<>();
        for (long next = position + 1; next <= last && behind.size() < most; next++) {
            Frame frame = frames[place(next)];
            if (frame != null) {
                behind.add(frame);
            }
        }
        return behind;
    }
}
