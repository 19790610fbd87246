package io.swarmledger.app.view;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event store's streams, telling whoever reads them at once that there is more. The store itself tells nobody, and a
 * pooled processor at its end looks again only every half second: so long a reader would wait for what it wrote.
 */
public final class PromptStreams implements StreamableMessageSource<TrackedEventMessage<?>>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PromptStreams.class);

    /** Everybody is told this often whether there is anything or not: what another process appends tells nobody here. */
    private static final int LOOK_ANYWAY_MS = 500;

    private static final int FAR_BEHIND = 1_000;

    private final StreamableMessageSource<TrackedEventMessage<?>> store;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private Thread watcher;

    public PromptStreams(StreamableMessageSource<TrackedEventMessage<?>> store) {
        this.store = store;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
        watch();
        return new Prompt(store.openStream(token));
    }

    @Override
    public TrackingToken createTailToken() {
        return store.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return store.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return store.createTokenAt(time);
    }

    private synchronized void watch() {
        if (watcher == null) {
            watcher = new Thread(this::tell, "swarm-ledger-new-events");
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    private void tell() {
        try {
            while (true) {
                try {
                    tellFromHead();
                } catch (RuntimeException unreadable) {
                    LOG.warn("The log cannot be watched for new events: {}", unreadable.getMessage());
                    TimeUnit.MILLISECONDS.sleep(LOOK_ANYWAY_MS);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until it is so far behind that it is cheaper to begin at the head again than to pass over what is there. */
    private void tellFromHead() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> events = store.openStream(store.createHeadToken())) {
            int passed = 0;
            while (passed < FAR_BEHIND) {
                waiting.forEach(Runnable::run);
                passed = passOver(events);
            }
        }
    }

    private static int passOver(BlockingStream<TrackedEventMessage<?>> events) throws InterruptedException {
        int passed = 0;
        boolean more = events.hasNextAvailable(LOOK_ANYWAY_MS, TimeUnit.MILLISECONDS);
        while (more && passed < FAR_BEHIND) {
            events.nextAvailable();
            passed++;
            more = events.hasNextAvailable();
        }
        return passed;
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.interrupt();
        }
    }

    private final class Prompt implements TrackingEventStream {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private volatile Runnable callback;

        Prompt(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable newCallback) {
            callback = newCallback;
            waiting.add(newCallback);
            return true;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void close() {
            if (callback != null) {
                waiting.remove(callback);
            }
            stream.close();
        }
    }
}
