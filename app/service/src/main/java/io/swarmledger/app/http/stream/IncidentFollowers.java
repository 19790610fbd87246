package io.swarmledger.app.http.stream;

import io.swarmledger.app.alert.Looks;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.app.http.HttpProperties;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.incident.FindIncidents;
import io.swarmledger.query.incident.Incidents;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Everybody who is told what is open. One thread looks for all of them, when something was appended or time may have changed
 * something, and not at all while nobody follows.
 */
@Component
class IncidentFollowers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentFollowers.class);

    /** So many incidents are told, those that are open first: as much goes out to each who begins. */
    private static final int MOST = 500;

    private static final long REST_NANOS = Duration.ofMillis(250).toNanos();
    private static final long AFTER_FAULT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long STUCK_NANOS = Duration.ofSeconds(60).toNanos();

    private final Gateways gateways;
    private final Followers places;
    private final Workers workers;
    private final LedgerProperties properties;
    private final long heartbeatNanos;
    private final Set<IncidentFollower> all = ConcurrentHashMap.newKeySet();
    private volatile OpenIncidents current;
    private Looks looks;
    private long restsUntil;
    private Worker worker;

    IncidentFollowers(
            Gateways gateways, Followers places, Workers workers, LedgerProperties properties, HttpProperties http) {
        this.gateways = gateways;
        this.places = places;
        this.workers = workers;
        this.properties = properties;
        this.heartbeatNanos = http.streamHeartbeat().toNanos();
    }

    /** Takes a consumer on, who has a {@linkplain Followers#takePlace place}. */
    void follow(AsyncContext context, ServletOutputStream out) {
        IncidentFollower follower = new IncidentFollower(context, out, this);
        all.add(follower);
        try {
            context.addListener(follower);
            out.setWriteListener(follower);
        } catch (RuntimeException gone) {
            remove(follower);
            throw gone;
        }
        worker.wake();
    }

    void remove(IncidentFollower follower) {
        if (all.remove(follower)) {
            places.givePlaceBack();
        }
    }

    /** What is open, as far as is known; {@code null} if nobody has looked yet. */
    OpenIncidents current() {
        return current;
    }

    @Override
    public synchronized void start() {
        worker = workers.loop("swarm-ledger-incident-stream", this::round);
    }

    @Override
    public synchronized void stop() {
        worker.close();
        worker = null;
        all.forEach(follower -> follower.close("The service stops"));
    }

    @Override
    public synchronized boolean isRunning() {
        return worker != null;
    }

    private long round() {
        if (all.isEmpty()) {
            current = null;
            looks = null;
            return STUCK_NANOS;
        }
        long now = System.nanoTime();
        look(now);
        all.stream()
                .filter(follower -> !follower.isWelcome())
                .forEach(follower -> follower.close("Its token was revoked, or one is demanded now"));
        all.stream()
                .filter(follower -> follower.isStuck(now - STUCK_NANOS))
                .forEach(follower -> follower.close("The consumer takes nothing"));
        all.forEach(follower -> {
            follower.pump();
            follower.heartbeat(now - heartbeatNanos);
        });
        return REST_NANOS;
    }

    private void look(long now) {
        if (looks == null) {
            looks = Looks.of(properties.silentAfter(), properties.stuckAfter(), properties.clockTolerance());
            restsUntil = now;
        }
        long head = places.head();
        if (now - restsUntil < 0 || !looks.isTime(head, now)) {
            return;
        }
        try {
            Incidents found = gateways.ask(FindIncidents.all().withLimit(MOST), Incidents.class, head);
            current = current == null ? OpenIncidents.first(found) : current.then(found);
            looks.looked(head, now, System.nanoTime());
        } catch (RuntimeException failure) {
            LOG.debug("Nobody could look for incidents", failure);
            restsUntil = now + AFTER_FAULT_NANOS;
        }
    }
}
