package io.swarmledger.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What HTTP itself refuses is a problem too: never a page, never a stack trace. */
class ProtocolTest {

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
    @ValueSource(strings = {"DELETE", "PUT", "PATCH"})
    void aMethodThatAPathDoesNotKnowIsNamedAndThoseThatItKnowsAre(String method) {
        Answer answer = ledger.send(ledger.request("/api/stats").method(method, BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:swarm-ledger:problem:method-not-allowed");
        assertThat(answer.json().get("detail").stringValue())
                .isEqualTo(method + " is not allowed at /api/stats, but GET");
    }

    @Test
    void aConnectionStaysOpenHoweverManyRequestsItCarries() throws IOException {
        String request = "GET /api/stats HTTP/1.1\r\nHost: 127.0.0.1:" + ledger.port() + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", ledger.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(((request + "\r\n").repeat(149) + request + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(1 + 150);
        }
    }

    @Test
    void whoeverAcceptsNoJsonIsToldInJson() {
        Answer answer = ledger.get("/api/agents", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("detail").stringValue())
                .isEqualTo("/api/agents answers application/json, which Accept does not allow");
        Answer nothing = ledger.get("/api/nothing", "Accept", "text/html");
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {";;;", "json", "text/", "*/json", "a b"})
    void anAcceptThatIsNoneIsPassedOver(String accept) {
        assertThat(ledger.get("/api/agents", "Accept", accept).status()).isEqualTo(200);
        Answer refused = ledger.get("/api/agents?limit=x", "Accept", accept);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().get("field").stringValue()).isEqualTo("limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/agents?role=%zz HTTP/1.1\nHost: 127.0.0.1",
                "GET /api/agents?role=%ff HTTP/1.1\nHost: 127.0.0.1",
                "GET /api/agents/a%2Fb HTTP/1.1\nHost: 127.0.0.1",
                "GET /api/agents/a%00b HTTP/1.1\nHost: 127.0.0.1",
                "GET /api/agents/%ff HTTP/1.1\nHost: 127.0.0.1",
                "GET /api/agents/<script> HTTP/1.1\nHost: 127.0.0.1",
                "GET /api/../../etc/passwd HTTP/1.1\nHost: 127.0.0.1",
                "GET /api/agents HTTP/1.1",
                "GET /api/agents HTTP/1.1\nHost: 127.0.0.1\nHost: localhost",
                "GET",
                "HELO ledger HTTP/1.1\nHost: 127.0.0.1",
            })
    void whatIsNoRequestIsAProblemAndNoPage(String request) throws IOException {
        assertProblem(raw(request + "\nConnection: close\n\n"), 400);
    }

    @Test
    void aMethodThatNobodyKnowsIsAProblem() throws IOException {
        String rest = " /api/agents HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n";
        assertProblem(raw("TRACE" + rest), 405);
        assertProblem(raw("BREW" + rest), 400);
        assertProblem(raw("POST" + rest.replaceFirst("\n", "\nTransfer-Encoding: pigeon\n")), 501);
    }

    private static void assertProblem(String answer, int status) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("Content-Type: application/problem+json")
                .contains("X-Ledger-Id: ")
                .doesNotContain("<html", "\tat ", "Exception", "Tomcat");
        JsonNode problem = Json.mapper().readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertThat(problem.get("type").stringValue()).startsWith("urn:swarm-ledger:problem:");
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("detail").stringValue()).isNotBlank();
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", ledger.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
