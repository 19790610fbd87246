package io.swarmledger.app.door;

import io.swarmledger.events.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;

/** A body, or what is left of it, is no JSON that can be taken. */
public final class MalformedBody extends RuntimeException {

    private static final int LONGEST = 300;

    private final int line;
    private final int column;

    private MalformedBody(String detail, TokenStreamLocation place) {
        this(
                detail,
                place == null ? 1 : Math.max(place.getLineNr(), 1),
                place == null ? 1 : Math.max(place.getColumnNr(), 1));
    }

    private MalformedBody(String detail, int line, int column) {
        super(detail + " at line " + line + ", column " + column);
        this.line = line;
        this.column = column;
    }

    public static MalformedBody at(JsonParser parser, String detail) {
        return at(parser.currentTokenLocation(), detail);
    }

    public static MalformedBody at(TokenStreamLocation place, String detail) {
        return new MalformedBody(detail, place);
    }

    /** What {@code parser} found; {@code null} if not even one could be made for how the body begins. */
    public static MalformedBody of(JsonParser parser, JacksonException noJson) {
        TokenStreamLocation place = noJson.getLocation();
        boolean known = parser == null || place != null && place.getLineNr() > 0;
        return new MalformedBody("No JSON: " + visible(Json.reason(noJson)), known ? place : parser.currentLocation());
    }

    /** What it says ends up in terminals and quotes what a stranger sent. */
    private static String visible(String message) {
        StringBuilder visible = new StringBuilder();
        message.chars().limit(LONGEST).forEach(c -> visible.append(c >= ' ' && c < 127 ? (char) c : '?'));
        return visible.toString();
    }

    /** In the body, from 1. */
    public int line() {
        return line;
    }

    /** In the line, from 1. */
    public int column() {
        return column;
    }
}
