package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("I3 text that is not well-formed, or unwelcome")
class I03UnwelcomeTextTest {

    private static HttpLedger ledger;

    @BeforeAll
    static void open() {
        ledger = HttpLedger.inMemory();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c328", "e28228", "f0288cbc", "eda080", "edb080", "eda0bdedb880", "f4908080"})
    void bytesThatAreNoUtf8AreRefused(String hex) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"agentId\":\"x\",\"role\":\"".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(HexFormat.of().parseHex(hex));
        body.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));

        Answer answer = ledger.send(ledger.request("/api/agents")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));

        assertRefused(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"agentId\":\"x\",\"role\":\"\\ud83d\"}",
                "{\"agentId\":\"x\",\"role\":\"\\ude00\"}",
                "{\"agentId\":\"x\",\"role\":\"\\ude00\\ud83d\"}",
                "{\"agentId\":\"x\",\"role\":\"\\ud83d and more\"}",
                "{\"agentId\":\"x\",\"source\":\"\\ud83d\"}",
                "{\"agentId\":\"x\",\"metadata\":{\"deep\":[{\"k\":\"\\ud83d\"}]}}",
                "{\"agentId\":\"x\",\"metadata\":{\"\\ud83d\":1}}",
                "{\"agentId\":\"x\",\"capabilities\":[\"\\udead\"]}",
            })
    void halfASurrogatePairIsRefusedWhereverItIs(String body) {
        assertRefused(ledger.post("/api/agents", body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a/b",
                "a\\b",
                "ä",
                "a\u0000b",
                "\uFEFFa",
                "a\u202Eb",
                "a\nb",
                "a'b",
                "a\"b",
                "a;b",
                "a%b",
                "<a>",
                "",
                " ",
                "😀",
            })
    void anIdHasTheCharactersThatIdsHave(String id) {
        String quoted = Json.mapper().writeValueAsString(id);

        assertRefused(ledger.post("/api/agents", "{\"agentId\":" + quoted + "}"), "agentId");
        assertRefused(
                ledger.post("/api/tasks", "{\"taskId\":\"t\",\"title\":\"T\",\"dependencies\":[" + quoted + "]}"),
                "dependencies[0]");
    }

    @Test
    void anIdHas128CharactersAtMost() {
        assertRefused(ledger.post("/api/agents", "{\"agentId\":\"" + "i".repeat(300) + "\"}"), "agentId");
        assertRefused(ledger.post("/api/agents", "{\"agentId\":\"" + "i".repeat(129) + "\"}"), "agentId");
        assertThat(ledger.post("/api/agents", "{\"agentId\":\"" + "i".repeat(128) + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(ledger.post("/api/agents", "{\"agentId\":\"Aa0._:@-\"}").status())
                .isEqualTo(201);
    }

    /** Text that is well-formed comes back as it was sent: NUL, a mark of byte order, of direction, what is beyond U+FFFF. */
    @Test
    void otherTextComesBackToTheCharacter() {
        String text =
                "a\u0000b \uFEFF \u202Egnp.exe\u202C \u2028 \u0007 \uD83D\uDE00 \u00E9 e\u0301 \u001B[31m <script>";
        Answer spawned = ledger.post(
                "/api/agents",
                Json.mapper()
                        .writeValueAsString(Map.of("agentId", "texts", "role", text, "metadata", Map.of(text, text))));
        assertThat(spawned.status()).as(spawned.text()).isEqualTo(201);
        String position = spawned.json().get("position").asString();

        Answer event = ledger.get("/api/events/" + spawned.json().get("id").stringValue());

        assertThat(event.json().at("/payload/role").stringValue()).isEqualTo(text);
        assertThat(event.json().get("metadata").get(text).stringValue()).isEqualTo(text);
        assertThat(event.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(ledger.get("/api/agents/texts?minPosition=" + position)
                        .json()
                        .get("role")
                        .stringValue())
                .isEqualTo(text);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:swarm-ledger:problem:malformed");
        assertThat(ledger.get("/api/aggregates/x/events").status()).isEqualTo(404);
    }

    private static void assertRefused(Answer answer, String field) {
        assertRefused(answer);
        assertThat(answer.json().get("field").stringValue()).isEqualTo(field);
        assertThat(answer.json().get("detail").stringValue())
                .as("fit for a terminal")
                .matches("\\p{ASCII}+")
                .doesNotContainPattern("\\p{Cntrl}");
    }
}
