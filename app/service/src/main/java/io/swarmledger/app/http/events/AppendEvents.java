package io.swarmledger.app.http.events;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swarmledger.app.command.LedgerCommandGateway;
import io.swarmledger.app.door.Append;
import io.swarmledger.app.door.AppendStopped;
import io.swarmledger.app.door.EventBody;
import io.swarmledger.app.door.EventInput;
import io.swarmledger.app.door.Mode;
import io.swarmledger.app.door.Payloads;
import io.swarmledger.app.door.Refusal;
import io.swarmledger.app.http.Problem;
import io.swarmledger.app.http.RequestBytes;
import io.swarmledger.app.http.security.Callers;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.StoredTypes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes events in, one or many. */
@RestController
class AppendEvents {

    /** Events in lines: nobody needs to hold more of them than one. */
    static final String NDJSON = "application/x-ndjson";

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** What they are answered is kept until the last. */
    private static final int LONGEST_ARRAY = 10_000;

    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"|(\\d{1,18})");

    private final LedgerCommandGateway gateway;
    private final Payloads payloads;
    private final long maxEventSize;

    AppendEvents(
            LedgerCommandGateway gateway, AggregateTypes aggregates, StoredTypes types, LedgerProperties properties) {
        this.gateway = gateway;
        this.payloads = new Payloads(aggregates, types);
        maxEventSize = properties.maxEventSize().toBytes();
    }

    /**
     * One event or an array of them. The first that is refused ends it: its problem says which it is ({@code index}) and
     * what the events before it were answered ({@code appended}), which stay.
     *
     * <p>If-Match is the version that the first event's aggregate must be at, just before: 3 where the event is to become
     * version 4. The same can be said of each event by the {@code version} that it is to become. Idempotency-Key becomes
     * the id of an event that has none; in an array with {@code -0}, {@code -1} and so on behind it.
     */
    @Parameter(in = ParameterIn.HEADER, name = HttpHeaders.IF_MATCH, schema = @Schema(type = "string"))
    @Parameter(in = ParameterIn.HEADER, name = IDEMPOTENCY_KEY, schema = @Schema(type = "string"))
    @PostMapping(
            path = "/api/events",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<Appended>> append(@RequestParam(defaultValue = "decide") Mode mode, HttpServletRequest request)
            throws IOException {
        Append append = new Append(gateway, payloads, wishes(mode, request));
        List<Appended> answers = new ArrayList<>();
        EventInput input = input(request, () -> {}, () -> append.send(answers::addAll));
        EventBody body = EventBody.json(input);
        try (body) {
            append.all(body, LONGEST_ARRAY, answers::addAll);
        } catch (AppendStopped stopped) {
            throw body.isOne() ? stopped.refusal() : stopped.after(answers);
        }
        return ResponseEntity.status(HttpStatus.CREATED).body(answers);
    }

    /**
     * Events in lines, answered in lines, as many as there are: an answer goes out as soon as its event is on disk, and
     * whoever sends without end must read meanwhile. The first that is refused ends it. If no answer has gone out by then,
     * the answer is a problem like that for an array; otherwise the problem is the last line. So it is where the body breaks off.
     */
    @Parameter(in = ParameterIn.HEADER, name = HttpHeaders.IF_MATCH, schema = @Schema(type = "string"))
    @Parameter(in = ParameterIn.HEADER, name = IDEMPOTENCY_KEY, schema = @Schema(type = "string"))
    @PostMapping(
            path = "/api/events",
            consumes = NDJSON,
            produces = {NDJSON, MediaType.APPLICATION_JSON_VALUE})
    void appendLines(
            @RequestParam(defaultValue = "decide") Mode mode, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Append append = new Append(gateway, payloads, wishes(mode, request));
        AnswerLines lines = new AnswerLines(response);
        Runnable send = () -> append.send(lines::write);
        EventInput input = input(request, send, send);
        try (EventBody body = EventBody.lines(input)) {
            append.all(body, Long.MAX_VALUE, lines::write);
            lines.begin();
        } catch (AppendStopped stopped) {
            if (!lines.hasBegun()) {
                throw stopped;
            }
            lines.write(stopped.appended());
            lines.end(Problem.of(Refusal.of(stopped.told())));
        }
    }

    private EventInput input(HttpServletRequest request, Runnable beforeWaiting, Runnable whenShort)
            throws IOException {
        return new EventInput(
                request.getInputStream(), RequestBytes.of(request), maxEventSize, beforeWaiting, whenShort);
    }

    /** Measured: to have Spring look the two headers up costs more than to read the event. */
    private static Append.Wishes wishes(Mode mode, HttpServletRequest request) {
        String key = request.getHeader(IDEMPOTENCY_KEY);
        String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
        return new Append.Wishes(
                mode,
                key == null ? null : Require.id(IDEMPOTENCY_KEY, key),
                ifMatch == null ? null : version(ifMatch),
                Callers.of(request));
    }

    /** As a number, or in the quotes that the header's own grammar asks for. */
    static Long version(String ifMatch) {
        Matcher version = VERSION.matcher(ifMatch.trim());
        if (!version.matches()) {
            throw new MalformedCommand(HttpHeaders.IF_MATCH, "is not the version of an aggregate, such as 3");
        }
        return Long.valueOf(version.group(1) != null ? version.group(1) : version.group(2));
    }
}
