package io.swarmledger.app.recorder.claudeflow;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A record of a state file, read leniently: what is not there, or is not what it should be, is not told. */
record Entry(JsonNode json) {

    /** Epoch seconds of 1973 and later; milliseconds so small would be before that. */
    private static final double SECONDS_FROM = 1e8;

    private static final double SECONDS_TO = 1e11;

    /** The first of these that is a text and says something; {@code null} if there is none. */
    String text(String... names) {
        for (String name : names) {
            JsonNode value = json.path(name);
            if (value.isString() && !value.stringValue().isBlank()) {
                return value.stringValue();
            }
        }
        return null;
    }

    /** The first of these that is a time, epoch milliseconds; {@code null} if there is none. */
    Double time(String... names) {
        for (String name : names) {
            Double time = time(json.path(name));
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    static Double time(JsonNode value) {
        if (value.isNumber()) {
            return millis(value.doubleValue());
        }
        return value.isString() ? time(value.stringValue().strip()) : null;
    }

    private static Double time(String text) {
        try {
            return text.chars().allMatch(Character::isDigit)
                    ? millis(Double.parseDouble(text))
                    : (Double) (double) Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | NumberFormatException none) {
            return null;
        }
    }

    static Double millis(double told) {
        if (!Double.isFinite(told)) {
            return null;
        }
        return told >= SECONDS_FROM && told < SECONDS_TO ? told * 1_000 : told;
    }

    /** The texts of a list; none if it is no list. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (json.path(name).isArray()) {
            json.path(name).forEach(item -> {
                if (item.isString() && !item.stringValue().isBlank()) {
                    texts.add(item.stringValue());
                }
            });
        }
        return texts;
    }
}
