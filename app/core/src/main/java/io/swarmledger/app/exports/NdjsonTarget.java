package io.swarmledger.app.exports;

import io.swarmledger.app.imports.Ndjson;
import io.swarmledger.events.Json;
import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.StoredSnapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;

/** One event a line, as the ledger shows events everywhere; see {@link Ndjson} for the exceptions. */
final class NdjsonTarget implements ExportTarget {

    private static final int BUFFER = 1 << 16;

    private final JsonGenerator json;
    private boolean any;

    NdjsonTarget(Path file) throws IOException {
        json = Json.mapper()
                .writer()
                .withRootValueSeparator("\n")
                .createGenerator(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    @Override
    public void add(LogRow row) {
        String type = row.type();
        String payload = row.payload();
        String metadata = row.metadata();
        json.writeStartObject();
        json.writeNumberProperty("position", row.position());
        json.writeStringProperty("id", row.id());
        json.writeStringProperty("type", type);
        json.writeStringProperty("aggregateId", row.aggregateId());
        json.writeStringProperty("aggregateType", row.aggregateType());
        json.writeNumberProperty("version", row.version());
        writeTimestamp(row.timestamp());
        json.writeStringProperty("source", row.source());
        writeRaw("payload", payload);
        writeRaw("metadata", metadata);
        json.writeStringProperty("causationId", row.causationId());
        json.writeStringProperty("correlationId", row.correlationId());
        json.writeStringProperty("swarmId", row.swarmId());
        json.writeNumberProperty("recordedAt", row.recordedAt());
        json.writeStringProperty("recordedBy", row.recordedBy());
        writeIfBroken(Ndjson.PAYLOAD_AS_STORED, payload);
        writeIfBroken(Ndjson.METADATA_AS_STORED, metadata);
        String revision = row.revision();
        if (!Objects.equals(revision, Ndjson.usualRevision(type))) {
            json.writeStringProperty(Ndjson.PAYLOAD_REVISION, revision);
        }
        json.writeEndObject();
        any = true;
    }

    @Override
    public int addSnapshot(StoredSnapshot snapshot) {
        return 0;
    }

    @Override
    public void finish() {
        if (any) {
            json.writeRaw('\n');
        }
        json.flush();
    }

    @Override
    public void close() {
        json.close();
    }

    private void writeTimestamp(Number timestamp) {
        if (timestamp instanceof Double real) {
            json.writeNumberProperty("timestamp", real);
        } else {
            json.writeNumberProperty("timestamp", timestamp.longValue());
        }
    }

    private void writeRaw(String name, String text) {
        json.writeName(name);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeRawValue(Ndjson.inOneLine(text));
        }
    }

    private void writeIfBroken(String name, String text) {
        if (text != null && !Ndjson.inOneLine(text).equals(text)) {
            json.writeStringProperty(name, text);
        }
    }
}
