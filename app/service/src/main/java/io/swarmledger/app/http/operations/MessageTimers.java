package io.swarmledger.app.http.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.monitoring.MessageMonitor;

/** How many messages of each type succeed and fail, and how long they take. A meter is looked up once a type. */
final class MessageTimers implements MessageMonitor<Message<?>> {

    private final MeterRegistry meters;
    private final String component;
    private final List<Tag> tags;
    private final Clock clock;
    private final Map<Class<?>, Timers> byType = new ConcurrentHashMap<>();
    private volatile Handled last;

    /** Timers {@code component.successTimer} and {@code component.failureTimer} with {@code tags}. */
    MessageTimers(MeterRegistry meters, String component, List<Tag> tags, Clock clock) {
        this.meters = meters;
        this.component = component;
        this.tags = tags;
        this.clock = clock;
    }

    private record Timers(Timer success, Timer failure) {}

    private record Handled(EventMessage<?> event, long atMillis) {

        long latency() {
            return atMillis - event.getTimestamp().toEpochMilli();
        }
    }

    /** And a gauge {@code component.latency}: milliseconds from the time of the event handled last to its handling. */
    MessageTimers withLatency() {
        Gauge.builder(component + ".latency", this, MessageTimers::latency)
                .tags(tags)
                .register(meters);
        return this;
    }

    private double latency() {
        Handled handled = last;
        return handled == null ? 0 : handled.latency();
    }

    @Override
    public MonitorCallback onMessageIngested(Message<?> message) {
        Timers timers = byType.get(message.getPayloadType());
        if (timers == null) {
            timers = byType.computeIfAbsent(message.getPayloadType(), this::timersOf);
        }
        if (message instanceof EventMessage<?> event) {
            last = new Handled(event, clock.millis());
        }
        return new Timing(timers, System.nanoTime());
    }

    private Timers timersOf(Class<?> type) {
        List<Tag> all = new ArrayList<>(tags);
        all.add(Tag.of("payloadType", type.getSimpleName()));
        return new Timers(
                meters.timer(component + ".successTimer", all), meters.timer(component + ".failureTimer", all));
    }

    private record Timing(Timers timers, long start) implements MonitorCallback {

        @Override
        public void reportSuccess() {
            timers.success().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }

        @Override
        public void reportFailure(Throwable cause) {
            timers.failure().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }

        /** What nobody has a handler for took no time. */
        @Override
        public void reportIgnored() {}
    }
}
