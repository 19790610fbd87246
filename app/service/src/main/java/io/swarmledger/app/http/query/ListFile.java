package io.swarmledger.app.http.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swarmledger.app.directory.Workshop;
import io.swarmledger.events.Json;
import io.swarmledger.query.InvalidQuery;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** A list in a file, which is sent when it is whole: nobody could tell a part of it from all. */
final class ListFile implements AutoCloseable {

    /** Bytes. */
    static final long LONGEST = 256L << 20;

    private static final String NAME = "list";
    private static final CsvMapper CSV = CsvMapper.builder().build();
    private static final CsvSchema ROWS = CsvSchema.emptySchema().withLineSeparator("\r\n");

    /** Programs that show tables take such a text for a formula, and what it says comes from anybody. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private final Workshop workshop;
    private final Path file;
    private final Counted out;
    private final SequenceWriter items;
    private final Class<?> type;
    private final boolean isCsv;

    private ListFile(Class<?> type, boolean isCsv) throws IOException {
        this.type = type;
        this.isCsv = isCsv;
        this.workshop = Workshop.in(Path.of(System.getProperty("java.io.tmpdir")));
        this.file = workshop.file(NAME);
        this.out = new Counted(Files.newOutputStream(file));
        this.items = isCsv
                ? CSV.writer(ROWS).writeValues(out)
                : Json.mapper().writer().withRootValueSeparator("\n").writeValues(out);
    }

    /**
     * Begins one.
     *
     * @param type of its items, a record; its components are the columns of a table
     */
    static ListFile of(Class<? extends Record> type, boolean isCsv) throws IOException {
        ListFile list = new ListFile(type, isCsv);
        if (isCsv) {
            List<String> names = new ArrayList<>();
            names(type, names);
            list.items.write(names);
        }
        return list;
    }

    /**
     * Adds items.
     *
     * @throws InvalidQuery if there are more than a file may have
     */
    void add(List<?> more) {
        for (Object item : more) {
            if (isCsv) {
                List<String> cells = new ArrayList<>();
                cells(type, item, cells);
                items.write(cells);
            } else {
                items.write(item);
            }
        }
        if (out.bytes > LONGEST) {
            throw InvalidQuery.outOfRange(
                    "format",
                    "would be a file of more than " + LONGEST
                            + " bytes: filter the list, or have all of the log by `swarm-ledger export`");
        }
    }

    /** Ends it; answers where it is. */
    Path end() throws IOException {
        items.close();
        if (!isCsv && Files.size(file) > 0) {
            Files.write(file, new byte[] {'\n'}, java.nio.file.StandardOpenOption.APPEND);
        }
        return file;
    }

    private static void names(Class<?> type, List<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (isUnwrapped(component)) {
                names(component.getType(), names);
            } else {
                names.add(component.getName());
            }
        }
    }

    private static void cells(Class<?> type, Object item, List<String> cells) {
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = item == null ? null : valueOf(component, item);
            if (isUnwrapped(component)) {
                cells(component.getType(), value, cells);
            } else {
                cells.add(cell(value));
            }
        }
    }

    private static boolean isUnwrapped(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }

    private static Object valueOf(RecordComponent component, Object item) {
        try {
            return component.getAccessor().invoke(item);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(component.toString(), impossible);
        }
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return FORMULA.matcher(text).matches() ? "'" + text : text;
        }
        return Json.mapper().writeValueAsString(value);
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            workshop.close();
        }
    }

    private static final class Counted extends BufferedOutputStream {

        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public synchronized void write(int value) throws IOException {
            bytes++;
            super.write(value);
        }

        @Override
        public synchronized void write(byte[] values, int from, int length) throws IOException {
            bytes += length;
            super.write(values, from, length);
        }
    }
}
