package io.swarmledger.app.http.page;

import java.util.List;

/** What a form sends for a field that nobody filled in says nothing. */
final class Given {

    private Given() {}

    static String orNull(String value) {
        return value == null || value.isBlank() ? null : value.strip();
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
