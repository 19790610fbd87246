package io.swarmledger.query.search;

import io.swarmledger.query.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody typed who looks for something, as SQLite's full text search understands it. Whatever cannot be meant as
 * {@link SearchEvents} says is taken for words, as the text of an error that somebody copied is.
 *
 * @param expression of FTS5
 */
record SearchText(String expression) {

    static final int MAX_LENGTH = 1_000;

    private static final String WORDS = "q";
    private static final Pattern TERM = Pattern.compile(
            "(?<not>-(?=\\S))?(?:(?<field>\\p{Alpha}+):(?=[^\\s/]))?(?:\"(?<quoted>[^\"]*)(?:\"|$)|(?<plain>\\S+))");
    private static final Pattern OF_A_WORD = Pattern.compile("[\\p{L}\\p{N}\\p{Co}]+");

    /** Of fewer letters too much begins with them. */
    private static final int LETTERS_OF_A_BEGINNING = 3;

    /** Of the last part of an id, or of what else has parts. */
    private static final int LETTERS_OF_A_LAST_PART = 2;

    private static final String IS = "is";

    /**
     * Reads what was typed.
     *
     * @param failures whether only failures are meant, whatever the words say
     * @throws InvalidQuery if it says nothing that can be looked for
     */
    static SearchText of(String typed, boolean failures) {
        if (typed != null && typed.length() > MAX_LENGTH) {
            throw InvalidQuery.outOfRange(
                    WORDS, "has " + typed.length() + " characters, more than the " + MAX_LENGTH + " that it may have");
        }
        List<String> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        if (failures) {
            wanted.add(phrase("mark", EventText.FAILURE, false));
        }
        Matcher term = TERM.matcher(typed == null ? "" : typed);
        while (term.find()) {
            if (!OF_A_WORD.matcher(term.group()).find()) {
                // As in "build & test": nothing of it is a word.
                continue;
            }
            (term.group("not") == null ? wanted : unwanted).add(term(term));
        }
        if (wanted.isEmpty()) {
            throw InvalidQuery.malformed(
                    WORDS,
                    unwanted.isEmpty()
                            ? "says nothing: it has no letter and no digit"
                            : "says only what is not to be there: add what is");
        }
        String all = String.join(" AND ", wanted);
        return new SearchText(unwanted.isEmpty() ? all : "(" + all + ") NOT (" + String.join(" OR ", unwanted) + ")");
    }

    private static String term(Matcher term) {
        String name = term.group("field");
        boolean isQuoted = term.group("quoted") != null;
        String text = isQuoted ? term.group("quoted") : term.group("plain");
        if (IS.equalsIgnoreCase(name)) {
            return mark(text);
        }
        Optional<Field> field = Field.of(name);
        if (field.isEmpty()) {
            return phrase(null, name == null ? text : name + " " + text, !isQuoted);
        }
        String inField = phrase(field.get().column(), text, !isQuoted);
        // What is called task:failed is a type of event, for all that task is a field.
        return Field.OF_AGGREGATES.contains(field.get())
                ? "(" + inField + " OR " + phrase(Field.TYPE.column(), name + " " + text, !isQuoted) + ")"
                : inField;
    }

    private static String mark(String text) {
        if (!text.toLowerCase(Locale.ROOT).matches("fail(ed|ures?)")) {
            throw InvalidQuery.noneOf(WORDS, IS + ":" + text, List.of(IS + ":failure"));
        }
        return phrase("mark", EventText.FAILURE, false);
    }

    /**
     * One or more words, one behind the other.
     *
     * @param column where; {@code null} for anywhere
     * @param mayBeBeginning whether the last one may go on
     */
    private static String phrase(String column, String text, boolean mayBeBeginning) {
        String apart = Ideographs.apart(text);
        List<String> words =
                OF_A_WORD.matcher(apart).results().map(MatchResult::group).toList();
        if (words.isEmpty()) {
            throw InvalidQuery.malformed(WORDS, "has no letter and no digit in " + text);
        }
        boolean isBeginning = mayBeBeginning
                && (text.endsWith("*")
                        || words.get(words.size() - 1).length()
                                >= (words.size() == 1 ? LETTERS_OF_A_BEGINNING : LETTERS_OF_A_LAST_PART));
        // SQLite's own tokenizer takes it apart: what separates words is for it to say.
        return (column == null ? "" : column + " : ")
                + '"'
                + apart.replace('"', ' ').replace('\0', ' ')
                + '"'
                + (isBeginning ? " *" : "");
    }
}
