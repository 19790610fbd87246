package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.FactJson;
import io.swarmledger.app.recorder.Secrets;
import io.swarmledger.app.recorder.ShownContent;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A log of events in claude-flow's own format: {@code RVFL}, then for each its length in bytes, four of them, the highest
 * first, and the event as JSON. A program that was killed while it wrote leaves a part of the last one.
 */
final class RvfLog {

    private static final int BEGINNING = 4;
    private static final List<String> TITLES = List.of("title", "description");
    private static final String ERROR = "error";
    private static final List<String> CONTENTS =
            List.of("result", "input", "output", "text", "stack", "context", "value", "content");

    private final Telling telling;

    RvfLog(Telling telling) {
        this.telling = telling;
    }

    void read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(BEGINNING);
            long number = 0;
            long place = BEGINNING;
            byte[] record = record(in, file, number, place);
            while (record != null) {
                number++;
                place += Integer.BYTES + record.length;
                take(record, file, number);
                record = record(in, file, number, place);
            }
        }
    }

    /** The next record; {@code null} behind the last whole one. */
    private byte[] record(DataInputStream in, Path file, long number, long place) throws IOException {
        byte[] head = in.readNBytes(Integer.BYTES);
        if (head.length == 0) {
            return null;
        }
        long length = head.length < Integer.BYTES ? Long.MAX_VALUE : lengthIn(head);
        long left = Files.size(file) - place - head.length;
        if (length > left) {
            telling.report()
                    .cannotRead(
                            file.toString(),
                            null,
                            "ends within its record " + (number + 1) + ", at byte " + place + ": that is passed over");
            return null;
        }
        if (length > Telling.LONGEST_STATE) {
            telling.report()
                    .cannotRead(
                            file.toString(),
                            null,
                            "has a record of " + length + " bytes at byte " + place
                                    + ", more than is taken: it is read no further");
            return null;
        }
        byte[] record = in.readNBytes((int) length);
        if (record.length < length) {
            throw new EOFException("it was cut while it was read");
        }
        return record;
    }

    private static long lengthIn(byte[] head) {
        long length = 0;
        for (byte part : head) {
            length = length << Byte.SIZE | part & 0xFF;
        }
        return length;
    }

    /** As much of what agents read, wrote and said as is to be recorded. */
    private Fact shown(Fact fact) {
        ShownContent shown = telling.shown();
        ObjectNode payload = (ObjectNode) Secrets.redact(fact.payload());
        for (String name : TITLES) {
            if (payload.path(name).isString()) {
                payload.put(name, shown.title(fact.payload().path(name).stringValue()));
            }
        }
        if (payload.path(ERROR).isString()) {
            payload.put(ERROR, shown.error(fact.payload().path(ERROR).stringValue()));
        }
        for (String name : CONTENTS) {
            if (payload.remove(name) != null) {
                shown.put(payload, name, fact.payload().path(name));
            }
        }
        Map<String, Object> metadata = new LinkedHashMap<>(fact.metadata());
        metadata.put(Fact.CONTENT, shown.content().word());
        return new Fact(
                fact.id(),
                fact.type(),
                fact.aggregateType(),
                fact.aggregateId(),
                fact.timestamp(),
                fact.source(),
                payload,
                metadata,
                fact.causationId(),
                fact.correlationId());
    }

    private void take(byte[] record, Path file, long number) {
        telling.report().read();
        try {
            Fact fact = shown(FactJson.read(new String(record, StandardCharsets.UTF_8)));
            telling.facts().add(fact, fact.timestamp() == null ? telling.now() : fact.timestamp());
        } catch (IllegalArgumentException noEvent) {
            telling.report().cannotRead(file.toString(), number, noEvent.getMessage());
        }
    }
}
