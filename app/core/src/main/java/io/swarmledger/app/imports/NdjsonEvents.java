package io.swarmledger.app.imports;

import io.swarmledger.app.log.sqlite.ForeignFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * An NDJSON export: one event a line, as the ledger shows events everywhere. Payload and metadata are the characters
 * that stand in the line, or, where their white space would have been lost in a line, the text that is given
 * beside them ({@link Ndjson#PAYLOAD_AS_STORED}, {@link Ndjson#METADATA_AS_STORED}).
 *
 * <p>The file's {@code position}, {@code recordedAt} and {@code recordedBy} are passed over. Its order is that of its
 * lines; when and from whom this ledger has an event it knows itself, and the name of a token that anybody may write into
 * a file must not look like that of one that was checked.
 */
final class NdjsonEvents implements EventSource {

    /** The longest line, bytes; in a small heap less, since a line is there several times while it is looked at. */
    private static final int LONGEST_LINE =
            (int) Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    /** Taken as they stand in the line. */
    private static final Set<String> RAW = Set.of(Column.PAYLOAD.inJson(), Column.METADATA.inJson());

    /** What is within a payload's limits is still so when it stands in a line, one level deeper. */
    private static final JsonFactory LINES = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(StreamReadConstraints.defaults().getMaxNestingDepth() + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Path file;
    private final ForeignFiles original;
    private final Lines lines;
    private final Map<String, Object> values = new HashMap<>();
    private BadRow defect;

    NdjsonEvents(Path file, int longestLine) throws IOException {
        this.file = file;
        original = ForeignFiles.of(file);
        lines = new Lines(Files.newInputStream(file), longestLine);
    }

    /** Opens a file that is there. */
    static NdjsonEvents open(Path file) throws IOException {
        return new NdjsonEvents(file, LONGEST_LINE);
    }

    @Override
    public boolean next() {
        try {
            if (!lines.next()) {
                return false;
            }
        } catch (IOException failure) {
            throw new ImportRefused(file, "cannot be read beyond line " + lines.number() + ": " + failure);
        }
        values.clear();
        defect = lines.defect() == null ? null : new BadRow(row(), null, lines.defect());
        if (defect == null) {
            parse(lines.text());
        }
        return true;
    }

    @Override
    public BadRow defect() {
        return defect;
    }

    @Override
    public long row() {
        return lines.number();
    }

    @Override
    public String nameOf(Column column) {
        return column.inJson();
    }

    @Override
    public Object value(Column column) {
        return values.get(column.inJson());
    }

    /** What happened outside every aggregate says that it has no aggregate's type. */
    @Override
    public boolean mayLack(Column column) {
        return column.isOptional() || column == Column.AGGREGATE_TYPE && values.containsKey(column.inJson());
    }

    @Override
    public String revisionOf(String type) {
        return values.containsKey(Ndjson.PAYLOAD_REVISION)
                ? (String) values.get(Ndjson.PAYLOAD_REVISION)
                : Ndjson.usualRevision(type);
    }

    @Override
    public long done() {
        return Math.min(lines.bytes(), total());
    }

    @Override
    public long total() {
        return original.size();
    }

    @Override
    public void requireUnchanged() {
        try {
            if (!original.areUnchanged()) {
                throw ImportRefused.written(file);
            }
        } catch (IOException failure) {
            throw new ImportRefused(file, "cannot be read any more: " + failure);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException failure) {
            throw new ImportRefused(file, "cannot be closed: " + failure);
        }
    }

    private void parse(String line) {
        String name = null;
        try (JsonParser parser = LINES.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                fault(null, "is no JSON object");
                return;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                name = parser.currentName();
                parser.nextToken();
                if (values.containsKey(name)) {
                    fault(name, "is there twice");
                    return;
                }
                values.put(name, RAW.contains(name) ? raw(parser, line) : value(parser));
            }
            name = null;
            if (parser.nextToken() != null) {
                fault(null, "has more behind its JSON object");
                return;
            }
        } catch (JacksonException noJson) {
            fault(name, Values.noJson(noJson));
            return;
        }
        takeNullForNoMetadata();
        takeAsStored(Column.PAYLOAD, Ndjson.PAYLOAD_AS_STORED);
        takeAsStored(Column.METADATA, Ndjson.METADATA_AS_STORED);
        if (values.get(Ndjson.PAYLOAD_REVISION) != null && !(values.get(Ndjson.PAYLOAD_REVISION) instanceof String)) {
            fault(Ndjson.PAYLOAD_REVISION, "is not text");
        }
    }

    private void takeNullForNoMetadata() {
        if ("null".equals(values.get(Column.METADATA.inJson()))) {
            values.remove(Column.METADATA.inJson());
        }
    }

    private void takeAsStored(Column column, String name) {
        Object stored = values.get(name);
        if (stored == null) {
            return;
        }
        if (stored instanceof String text && Ndjson.inOneLine(text).equals(values.get(column.inJson()))) {
            values.put(column.inJson(), text);
        } else {
            fault(name, "is not " + column.inJson() + " with other white space");
        }
    }

    private void fault(String name, String reason) {
        if (defect == null) {
            defect = new BadRow(row(), name, reason);
        }
    }

    private static String raw(JsonParser parser, String line) {
        int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        parser.skipChildren();
        parser.finishToken();
        return line.substring(from, Math.toIntExact(parser.currentLocation().getCharOffset()));
    }

    private static Object value(JsonParser parser) {
        switch (parser.currentToken()) {
            case VALUE_STRING:
                String text = parser.getString();
                // The driver would store '?' for half a surrogate pair, and two different texts would become one.
                return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                        ? text
                        : new Unreadable("has half a surrogate pair: it is not well-formed text");
            case VALUE_NUMBER_INT:
                return parser.getNumberType() == NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT:
                return parser.getDoubleValue();
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            case VALUE_NULL:
                return null;
            default:
                parser.skipChildren();
                return List.of();
        }
    }
}
