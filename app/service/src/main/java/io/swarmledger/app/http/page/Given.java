package io.swarmledger.app.http.page;

import io.swarmledger.query.InvalidQuery;
import java.util.List;

/** What a form sends for a field that nobody filled in says nothing. */
final class Given {

    private Given() {}

    static String orNull(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /**
     * One of some words.
     *
     * @throws InvalidQuery naming the field, if it is another
     */
    static String oneOf(List<String> words, String field, String value) {
        String given = orNull(value);
        if (given != null && !words.contains(given)) {
            throw InvalidQuery.noneOf(field, given, words);
        }
        return given;
    }

    static List<String> orNull(List<String> values) {
        return values == null
                ? null
                : values.stream()
                        .filter(value -> !value.isBlank())
                        .map(String::strip)
                        .toList();
    }
}
