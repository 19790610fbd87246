package io.swarmledger.app.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The events of a body, one after the other, in constant memory. */
public final class EventBody implements AutoCloseable {

    private final EventInput input;
    private JsonParser parser;
    private final boolean lines;
    private boolean array;
    private boolean ended;
    private int line;
    private long index = -1;

    private EventBody(EventInput input, boolean lines) {
        this.input = input;
        this.lines = lines;
    }

    /** One event, or an array of them. */
    public static EventBody json(EventInput input) {
        return new EventBody(input, false);
    }

    /** NDJSON: an event a line; blank lines are passed over. */
    public static EventBody lines(EventInput input) {
        return new EventBody(input, true);
    }

    /**
     * Goes on to the next event.
     *
     * @throws MalformedBody if what follows is none
     * @throws BodyTooLarge if it goes on too long
     * @throws UncheckedIOException if the sender is gone
     */
    public Optional<ObjectNode> next() {
        index++;
        try {
            input.nextEvent();
            if (parser == null) {
                // It looks at how the body begins.
                parser = JsonTrees.FACTORY.createParser(ObjectReadContext.empty(), (InputStream) input);
            }
            return lines ? nextLine() : nextValue();
        } catch (JacksonException noJson) {
            if (noJson.getCause() instanceof IOException gone) {
                throw new UncheckedIOException(gone);
            }
            throw MalformedBody.of(parser, noJson);
        }
    }

    /** Which event it is, from 0. */
    long index() {
        return index;
    }

    /** The line of the body in which the event begins, from 1. */
    int line() {
        return Math.max(line, 1);
    }

    /** How much of the body is behind it, bytes. */
    long offset() {
        return parser.currentLocation().getByteOffset();
    }

    /** Nothing of what lies before that offset is needed any more. */
    void release(long upTo) {
        input.release(upTo);
    }

    /** Whether the body is one event, and not several, of which there may be one. */
    public boolean isOne() {
        return !lines && !array;
    }

    /** Whether its events are told apart by lines. */
    boolean isLines() {
        return lines;
    }

    @Override
    public void close() {
        if (parser != null) {
            parser.close();
        }
    }

    private Optional<ObjectNode> nextLine() {
        int before = line;
        if (parser.nextToken() == null) {
            return Optional.empty();
        }
        line = parser.currentTokenLocation().getLineNr();
        if (line == before) {
            throw MalformedBody.at(parser, "A line has more than one event");
        }
        ObjectNode event = event();
        if (parser.currentTokenLocation().getLineNr() != line) {
            throw MalformedBody.at(parser, "An event goes on in another line than " + line);
        }
        return Optional.of(event);
    }

    private Optional<ObjectNode> nextValue() {
        if (ended) {
            return Optional.empty();
        }
        JsonToken token = parser.nextToken();
        if (index == 0 && token == JsonToken.START_ARRAY) {
            array = true;
            token = parser.nextToken();
        }
        line = parser.currentLocation().getLineNr();
        if (token == null) {
            throw MalformedBody.at(parser, "The body is empty: an event or an array of events is expected");
        }
        if (array && token == JsonToken.END_ARRAY) {
            requireEnd();
            return Optional.empty();
        }
        ObjectNode event = event();
        if (!array) {
            requireEnd();
        }
        return Optional.of(event);
    }

    private ObjectNode event() {
        TokenStreamLocation start = parser.currentTokenLocation();
        JsonNode value = JsonTrees.read(parser);
        if (value instanceof ObjectNode event) {
            return event;
        }
        throw MalformedBody.at(
                start,
                "An event is a JSON object, not " + value.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    private void requireEnd() {
        ended = true;
        if (parser.nextToken() != null) {
            throw MalformedBody.at(parser, "There is more behind the end of the JSON");
        }
    }
}
