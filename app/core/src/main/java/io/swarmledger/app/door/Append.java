package io.swarmledger.app.door;

import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.Envelope;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import tools.jackson.databind.node.ObjectNode;

/** Appends the events of one request in their order, many a transaction. */
public final class Append {

    /** Measured: a page of the log is written once for all of them; others wait for the aggregates that they are about. */
    private static final int TOGETHER = 2_000;

    /** Bytes of a body, or so: an event may have a megabyte. */
    private static final long TOGETHER_BYTES = 4 << 20;

    private final LedgerCommandGateway gateway;
    private final Payloads payloads;
    private final Wishes wishes;
    private final List<CommandMessage<?>> waiting = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private long done;
    private EventBody body;
    private long waitingUpTo;
    private long sentUpTo;

    /**
     * What a request says about all of its events.
     *
     * @param idempotencyKey what the ids of those without one are made of, or {@code null}
     * @param ifMatch the version that the first event's aggregate must be at, or {@code null}
     * @param caller who sends it
     */
    public record Wishes(Mode mode, String idempotencyKey, Long ifMatch, Caller caller) {}

    public Append(LedgerCommandGateway gateway, Payloads payloads, Wishes wishes) {
        this.gateway = gateway;
        this.payloads = payloads;
        this.wishes = wishes;
    }

    /**
     * Appends all of them.
     *
     * @param most how many there may be
     * @param answered is told what they are answered, some at a time
     * @throws AppendStopped at the first that is refused, or where the body breaks off
     */
    public void all(EventBody events, long most, Consumer<List<Appended>> answered) {
        body = events;
        try {
            for (Optional<ObjectNode> event = body.next(); event.isPresent(); event = body.next()) {
                if (body.index() == most) {
                    throw BodyTooLarge.array(most);
                }
                waiting.add(message(event.get(), body));
                lines.add(body.isLines() ? body.line() : null);
                waitingUpTo = body.offset();
                if (waiting.size() == TOGETHER || waitingUpTo - sentUpTo > TOGETHER_BYTES) {
                    send(answered);
                }
            }
        } catch (AppendStopped stopped) {
            throw stopped;
        } catch (UncheckedIOException gone) {
            throw stopped(BodyBrokenOff.of(gone.getCause()));
        } catch (RuntimeException refusal) {
            throw stopped(refusal);
        }
        send(answered);
    }

    /** Those that had arrived before it are appended. */
    private AppendStopped stopped(RuntimeException refusal) {
        List<Appended> before = new ArrayList<>();
        send(before::addAll);
        return new AppendStopped(refusal, body.index(), body.isLines() ? body.line() : null, before);
    }

    /** Has those decided that have arrived, and tells what they are answered. */
    public void send(Consumer<List<Appended>> answered) {
        if (waiting.isEmpty()) {
            return;
        }
        List<Appended> answers = new ArrayList<>(waiting.size());
        try {
            gateway.sendAndWaitAll(waiting, answers::add);
        } catch (RuntimeException refusal) {
            throw new AppendStopped(refusal, done + answers.size(), lines.get(answers.size()), answers);
        }
        done += answers.size();
        waiting.clear();
        lines.clear();
        sentUpTo = waitingUpTo;
        body.release(sentUpTo);
        answered.accept(answers);
    }

    private CommandMessage<LedgerCommand> message(ObjectNode json, EventBody body) {
        PostedEvent posted = PostedEvent.of(json, payloads);
        Envelope envelope = posted.envelope();
        if (envelope.eventId() == null && wishes.idempotencyKey() != null) {
            String suffix = body.isOne() ? "" : "-" + body.index();
            envelope = envelope.withId(Require.id("Idempotency-Key", wishes.idempotencyKey() + suffix));
        }
        return new GenericCommandMessage<>(
                posted.command(wishes.mode(), payloads.aggregates()),
                posted.metaData(envelope, expectedVersion(posted, body.index()), wishes.caller()));
    }

    private Long expectedVersion(PostedEvent posted, long index) {
        Long before = posted.version() == null ? null : Long.valueOf(posted.version() - 1);
        Long ifMatch = index == 0 ? wishes.ifMatch() : null;
        if (before != null && ifMatch != null && !before.equals(ifMatch)) {
            throw new MalformedCommand(
                    "version", "is " + posted.version() + ", which does not follow If-Match: " + ifMatch);
        }
        return before != null ? before : ifMatch;
    }
}
