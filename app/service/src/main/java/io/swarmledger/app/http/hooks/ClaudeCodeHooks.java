package io.swarmledger.app.http.hooks;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.door.Caller;
import io.swarmledger.app.door.FactAppender;
import io.swarmledger.app.door.Payloads;
import io.swarmledger.app.http.HttpProperties;
import io.swarmledger.app.http.security.Callers;
import io.swarmledger.app.recorder.KnownToLog;
import io.swarmledger.app.recorder.Secrets;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.app.recorder.claudecode.Hook;
import io.swarmledger.app.recorder.claudecode.Hooks;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.query.log.EventLog;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes hooks of Claude Code. Whatever comes, the session is answered that it may go on: what cannot be understood is kept,
 * what cannot be written is counted and in the transcript.
 */
@Tag(name = "recorder")
@RestController
@RequestMapping(path = "/api/hooks/claude-code", produces = MediaType.APPLICATION_JSON_VALUE)
class ClaudeCodeHooks {

    private static final Logger LOG = LoggerFactory.getLogger(ClaudeCodeHooks.class);

    /** Bytes: an answer of a tool may be long. */
    private static final int LONGEST = 4 << 20;

    /** Sessions that share one wait for each other, which is no worse than that each waits for itself. */
    private static final int LOCKS = 256;

    private static final long PATIENCE_S = 5;

    private final FactAppender appender;
    private final Hooks hooks;
    private final HookCounts counts = new HookCounts();
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    ClaudeCodeHooks(
            LedgerCommandGateway gateway,
            AggregateTypes aggregates,
            StoredTypes types,
            EventLog log,
            Clock clock,
            HttpProperties properties) {
        KnownToLog known = new KnownToLog(log);
        appender = new FactAppender(gateway, new Payloads(aggregates, types), known);
        hooks = new Hooks(new ShownContent(properties.content()), known, clock);
    }

    @Operation(summary = "Records what a hook tells, and lets the session go on")
    @PostMapping
    Map<String, Object> hear(HttpServletRequest request) {
        counts.came();
        try {
            record(Hook.read(body(request)), Callers.of(request));
        } catch (IOException brokenOff) {
            counts.lost("A body broke off");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            counts.lost("The service is ending");
        }
        return Map.of();
    }

    @Operation(summary = "What became of hooks since the service started")
    @GetMapping
    HookCounts.Told counts() {
        return counts.told();
    }

    /** Of what is too long, as much as there may be: it cannot be understood, and is counted so. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        return request.getInputStream().readNBytes(LONGEST);
    }

    private void record(Hook hook, Caller caller) throws InterruptedException {
        String session = hook.sessionId() == null ? Hooks.NO_SESSION : hook.sessionId();
        ReentrantLock lock = locks[Math.floorMod(session.hashCode(), LOCKS)];
        if (!lock.tryLock(PATIENCE_S, TimeUnit.SECONDS)) {
            counts.lost("Other hooks of the session took too long");
            return;
        }
        try {
            append(hooks.hear(hook), hook, caller);
        } catch (RuntimeException failure) {
            hooks.forget(session);
            if (counts.lost(failure.getMessage())) {
                LOG.warn("What hooks tell cannot be recorded: {}", failure.toString());
            }
        } finally {
            lock.unlock();
        }
    }

    private void append(Hooks.Heard heard, Hook hook, Caller caller) {
        FactAppender.Outcome outcome = appender.append(heard.facts(), caller);
        counts.appended(outcome.added(), outcome.known());
        outcome.refused().forEach(counts::refused);
        if (heard.outcome() == Hooks.Outcome.NOT_MAPPED) {
            counts.notMapped(hook.event());
        } else if (heard.outcome() == Hooks.Outcome.NOT_UNDERSTOOD) {
            counts.notUnderstood(Secrets.redact(hook.event()));
        }
    }
}
