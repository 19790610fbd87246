package example.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ServiceInProcessTest {

    private static final String ANNA =
            "Basic " + Base64.getEncoder().encodeToString("anna:secret".getBytes());

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void whatIsSentToTheLedgerIsThereAndItsPagesShowIt() throws Exception {
        HttpResponse<String> spawned = answer(at("/ledger/api/agents")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"agentId\":\"agent-1\",\"role\":\"coder\"}")));
        assertThat(spawned.statusCode()).isEqualTo(201);
        String agent = spawned.headers().firstValue("Location").orElseThrow();
        assertThat(answer(at(agent + "?minPosition=1")).body()).contains("\"coder\"");

        HttpResponse<String> page = answer(at("/ledger/agents").header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("agent-1", "href=\"/ledger/assets/ledger.css\"").doesNotContain("href=\"/agents");
    }

    @Test
    void whatIsTheApplicationsIsAsItWouldBeWithoutALedger() throws Exception {
        assertThat(answer(at("/")).statusCode()).isEqualTo(401);
        assertThat(answer(at("/").header("Authorization", ANNA)).body()).contains("Its own first page");
        assertThat(answer(at("/tasks")).body()).contains("tasks of its own", "href=\"/tasks\"");
        HttpResponse<String> nothing = answer(at("/nothing").header("Authorization", ANNA));
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.body()).contains("\"error\":\"Not Found\"");
        assertThat(nothing.headers().firstValue("X-Ledger-Id")).isEmpty();
    }
}
