package io.swarmledger.query.search;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.log.FindEvents;

/**
 * Asks for the events that have these words in them: {@link FoundEvents}.
 *
 * <p>A word is found in any letter case, with and without its accents, and is the beginning of a word from three letters
 * on; what has parts, as an id has, from two letters of its last part on. {@code "these words"} are found as they stand
 * there, one behind the other. {@code field:word} is looked for in one field, {@code -word} must not be there, {@code
 * is:failure} leaves what failed. Fields are those of {@link Field}, and those of a payload by their own names.
 *
 * @param words what is looked for, at most {@value SearchText#MAX_LENGTH} characters
 * @param failures only what says that something failed
 * @param among which events are looked through, in which order and how many a page; without an offset
 */
@RecordBuilder
public record SearchEvents(String words, boolean failures, FindEvents among)
        implements LedgerQuery, SearchEventsBuilder.With {

    /** The most that one page may have. */
    public static final int MAX_LIMIT = 1_000;

    /** Those words, in any event, the newest first. */
    public static SearchEvents of(String words) {
        return new SearchEvents(words, false, FindEvents.all().withDescending(true));
    }

    @Override
    public String answeredFrom() {
        return SEARCH;
    }
}
