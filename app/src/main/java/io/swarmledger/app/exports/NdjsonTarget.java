package io.swarmledger.app.exports;

import io.swarmledger.app.imports.Ndjson;
import io.swarmledger.events.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    public void add(ResultSet row) throws SQLException {
        String type = row.getString("payloadType");
        String payload = row.getString("payload");
        String metadata = row.getString("metaData");
        json.writeStartObject();
        json.writeNumberProperty("position", row.getLong("globalIndex"));
        json.writeStringProperty("id", row.getString("eventIdentifier"));
        json.writeStringProperty("type", type);
        json.writeStringProperty("aggregateId", row.getString("aggregateIdentifier"));
        json.writeStringProperty("aggregateType", row.getString("type"));
        json.writeNumberProperty("version", row.getLong("sequenceNumber") + 1);
        writeTimestamp((Number) row.getObject("timeStamp"));
        json.writeStringProperty("source", row.getString("source"));
        writeRaw("payload", payload);
        writeRaw("metadata", metadata);
        json.writeStringProperty("causationId", row.getString("causationId"));
        json.writeStringProperty("correlationId", row.getString("correlationId"));
        json.writeStringProperty("swarmId", row.getString("swarmId"));
        json.writeNumberProperty("recordedAt", row.getLong("recordedAt"));
        json.writeStringProperty("recordedBy", row.getString("recordedBy"));
        writeIfBroken(Ndjson.PAYLOAD_AS_STORED, payload);
        writeIfBroken(Ndjson.METADATA_AS_STORED, metadata);
        String revision = row.getString("payloadRevision");
        if (!Objects.equals(revision, Ndjson.usualRevision(type))) {
            json.writeStringProperty(Ndjson.PAYLOAD_REVISION, revision);
        }
        json.writeEndObject();
        any = true;
    }

    @Override
    public int addSnapshot(ResultSet row) {
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
