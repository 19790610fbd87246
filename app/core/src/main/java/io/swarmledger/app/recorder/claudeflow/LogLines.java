package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.imports.Lines;
import io.swarmledger.app.recorder.ShownContent;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The lines of a log of JSON objects. One that was cut while it was written, or is none, is told and passed over. */
final class LogLines {

    private LogLines() {}

    /** Takes a line. */
    @FunctionalInterface
    interface Taker {

        /**
         * A line.
         *
         * @param key by which it is told apart from others: two that say the same at the same time are one
         */
        void take(long number, String key, Entry entry);
    }

    static void each(Telling telling, Path file, Taker taker) throws IOException {
        try (Lines lines = new Lines(Files.newInputStream(file), (int) Telling.LONGEST_STATE)) {
            while (lines.next()) {
                telling.report().read();
                if (lines.defect() != null) {
                    telling.report().cannotRead(file.toString(), lines.number(), lines.defect());
                } else {
                    take(telling, file, lines, taker);
                }
            }
        }
    }

    private static void take(Telling telling, Path file, Lines lines, Taker taker) {
        try {
            JsonNode line = Json.mapper().readTree(lines.text());
            if (line.isObject()) {
                String key = ShownContent.digest(lines.text().strip().getBytes(StandardCharsets.UTF_8));
                taker.take(lines.number(), key, new Entry(line));
            } else {
                telling.report().cannotRead(file.toString(), lines.number(), "is no JSON object");
            }
        } catch (JacksonException broken) {
            telling.report()
                    .cannotRead(file.toString(), lines.number(), "is cut off, or is no JSON: " + Json.reason(broken));
        }
    }
}
