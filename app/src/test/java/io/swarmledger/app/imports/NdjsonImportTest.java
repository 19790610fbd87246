package io.swarmledger.app.imports;

import static io.swarmledger.app.imports.ClaudeFlowDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.commands.AggregateTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NdjsonImportTest {

    private static final String ALL = "SELECT eventIdentifier, payloadType, payloadRevision, aggregateIdentifier, type,"
            + " sequenceNumber + 1, timeStamp, source, payload, metaData, causationId, correlationId, swarmId, recordedAt,"
            + " recordedBy FROM DomainEventEntry ORDER BY globalIndex";

    @TempDir
    Path directory;

    private Path log;
    private Path file;
    private LogFile ledger;

    @BeforeEach
    void open() {
        log = directory.resolve("events.db");
        file = directory.resolve("export.ndjson");
        ledger = LogFile.open(log, Clock.fixed(Instant.ofEpochMilli(1_800_000_000_000L), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aLineIsAnEventAndItsPayloadIsKeptToTheCharacter() throws Exception {
        Files.writeString(
                file,
                "\r\n  {\"position\": 42, \"id\": \"e1\", \"type\": \"task:started\", \"aggregateId\": \"t\\u0031\","
                        + " \"aggregateType\": \"task\", \"version\": 2, \"timestamp\": 1767517200030.25, \"source\": \"agent-2\","
                        + " \"payload\": { \"taskId\" :\"t1\", \"n\":1.50 } , \"metadata\": {\"swarmId\":\"alpha\"},"
                        + " \"causationId\": \"c\", \"correlationId\": null, \"swarmId\": \"alpha\","
                        + " \"recordedAt\": 1, \"recordedBy\": \"ada\", \"more\": [{}]}\r\n\n"
                        + line("e2", "\"payload\":null", "\"type\":\"custom:x\"")
                        + "\n"
                        + line("e3", "\"payload\":12.0e1", "\"timestamp\":99999999999999999999", "\"metadata\":null"));

        assertThat(run()).isEqualTo(new Imported(3, 0, 0));

        assertThat(rows(log, ALL))
                .containsExactly(
                        "String e1 | String task:started | String 1 | String t1 | String task | Integer 2"
                                + " | Double 1.76751720003025E12 | String agent-2 | String { \"taskId\" :\"t1\", \"n\":1.50 }"
                                + " | String {\"swarmId\":\"alpha\"} | String c |  null | String alpha"
                                + " | Long 1800000000000 |  null | ",
                        "String e2 | String custom:x |  null | String e2 | String task | Integer 1 | Integer 7"
                                + " | String swarm | String null |  null |  null |  null | String swarm"
                                + " | Long 1800000000000 |  null | ",
                        "String e3 | String task:queued | String 1 | String e3 | String task | Integer 1"
                                + " | Double 1.0E20 | String swarm | String 12.0e1 |  null |  null |  null | String swarm"
                                + " | Long 1800000000000 |  null | ");
        assertThat(run()).isEqualTo(new Imported(0, 3, 0));
    }

    @Test
    void everyBadLineIsNamedAndNothingIsHalfImported() throws Exception {
        List<byte[]> lines = new ArrayList<>();
        lines.add(bytes(line("fine")));
        lines.add(bytes("{\"id\":\"e2\",\"payload\":{]}"));
        lines.add(bytes("[]"));
        lines.add(bytes(line("e4") + " {}"));
        lines.add(bytes(line("e5", "\"id\":\"e5\"")));
        lines.add(
                bytes(
                        "{\"id\":null,\"version\":1.0,\"timestamp\":1e999,\"aggregateType\":null,\"source\":{},\"type\":true}"));
        lines.add(bytes(line("\\ud800")));
        lines.add(new byte[] {'{', '"', (byte) 0xff, '"', '}'});
        lines.add(bytes(line("e9", "\"metadata\":\"{}\"")));
        lines.add(bytes(line("e10", "\"swarmId\":\"other\"")));
        lines.add(bytes(line("e11", "\"payloadAsStored\":\"[1]\"")));
        lines.add(bytes(line("e12", "\"payloadRevision\":1")));
        lines.add(bytes(line("fine", "\"version\":2")));
        lines.add(bytes(line("e14", "\"aggregateId\":\"fine\"")));
        lines.add(bytes("{\"id\":\"cut\",\"payload\":{"));
        write(lines);

        ImportRefused refusal = catchThrowableOfType(ImportRefused.class, this::run);

        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .containsExactly(
                        "row 2, column payload: is no JSON: Unexpected close marker ']': expected '}'",
                        "row 3 is no JSON object",
                        "row 4 has more behind its JSON object",
                        "row 5, column id: is there twice",
                        "row 6, column id: has no value",
                        "row 6, column type: is true, not text",
                        "row 6, column aggregateId: has no value",
                        "row 6, column version: is 1.0, not a whole number",
                        "row 6, column timestamp: is Infinity, not a number of milliseconds",
                        "row 6, column source: is a structure, not text",
                        "row 6, column payload: has no value",
                        "row 7, column id: has half a surrogate pair: it is not well-formed text",
                        "row 7, column aggregateId: has half a surrogate pair: it is not well-formed text",
                        "row 8 is not well-formed UTF-8 text",
                        "row 9, column metadata: is no JSON object: \"\"{}\"\"",
                        "row 10, column swarmId: is \"other\", but the metadata names none and the event belongs to \"swarm\"",
                        "row 11, column payloadAsStored: is not payload with other white space",
                        "row 12, column payloadRevision: is not text",
                        "row 13, column id: is \"fine\", an event that the ledger has with another version",
                        "row 14, column version: is 1, which the event \"fine\" has in the aggregate \"fine\"",
                        "row 15, column payload: is no JSON: Unexpected end-of-input: expected close marker for Object");
        assertThat(rows(log, ALL)).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsNamedAndTheNextOneIsReadAgain() throws Exception {
        String big = "x".repeat(200_000);
        Files.writeString(
                file,
                line("e1") + "\n" + line("e2", "\"payload\":\"" + big + "\"") + "\n\n" + line("e4") + "\n"
                        + line("e5", "\"payload\":\"" + big + "\""));

        List<String> seen = new ArrayList<>();
        try (NdjsonEvents events = new NdjsonEvents(file, 100_000)) {
            while (events.next()) {
                seen.add(events.row() + " " + (events.defect() == null ? events.value(Column.ID) : events.defect()));
            }
            assertThat(events.done()).isEqualTo(events.total());
        }

        assertThat(seen)
                .containsExactly(
                        "1 e1",
                        "2 row 2 is longer than 100000 bytes, more than is taken",
                        "4 e4",
                        "5 row 5 is longer than 100000 bytes, more than is taken");
    }

    @Test
    void linesOfEveryLengthAroundTheBuffersSizeAreRead() throws Exception {
        List<byte[]> lines = new ArrayList<>();
        for (int length = (1 << 16) - 3; length < (1 << 16) + 4; length++) {
            String frame = line("e" + length, "\"payload\":\"\"");
            lines.add(bytes(line(
                    "e" + length,
                    "\"payload\":\"" + "\u00fc".repeat(50) + "x".repeat(length - 100 - frame.length()) + "\"")));
        }
        lines.add(bytes(line("m", "\"payload\":\"" + "y".repeat(1 << 20) + "\"")));
        write(lines);

        assertThat(run()).isEqualTo(new Imported(8, 0, 0));
        assertThat(rows(log, "SELECT length(CAST(payload AS BLOB)) FROM DomainEventEntry WHERE globalIndex = 8"))
                .containsExactly("Integer " + ((1 << 20) + 2) + " | ");
    }

    @Test
    void aPayloadAtTheLimitOfItsDepthIsRead() throws Exception {
        Files.writeString(file, line("e1", "\"payload\":" + "[".repeat(500) + "]".repeat(500)));
        assertThat(run().added()).isEqualTo(1);

        Files.writeString(file, line("e2", "\"payload\":" + "[".repeat(501) + "]".repeat(501)));
        assertThatThrownBy(this::run)
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("row 1, column payload: is no JSON: Document nesting depth (502)");
    }

    @Test
    void whatAFileIsItsBeginningSaysNotItsName() throws Exception {
        Path database = ClaudeFlowDatabase.original("edge", directory);
        Files.move(database, file);
        Path text = Files.writeString(directory.resolve("export.db"), line("e1"));

        assertThat(run(file).added()).isEqualTo(25);
        assertThat(run(text).added()).isEqualTo(1);
    }

    @Test
    void aPrefixStandsBeforeItsIdsToo() throws Exception {
        Files.writeString(
                file, line("e1", "\"source\":\"a1\"", "\"metadata\":{\"swarmId\":\"s\"}", "\"swarmId\":\"s\""));

        new Import(ledger, AggregateTypes.ofLedger().storedTypes()).from(file, Optional.of("p."), Progress.SILENT);

        assertThat(rows(
                        log,
                        "SELECT eventIdentifier, aggregateIdentifier, source, metaData, swarmId FROM DomainEventEntry"))
                .containsExactly(
                        "String p.e1 | String p.e1 | String p.a1 | String {\"swarmId\":\"p.s\"} | String p.s | ");
    }

    @Test
    void aFileThatSomebodyWritesToMeanwhileIsRefused() throws Exception {
        Files.writeString(file, line("e1") + "\n");
        Import importing = new Import(ledger, AggregateTypes.ofLedger().storedTypes());

        assertThatThrownBy(() -> importing.from(file, Optional.empty(), (done, total) -> append(line("e2"))))
                .isInstanceOf(ImportRefused.class)
                .hasMessageContaining("was written to while it was read");
        assertThat(rows(log, ALL)).isEmpty();
    }

    private void append(String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Imported run() {
        return run(file);
    }

    private Imported run(Path from) {
        return new Import(ledger, AggregateTypes.ofLedger().storedTypes())
                .from(from, Optional.empty(), Progress.SILENT);
    }

    private void write(List<byte[]> lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            out.write(line);
            out.write('\n');
        }
        Files.write(file, out.toByteArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An event that nothing is wrong with, but for what {@code fields} say; its aggregate has its id. */
    private static String line(String id, String... fields) {
        StringBuilder line = new StringBuilder("{\"id\":\"" + id + "\"");
        List<String> all = new ArrayList<>(List.of(
                "\"type\":\"task:queued\"",
                "\"aggregateId\":\"" + id + "\"",
                "\"aggregateType\":\"task\"",
                "\"version\":1",
                "\"timestamp\":7",
                "\"source\":\"swarm\"",
                "\"payload\":{}"));
        for (String field : fields) {
            all.removeIf(one -> one.startsWith(field.substring(0, field.indexOf(':') + 1)));
            all.add(field);
        }
        all.forEach(field -> line.append(',').append(field));
        return line.append('}').toString();
    }
}
