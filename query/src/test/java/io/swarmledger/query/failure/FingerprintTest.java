package io.swarmledger.query.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Messages as programs print them, each with the cause that a reader would say it has. */
class FingerprintTest {

    private record Message(String cause, String text) {

        static Message of(String line) {
            int tab = line.indexOf('\t');
            String text = line.substring(tab + 1)
                    .replace("\\\\", "\u0000")
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .replace("\u0000", "\\");
            return new Message(line.substring(0, tab), text);
        }
    }

    private static List<Message> messages() throws IOException {
        try (InputStream table = FingerprintTest.class.getResourceAsStream("messages.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Message::of)
                    .toList();
        }
    }

    @Test
    void messagesAreAlikeIfAndOnlyIfTheirCauseIs() throws IOException {
        List<Message> messages = messages();
        Map<String, TreeSet<String>> fingerprints = new TreeMap<>();
        Map<String, TreeSet<String>> causes = new HashMap<>();
        for (Message message : messages) {
            String fingerprint = Fingerprint.of(message.text());
            fingerprints
                    .computeIfAbsent(message.cause(), cause -> new TreeSet<>())
                    .add(fingerprint);
            causes.computeIfAbsent(fingerprint, one -> new TreeSet<>()).add(message.cause());
        }
        assertThat(messages).hasSizeGreaterThanOrEqualTo(60);
        assertThat(fingerprints.entrySet().stream()
                        .filter(cause -> cause.getValue().size() > 1))
                .as("causes that fell apart")
                .isEmpty();
        assertThat(causes.entrySet().stream()
                        .filter(fingerprint -> fingerprint.getValue().size() > 1))
                .as("causes that fell together")
                .isEmpty();
    }

    @Test
    void anIdOfAKindIsBlankedHoweverShort() {
        assertThat(List.of("req_77ab", "req_91cd", "req_abcd1", "req_1f2e3d4c"))
                .extracting(id -> Fingerprint.of("Rate limited (429), request " + id))
                .containsOnly("Rate limited (429), request <id>");
        assertThat(Fingerprint.of("lost session 7f3e9a")).isEqualTo(Fingerprint.of("lost session 81bc0d"));
        assertThat(Fingerprint.of("no session_store")).isEqualTo("no session_store");
    }

    @Test
    void whatIsLeftCanBeRead() {
        assertThat(
                        Fingerprint.of(
                                "429 {\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Slow down, request req_12ab34\"}}"))
                .isEqualTo("429 rate_limit_error: Slow down, request <id>");
        assertThat(Fingerprint.of("{\"status\":503,\"code\":\"UNAVAILABLE\",\"message\":\"try again in 3s\"}"))
                .isEqualTo("status 503 UNAVAILABLE: try again in <duration>");
        assertThat(Fingerprint.of(
                        "boom",
                        "Error: boom\n    at load (/a/b.js:1:2)\n    at main (/a/c.js:3:4)\n    at top (x.js:1:1)"))
                .isEqualTo("boom at load < main");
        assertThat(
                        Fingerprint.of(
                                "400 {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is"))
                .isEqualTo("400 invalid_request_error: prompt is");
    }

    @Test
    void whatIsQuotedStaysWhereItNamesTheCause() {
        assertThat(Fingerprint.of("Cannot find module 'express'"))
                .isNotEqualTo(Fingerprint.of("Cannot find module 'koa'"));
        assertThat(Fingerprint.of("the server said \"invalid key\""))
                .isNotEqualTo(Fingerprint.of("the server said \"too many requests\""));
        assertThat(Fingerprint.of("cannot open 'a-17.txt'")).isEqualTo(Fingerprint.of("cannot open 'b-18.txt'"));
    }

    @Test
    void ofHostileTextTheTimeIsThatOfItsLength() {
        for (String piece :
                List.of("'", "\"a", "/a", "{\"type\":\"", "a_", "0", "\n at ", "\\", "(4", "a.b/", "File \"")) {
            assertThat(Fingerprint.of(piece.repeat(100_000))).hasSizeLessThanOrEqualTo(Fingerprint.SHOWN + 1);
        }
    }
}
