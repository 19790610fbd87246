package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.recorder.Fact;
import io.swarmledger.app.recorder.FactJson;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log of events in claude-flow's own format: {@code RVFL}, then for each its length in bytes, four of them, the highest
 * first, and the event as JSON. A program that was killed while it wrote leaves a part of the last one.
 */
final class RvfLog {

    private static final int BEGINNING = 4;

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

    private void take(byte[] record, Path file, long number) {
        telling.report().read();
        try {
            Fact fact = FactJson.read(new String(record, StandardCharsets.UTF_8));
            telling.facts().add(fact, fact.timestamp() == null ? telling.now() : fact.timestamp());
        } catch (IllegalArgumentException noEvent) {
            telling.report().cannotRead(file.toString(), number, noEvent.getMessage());
        }
    }
}
