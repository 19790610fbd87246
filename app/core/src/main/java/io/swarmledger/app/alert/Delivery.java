package io.swarmledger.app.alert;

import io.swarmledger.app.worker.Worker;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.events.Json;
import io.swarmledger.query.incident.RaisedAlerts;
import io.swarmledger.query.log.Budget;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.RecordedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a receiver what the rules of this ledger raise and clear, in the order of the log, each at least once: how far it is
 * is on disk. One that refuses or does not answer is tried again after pauses that grow; nobody but this thread waits for it.
 * What could not be told within a day is passed over, so that it keeps nothing else from being told.
 */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 300_000;
    private static final long GIVEN_UP_AFTER_MS = TimeUnit.DAYS.toMillis(1);
    private static final int FEWEST_TRIES = 5;
    private static final Budget AT_ONCE = new Budget(100, 1L << 20);

    private final Webhook webhook;
    private final ToldFile told;
    private final EventLog log;
    private final Clock clock;
    private final Workers workers;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private volatile CompletableFuture<HttpResponse<InputStream>> underWay;
    private volatile Standing standing;
    private Worker worker;
    private long position;

    /** Tells {@code webhook}, from where the file says on; if it says nothing, from the last event on. */
    public Delivery(Webhook webhook, Path file, EventLog log, Clock clock, Workers workers) {
        this.webhook = webhook;
        this.told = new ToldFile(file, log.ledgerId());
        this.log = log;
        this.clock = clock;
        this.workers = workers;
        this.standing = new Standing(webhook.shown(), 0, null, 0, 0, null, null, 0);
    }

    /**
     * How it gets on, since the start of this process. Times in epoch milliseconds.
     *
     * @param to who is told: of its address no more than the host
     * @param delivered how much was told
     * @param lastAt when something was told last, {@code null} if nothing was
     * @param waiting how much is to be told, of the next hundred alerts
     * @param tries how often the next one was tried in vain
     * @param fault why, the last time; {@code null} if nothing waits for another try
     * @param nextTryAt {@code null} likewise
     * @param givenUp how much was passed over
     */
    public record Standing(
            String to,
            long delivered,
            Long lastAt,
            long waiting,
            long tries,
            String fault,
            Long nextTryAt,
            long givenUp) {

        Standing after(long at) {
            return new Standing(to, delivered + 1, at, Math.max(0, waiting - 1), 0, null, null, givenUp);
        }

        Standing failed(String reason, long next) {
            return new Standing(to, delivered, lastAt, waiting, tries + 1, reason, next, givenUp);
        }

        Standing passedOver() {
            return new Standing(to, delivered, lastAt, Math.max(0, waiting - 1), 0, null, null, givenUp + 1);
        }

        Standing withWaiting(long count) {
            return new Standing(to, delivered, lastAt, count, tries, fault, nextTryAt, givenUp);
        }
    }

    public Standing standing() {
        return standing;
    }

    synchronized void start() {
        if (worker == null) {
            position = told.read().filter(known -> known <= log.head()).orElseGet(this::fromNowOn);
            worker = workers.loop("swarm-ledger-alerts-webhook", this::round);
        }
    }

    private long fromNowOn() {
        long head = log.head();
        told.write(head);
        return head;
    }

    /** Has it look now. */
    synchronized void wake() {
        if (worker != null && standing.fault() == null) {
            worker.wake();
        }
    }

    synchronized void stop() {
        if (worker != null) {
            CompletableFuture<HttpResponse<InputStream>> request = underWay;
            if (request != null) {
                request.cancel(true);
            }
            worker.close();
            worker = null;
        }
    }

    private long round() throws InterruptedException {
        EventLog.Part part = log.read(position, Long.MAX_VALUE, RaisedAlerts.EVENTS, AT_ONCE);
        List<LogRow> own = part.rows().stream()
                .filter(row -> Alerts.RECORDED_BY.equals(row.recordedBy()))
                .toList();
        standing = standing.withWaiting(own.size());
        for (LogRow row : own) {
            String fault = send(row);
            if (fault != null && !isToBePassedOver(row)) {
                return pauseAfter(row, fault);
            }
            standing = fault == null ? standing.after(clock.millis()) : standing.passedOver();
            advance(row.position());
        }
        position = part.last(position);
        return part.isAll() ? IDLE_NANOS : 0;
    }

    private void advance(long to) {
        position = to;
        told.write(to);
    }

    private boolean isToBePassedOver(LogRow row) {
        boolean isOver = standing.tries() >= FEWEST_TRIES && clock.millis() - row.recordedAt() > GIVEN_UP_AFTER_MS;
        if (isOver) {
            LOG.warn(
                    "{} was not told of event {}, which is passed over: {}",
                    webhook.shown(),
                    row.id(),
                    standing.fault());
        }
        return isOver;
    }

    private long pauseAfter(LogRow row, String fault) {
        long pause = Math.min(FIRST_PAUSE_MS << Math.min(standing.tries(), 20), LONGEST_PAUSE_MS);
        if (standing.tries() == 0) {
            LOG.warn("{} was not told of event {} and is tried again: {}", webhook.shown(), row.id(), fault);
        }
        standing = standing.failed(fault, clock.millis() + pause);
        return TimeUnit.MILLISECONDS.toNanos(pause);
    }

    /** Answers what went wrong, {@code null} if nothing did. */
    private String send(LogRow row) throws InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> request =
                client.sendAsync(request(row), BodyHandlers.ofInputStream());
        underWay = request;
        try {
            HttpResponse<InputStream> answer = request.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            // Nobody reads what it says, however long that is.
            answer.body().close();
            return answer.statusCode() / 100 == 2 ? null : "it answers " + answer.statusCode();
        } catch (TimeoutException late) {
            request.cancel(true);
            return "it has not answered within " + ANSWER.toSeconds() + " s";
        } catch (CancellationException ending) {
            return "the service ends";
        } catch (ExecutionException | IOException unreachable) {
            Throwable cause = unreachable.getCause() == null ? unreachable : unreachable.getCause();
            return "it cannot be reached: " + cause.getClass().getSimpleName();
        } finally {
            underWay = null;
        }
    }

    private HttpRequest request(LogRow row) {
        String body = Json.mapper().writeValueAsString(RecordedEvent.of(row));
        long timestamp = TimeUnit.MILLISECONDS.toSeconds(clock.millis());
        return HttpRequest.newBuilder(webhook.url())
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("User-Agent", "swarm-ledger")
                .header("X-Ledger-Id", log.ledgerId())
                .header("webhook-id", row.id())
                .header("webhook-timestamp", String.valueOf(timestamp))
                .header("webhook-signature", webhook.signature(row.id(), timestamp, body))
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
