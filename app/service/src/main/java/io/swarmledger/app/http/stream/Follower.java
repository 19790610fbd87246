package io.swarmledger.app.http.stream;

import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.http.Welcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer. It takes what its connection takes and no thread waits for it: who has room is given more, from the log
 * until it has caught up, then from the {@link Window} that all share.
 */
final class Follower implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** At most so much is on its way to one that takes nothing, beside what the server and the system hold. */
    private static final int AT_ONCE_BYTES = 16 << 10;

    private static final int AT_ONCE_EVENTS = 64;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final EventFilter filter;
    private final Followers followers;
    private final BooleanSupplier welcome;
    private final Queue<Frame> history = new ArrayDeque<>();
    private long historyUpTo;
    private boolean begun;
    private boolean reading;
    /** Something was written that the server may keep until it is told to send it. */
    private boolean unflushed;

    private boolean live;
    private byte[] farewell;
    private boolean ended;
    private long position;
    /** How much it was given of the event behind {@link #position}, which is larger than what goes out at once. */
    private int given;

    private long toldPosition;
    private long wroteAt;

    /** A consumer that knows everything up to {@code position}. */
    Follower(AsyncContext context, ServletOutputStream out, EventFilter filter, long position, Followers followers) {
        this.context = context;
        this.out = out;
        this.filter = filter;
        this.position = position;
        this.toldPosition = position;
        this.historyUpTo = position;
        this.followers = followers;
        this.welcome = Welcome.of(context.getRequest());
        this.wroteAt = System.nanoTime();
    }

    /** Whether it may still be told anything. */
    boolean isWelcome() {
        return welcome.getAsBoolean();
    }

    EventFilter filter() {
        return filter;
    }

    /** Gives it as much of what there is as its connection takes. */
    synchronized void pump() {
        if (!begun || ended) {
            return;
        }
        try {
            boolean wrote = false;
            while (out.isReady()) {
                byte[] next = next();
                if (next.length > 0) {
                    out.write(next);
                    unflushed = true;
                    wrote = true;
                } else {
                    if (farewell != null) {
                        end();
                    } else if (unflushed) {
                        out.flush();
                        unflushed = false;
                    }
                    break;
                }
            }
            wroteAt = wrote ? System.nanoTime() : wroteAt;
            // Whoever takes nothing now has it read again: so its memory does not count however many do so.
            if (!history.isEmpty()) {
                history.clear();
                historyUpTo = position;
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("A consumer is gone: {}", gone.toString());
            leave();
        } catch (Error error) {
            // What was to be written may be lost: it begins again behind the last event that it got.
            end();
            throw error;
        }
    }

    /** What is to be written next; nothing if there is nothing yet. */
    private byte[] next() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean more = true;
        while (more && bytes.size() < AT_ONCE_BYTES && farewell == null) {
            more = history.isEmpty() ? !reading && addNewest(bytes) : addHistory(bytes);
        }
        if (bytes.size() == 0 && farewell != null && farewell.length > 0) {
            bytes.writeBytes(farewell);
            farewell = new byte[0];
        }
        return bytes.toByteArray();
    }

    private boolean addHistory(ByteArrayOutputStream bytes) {
        boolean added = add(history.element(), bytes);
        if (added) {
            history.remove();
        }
        return added;
    }

    /** Some of what all share; answers whether there may be more. */
    private boolean addNewest(ByteArrayOutputStream bytes) {
        position = Math.max(position, historyUpTo);
        List<Frame> newest = followers.behind(position, AT_ONCE_EVENTS);
        if (newest == null) {
            fallBack();
            return farewell == null && !reading;
        }
        live = true;
        for (Frame frame : newest) {
            if (!filter.matches(frame.event())) {
                position = frame.position();
            } else if (!add(frame, bytes)) {
                return false;
            }
        }
        return !newest.isEmpty();
    }

    /**
     * Adds an event, or as much of a large one as goes out at once; answers whether that was the end of it. Nothing of it
     * is kept here: if the rest is not taken soon, it is read again.
     */
    private boolean add(Frame frame, ByteArrayOutputStream bytes) {
        int left = frame.bytes().length - given;
        int room = AT_ONCE_BYTES - bytes.size();
        if (left <= room) {
            bytes.write(frame.bytes(), given, left);
            position = frame.position();
            toldPosition = position;
            given = 0;
            return true;
        }
        if (bytes.size() == 0) {
            bytes.write(frame.bytes(), given, room);
            given += room;
        }
        return false;
    }

    /** From the log, if it has not been there yet; who was, and could not keep up, is to begin again. */
    private void fallBack() {
        if (live && given == 0) {
            farewell = Frame.named(
                    "closed",
                    Map.of(
                            "reason",
                            "The consumer is too far behind; it goes on where it was with Last-Event-ID",
                            "position",
                            position));
        } else {
            reading = true;
            followers.read(this, position);
        }
    }

    /** What it asked for has been read. */
    void take(History.Part part) {
        synchronized (this) {
            reading = false;
            if (!ended) {
                history.addAll(part.frames());
                historyUpTo = part.upTo();
            }
        }
        pump();
    }

    /**
     * Says something that is no event if it has heard nothing for long, so that both sides notice when the other is gone.
     * It tells how far the log was gone through, so that whoever connects again need not have that done once more.
     */
    synchronized void heartbeat(long unlessSince) {
        if (!begun || ended || given > 0 || wroteAt - unlessSince > 0) {
            return;
        }
        try {
            if (out.isReady()) {
                out.write(Frame.heartbeat(position > toldPosition ? position : null));
                toldPosition = position;
                unflushed = !out.isReady();
                if (!unflushed) {
                    out.flush();
                }
                wroteAt = System.nanoTime();
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("A consumer is gone: {}", gone.toString());
            leave();
        }
    }

    /** Ends it, telling why if the connection takes it now and is not in the middle of an event. */
    synchronized void close(String reason) {
        farewell = given > 0 ? new byte[0] : Frame.named("closed", Map.of("reason", reason, "position", position));
        pump();
        end();
    }

    /** Whether nothing could be written since then although it was behind. */
    synchronized boolean isStuck(long since) {
        return !ended && !reading && wroteAt - since < 0 && position < followers.last();
    }

    private synchronized void end() {
        if (!ended) {
            leave();
            complete();
        }
    }

    /** Its connection has failed: the server says so itself ({@link #onError(AsyncEvent)}), and ends it then. */
    private synchronized void leave() {
        ended = true;
        history.clear();
        followers.remove(this);
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException over) {
            LOG.debug("A consumer had ended: {}", over.getMessage());
        }
    }

    /** The first time it is the server that says so, when the request's own thread is done with it. */
    @Override
    public void onWritePossible() {
        synchronized (this) {
            begun = true;
        }
        pump();
    }

    @Override
    public void onError(Throwable gone) {
        LOG.debug("A consumer is gone: {}", gone.toString());
        leave();
    }

    @Override
    public void onError(AsyncEvent event) {
        leave();
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        leave();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It is started once.
    }
}
