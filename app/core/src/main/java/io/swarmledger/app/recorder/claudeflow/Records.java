package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.recorder.ReadReport;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** The records of a state file, one at a time: those of an object or a list that stands in it under a name. */
final class Records {

    private static final ObjectReader TREE =
            Json.mapper().readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Records() {}

    /** Takes a record. */
    @FunctionalInterface
    interface Taker {

        /**
         * A record.
         *
         * @param key its name in the file; {@code null} in a list
         */
        void take(String key, Entry entry) throws IOException;
    }

    /** Hands out those under {@code name}. Where the file is cut off or broken, that is told, and what came before stays. */
    static void each(Path file, String name, ReadReport report, Taker taker) throws IOException {
        if (Files.size(file) > Telling.LONGEST_STATE) {
            report.cannotRead(
                    file.toString(), null, "is longer than " + Telling.LONGEST_STATE + " bytes, more than is taken");
            return;
        }
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = TREE.createParser(in)) {
            each(parser, file, name, report, taker);
        } catch (JacksonException broken) {
            long line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            report.cannotRead(file.toString(), line, "is cut off, or is no JSON: " + Json.reason(broken));
        }
    }

    private static void each(JsonParser parser, Path file, String name, ReadReport report, Taker taker)
            throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            report.cannotRead(file.toString(), null, "is no JSON object");
            return;
        }
        boolean found = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals(name) && value.isStructStart()) {
                found = true;
                records(parser, file, name, report, taker);
            } else {
                parser.skipChildren();
            }
        }
        if (!found) {
            report.cannotRead(file.toString(), null, "has no " + name);
        }
    }

    private static void records(JsonParser parser, Path file, String name, ReadReport report, Taker taker)
            throws IOException {
        JsonToken token = parser.nextToken();
        while (!token.isStructEnd()) {
            String key = null;
            if (token == JsonToken.PROPERTY_NAME) {
                key = parser.currentName();
                parser.nextToken();
            }
            long line = parser.currentTokenLocation().getLineNr();
            JsonNode record = TREE.readValue(parser);
            report.read();
            if (record.isObject()) {
                taker.take(key, new Entry(record));
            } else {
                report.cannotRead(file.toString(), line, "has something under " + name + " that is no record: " + key);
            }
            token = parser.nextToken();
        }
    }
}
