package io.swarmledger.app.http.stream;

import io.swarmledger.app.http.Welcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who is told what is open. It takes what its connection takes; who has missed a moment is told all of the next, so
 * that nothing waits for one that takes nothing but what it is in the middle of.
 */
final class IncidentFollower implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentFollower.class);

    private static final int AT_ONCE_BYTES = 16 << 10;
    private static final byte[] NOTHING = {};

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final IncidentFollowers followers;
    private final BooleanSupplier welcome;
    private byte[] message = NOTHING;
    private int given;
    private long told = -1;
    private boolean begun;
    private boolean unflushed;
    private boolean closing;
    private boolean ended;
    private long wroteAt = System.nanoTime();

    IncidentFollower(AsyncContext context, ServletOutputStream out, IncidentFollowers followers) {
        this.context = context;
        this.out = out;
        this.followers = followers;
        this.welcome = Welcome.of(context.getRequest());
    }

    boolean isWelcome() {
        return welcome.getAsBoolean();
    }

    /** Gives it as much of what there is as its connection takes. */
    synchronized void pump() {
        if (!begun || ended) {
            return;
        }
        try {
            boolean more = true;
            while (more && out.isReady()) {
                if (given == message.length) {
                    next();
                }
                more = given < message.length;
                if (more) {
                    int some = Math.min(AT_ONCE_BYTES, message.length - given);
                    out.write(message, given, some);
                    given += some;
                    unflushed = true;
                    wroteAt = System.nanoTime();
                } else if (unflushed) {
                    out.flush();
                    unflushed = false;
                }
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("A consumer is gone: {}", gone.toString());
            leave();
        }
    }

    private void next() {
        OpenIncidents now = followers.current();
        message = NOTHING;
        given = 0;
        if (!closing && now != null && now.number() != told) {
            message = now.number() == told + 1 && now.changes() != null ? now.changes() : now.whole();
            told = now.number();
        }
    }

    /** Says something that is no message if it has heard nothing for long. */
    synchronized void heartbeat(long unlessSince) {
        if (!begun || ended || given < message.length || wroteAt - unlessSince > 0) {
            return;
        }
        message = Frame.heartbeat(null);
        given = 0;
        pump();
    }

    /** Whether nothing could be written since then although there is something. */
    synchronized boolean isStuck(long since) {
        return !ended && given < message.length && wroteAt - since < 0;
    }

    /** Ends it, telling why if it is not in the middle of a message. */
    synchronized void close(String reason) {
        closing = true;
        if (given == message.length) {
            message = Frame.named("closed", Map.of("reason", reason));
            given = 0;
            pump();
        }
        end();
    }

    private synchronized void end() {
        if (!ended) {
            leave();
            complete();
        }
    }

    /** Its connection has failed: the server says so itself, and ends it then. */
    private synchronized void leave() {
        ended = true;
        message = NOTHING;
        given = 0;
        followers.remove(this);
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException over) {
            LOG.debug("A consumer had ended: {}", over.getMessage());
        }
    }

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
