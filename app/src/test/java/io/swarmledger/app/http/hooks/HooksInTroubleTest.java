package io.swarmledger.app.http.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HooksInTroubleTest {

    private static final String DOOR = "/api/hooks/claude-code";

    @TempDir
    private Path directory;

    private static String hook(String event, Map<String, ?> fields) {
        var json = Json.mapper().createObjectNode().put("session_id", "s").put("hook_event_name", event);
        fields.forEach((name, value) -> json.set(name, Json.mapper().valueToTree(value)));
        return json.toString();
    }

    /** Put together so that no program that looks for secrets finds one here. */
    private static List<String> secrets() {
        String letters = "Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3Ab4Cd5Ef6Gh7";
        String hex = "0123456789abcdef0123456789abcdef";
        return List.of(
                "sk-" + "ant-api03-" + letters,
                "sk-" + "proj-" + letters,
                "sk-" + letters,
                "AKIA" + "QWERTYUIOPASDFGH",
                "ghp" + "_" + letters,
                "github_" + "pat_" + letters,
                "glpat" + "-" + letters,
                "xoxb" + "-123456789012-" + letters,
                "https://hooks.slack.com/" + "services/T0/B0/" + letters,
                "sk_" + "live_" + letters,
                "AIza" + letters,
                "AccountKey=" + letters + "==",
                "npm" + "_" + letters,
                "pypi" + "-AgE" + letters,
                "hf" + "_" + letters,
                "SG" + ".abcdefghijklmnop." + letters,
                "SK" + hex,
                "1234567890:" + "AA" + letters,
                "eyJ" + letters + ".eyJ" + letters + "." + letters,
                "-----BEGIN " + "PRIVATE KEY-----\n" + letters + "\n-----END PRIVATE KEY-----",
                "Authorization: Bearer " + letters,
                "postgres://app:" + letters + "@db/app",
                "password=" + letters);
    }

    @Test
    void secretsAreInNoFileAndNoLogAndWhatCannotBeWrittenStopsNoSession(CapturedOutput output) throws IOException {
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            int call = 0;
            for (String secret : secrets()) {
                Map<String, ?> bash = Map.of(
                        "tool_name",
                        "Bash",
                        "tool_use_id",
                        "t" + call,
                        "tool_input",
                        Map.of("command", "run " + secret));
                post(ledger, hook("PostToolUse", bash));
                post(
                        ledger,
                        hook(
                                "PostToolUseFailure",
                                Map.of("tool_name", "Read", "tool_use_id", "f" + call, "error", "failed: " + secret)));
                post(ledger, hook("TaskCreated", Map.of("task_id", "" + call, "task_subject", "Use " + secret)));
                post(ledger, hook("UserPromptSubmit", Map.of("prompt_id", "p" + call, "prompt", secret)));
                post(ledger, hook("Brand" + "New", Map.of("value", secret)));
                post(ledger, "no JSON " + secret);
                call++;
            }
            String counts = ledger.get(DOOR).text();
            assertThat(Json.mapper().readTree(counts).path("lost").longValue()).isZero();
            String events = ledger.get("/api/events?limit=10000").text();
            assertThat(events).contains("[redacted: github-token]");
            requireNone(counts + events);

            ledger.bean(LogFile.class).writer().close();
            post(ledger, hook("SessionEnd", Map.of("reason", "other")));
            assertThat(ledger.get(DOOR).json().path("lost").longValue()).isEqualTo(1);
            assertThat(ledger.get(DOOR).json().path("lastTrouble").asString()).isNotBlank();
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                requireNone(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        requireNone(output.getAll());
    }

    private static void requireNone(String text) {
        assertThat(text.contains("Ab1Cd2Ef3Gh4")
                        || text.contains("QWERTYUIOPASDFGH")
                        || text.contains("0123456789abcdef0123"))
                .isFalse();
    }

    private static void post(HttpLedger ledger, String hook) {
        assertThat(ledger.post(DOOR, hook).text()).isEqualTo("{}");
    }
}
