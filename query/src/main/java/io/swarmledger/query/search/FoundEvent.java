package io.swarmledger.query.search;

import io.swarmledger.query.log.RecordedEvent;
import java.util.List;

/**
 * An event that was found.
 *
 * @param matches where in it the words are
 */
public record FoundEvent(RecordedEvent event, List<Match> matches) {

    /**
     * A piece of an event's text around words that were looked for.
     *
     * @param field as in {@code field:word}
     * @param pieces in order; put together they are the text
     */
    public record Match(String field, List<Piece> pieces) {}

    /**
     * A piece of text.
     *
     * @param isFound whether it is what was looked for
     */
    public record Piece(String text, boolean isFound) {}
}
