package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.ChildJvm;
import io.swarmledger.app.SwarmLedger;
import io.swarmledger.app.cli.Terminal.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tokens from a terminal, and a service that will not start where others reach it before there is one. */
class TokenToolTest {

    private static final Pattern SERVED = Pattern.compile("is served at http://0\\.0\\.0\\.0:(\\d+)/");

    @TempDir
    Path home;

    @Test
    void aTokenIsPrintedOnceListedWithoutItsSecretAndRevoked() {
        Path data = home.resolve("ledger");

        Result created = Terminal.run("token", "create", "ci", "--role", "writer", "--data", data)
                .succeeded();
        assertThat(created.out()).matches("slt_\\S{43}\\R");
        assertThat(created.err()).contains("ci").doesNotContain(created.out().strip());

        Result listed = Terminal.run("token", "list", "--data", data).succeeded();
        assertThat(listed.out()).contains("ci", "writer").doesNotContain("slt_");
        JsonNode json = Terminal.run("token", "list", "--json", "--data", data)
                .succeeded()
                .json();
        assertThat(json).hasSize(1);
        assertThat(json.get(0).get("name").asString()).isEqualTo("ci");
        assertThat(json.get(0).has("hash")).isFalse();

        assertThat(Terminal.run("token", "create", "ci", "--role", "reader", "--data", data)
                        .exitCode())
                .isEqualTo(1);
        assertThat(Terminal.run("token", "revoke", "ci", "--data", data)
                        .succeeded()
                        .err())
                .contains("last one");
        Result again = Terminal.run("token", "revoke", "ci", "--data", data);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("no token ci");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "token creat",
                "token create",
                "token create a",
                "token create a --role king",
                "token create a/b --role reader",
                "token create a --role reader --data :memory:",
                "token revoke",
                "serve --log-format xml"
            })
    void wrongUsageIsNamed(String words) {
        Result result = Terminal.run((Object[]) words.split(" "));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).isNotBlank();
    }

    private Process serve(Path data, Path output, String... more) throws IOException {
        List<String> command = ChildJvm.command(SwarmLedger.class, "-XX:TieredStopAtLevel=1", "-Xmx256m");
        command.addAll(List.of("serve", "--bind", "0.0.0.0", "--port", "0", "--data", data.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    @Test
    void whereOthersReachItTheServiceDoesNotStartWithoutATokenAndServesNobodyWithoutOne() throws Exception {
        Path data = home.resolve("ledger");
        Path output = home.resolve("output");

        Process refused = serve(data, output);
        assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(1);
        assertThat(output).content().contains("token create NAME --role operator --data " + data);
        assertThat(data).as("nothing was started").doesNotExist();

        String secret = Terminal.run("token", "create", "olga", "--role", "operator", "--data", data)
                .succeeded()
                .out()
                .strip();
        Process served = serve(data, output, "--log-format", "ecs");
        try {
            Matcher address = Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .failFast("it has ended", () -> !served.isAlive())
                    .until(() -> SERVED.matcher(Files.readString(output)), Matcher::find);
            URI uri = URI.create("http://127.0.0.1:" + address.group(1) + "/api/projections");
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(client.send(
                                    HttpRequest.newBuilder(uri)
                                            .header("Authorization", "Bearer " + secret)
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            served.destroy();
            assertThat(served.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(output)
                .content()
                .as("its log is JSON")
                .contains("{\"@timestamp\":")
                .doesNotContain(secret);
    }
}
