package io.swarmledger.app.imports;

import static io.swarmledger.app.imports.ClaudeFlowDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that was cut in the middle of a character: two names of a file never become one. */
class CutTextTest extends IntoALog {

    private Path line(String type, String payload, String metadata) throws Exception {
        return Files.writeString(
                directory.resolve("file.ndjson"),
                "{\"id\":\"e\",\"type\":\"" + type + "\",\"aggregateId\":\"x\",\"aggregateType\":\""
                        + type.substring(0, type.indexOf(':')) + "\",\"version\":1,\"timestamp\":1767517200030,"
                        + "\"source\":\"swarm\",\"payload\":" + payload + ",\"metadata\":" + metadata + "}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory:stored     | {\"namespace\":\"ns\\ud83d\"}              | {}                         | payload  | namespace",
                "memory:stored     | {\"key\":\"\\uDE00k\"}                     | {}                         | payload  | key",
                "agent:spawned     | {\"capabilities\":[\"a\",\"\\ud83e\"]}     | {}                         | payload  | capabilities",
                "task:started      | {\"agentId\":\"a\\ud83d\\ud83d\\ude00\"}   | {}                         | payload  | agentId",
                "task:created      | {\"title\":\"T\"}                          | {\"swarmId\":\"sw\\ud83d\"} | metadata | swarmId",
            })
    void aNameThatIsCutIsNamed(String type, String payload, String metadata, String column, String field)
            throws Exception {
        ImportRefused refusal = catchThrowableOfType(ImportRefused.class, () -> take(line(type, payload, metadata)));

        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .containsExactly("row 1, column " + column + ": has half a surrogate pair in " + field
                        + ": it is no name that could be told from others");
        assertThat(rows(log, "SELECT * FROM DomainEventEntry")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"cut \\ud83d...\",\"description\":\"\\uDE00\"}",
                "{\"title\":\"whole \\ud83d\\ude00\",\"taskType\":\"\\ud83d\\ude00\"}",
                "{\"title\":\"no escape: \\\\ud83d\",\"taskType\":\"\\\\ud83d\"}"
            })
    void whatOnlySaysSomethingIsKeptToTheCharacter(String payload) throws Exception {
        take(line("task:created", payload, "{\"note\":\"\\ud83d\"}"));

        assertThat(rows(log, "SELECT payload, metaData FROM DomainEventEntry"))
                .containsExactly("String " + payload + " | String {\"note\":\"\\ud83d\"} | ");
    }

    @Test
    void aPayloadOfAnUnknownTypeIsNobodysToRead() throws Exception {
        take(line("task:dreamt", "{\"agentId\":\"\\ud83d\"}", "{}"));

        assertThat(rows(log, "SELECT payload FROM DomainEventEntry"))
                .containsExactly("String {\"agentId\":\"\\ud83d\"} | ");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16le, d83d0041", "UTF-16le, d83d", "UTF-16be, 0041de000042", "UTF-16be, de00d83d"})
    void aDatabaseInUtf16NamesTheRowAndTheColumn(String encoding, String units) throws Exception {
        Path file = directory.resolve("swarm.db");
        byte[] text = new byte[units.length() / 2];
        for (int i = 0; i < text.length; i++) {
            int at = encoding.endsWith("be") ? i : i ^ 1;
            text[i] = (byte) Integer.parseInt(units.substring(2 * at, 2 * at + 2), 16);
        }
        try (Connection connection = ClaudeFlowDatabase.connect(file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA encoding = '" + encoding + "'");
            statement.execute(ClaudeFlowDatabase.LAX_EVENTS);
            for (String column : List.of("id", "source", "payload")) {
                try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO events (id, type, aggregate_id, aggregate_type, version, timestamp, source, payload)"
                                + " VALUES ('e', 'x:y', 'a', 'task', 1, 1, 'swarm', '\"\uD83D\uDE00\"')")) {
                    insert.executeUpdate();
                }
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE events SET " + column + " = CAST(? AS TEXT) WHERE rowid = last_insert_rowid()")) {
                    update.setBytes(1, text);
                    update.executeUpdate();
                }
            }
        }

        ImportRefused refusal = catchThrowableOfType(ImportRefused.class, () -> take(file));

        String reason = "is not well-formed " + (encoding.endsWith("be") ? "UTF-16BE" : "UTF-16LE") + " text";
        assertThat(refusal.badRows())
                .extracting(BadRow::toString)
                .contains(
                        "row 1, column id: " + reason,
                        "row 2, column source: " + reason,
                        "row 3, column payload: " + reason);
    }
}
