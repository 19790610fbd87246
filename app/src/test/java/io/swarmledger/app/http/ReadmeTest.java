package io.swarmledger.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import io.swarmledger.events.Json;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the README shows under "Over HTTP" does what it says there. */
class ReadmeTest {

    private static final Pattern LINES = Pattern.compile("## Over HTTP\n.*?```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PAST = Pattern.compile("### Back in time\n.*?```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COORDINATOR = Pattern.compile("### For agents.*?```bash\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void theLinesOfTheReadmeWork() throws Exception {
        assumeTrue(isInstalled("curl") && isInstalled("sh"), "there is no curl or no sh here");
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            String script = (blockOf(LINES) + blockOf(PAST)).replace("127.0.0.1:8080", "127.0.0.1:" + ledger.port());

            List<JsonNode> answers = new ArrayList<>();
            run(Map.of(), "sh", "-e", "-c", script.replaceAll("(?m)^(curl [^#\n]*).*$", "$1; echo"))
                    .forEach(line -> answers.add(Json.mapper().readTree(line)));

            assertThat(answers).hasSize(11);
            assertThat(answers.get(0).get("aggregateId").stringValue()).isEqualTo("agent-1");
            assertThat(answers.get(1).get("id").stringValue()).isEqualTo("create-task-1");
            assertThat(answers.get(2).get("version").intValue()).isEqualTo(2);
            assertThat(answers.get(3).get("currentTask").stringValue()).isEqualTo("task-1");
            assertThat(answers.get(4).at("/items/0/position").intValue()).isEqualTo(3);
            assertThat(answers.get(5).at("/state/status").stringValue()).isEqualTo("idle");
            assertThat(answers.get(6).at("/counts/agents/idle").intValue()).isEqualTo(1);
            assertThat(answers.get(7).at("/changes/items/0/fields/0/to").stringValue())
                    .isEqualTo("active");
            assertThat(answers.get(8).at("/evidence/byStatus.pending").stringValue())
                    .startsWith("/api/evidence?type=task&field=status&status=pending&position=");
            assertThat(answers.get(9).at("/items/0/events/0/id").stringValue()).isEqualTo("create-task-1");
            assertThat(answers.get(10).get("kind").stringValue()).isEqualTo("check");
        }
    }

    @Test
    void theCoordinatorOfTheReadmeWorksAndWorksAgain() throws Exception {
        assumeTrue(isInstalled("curl") && isInstalled("bash"), "there is no curl or no bash here");
        String coordinator = blockOf(COORDINATOR);
        assertThat(coordinator.lines()).hasSizeLessThanOrEqualTo(40);
        String script = Files.writeString(directory.resolve("coordinator.sh"), coordinator)
                .toString();
        String secret = new TokenFile(new LedgerFiles(directory)).create("ada", Role.writer, Clock.systemUTC());
        try (HttpLedger ledger = HttpLedger.in(directory)) {
            Map<String, String> environment =
                    Map.of("LEDGER", ledger.uri("").toString(), "TOKEN", secret, "RUN", "run-7");

            List<String> printed = run(environment, "bash", script);

            List<String> types = List.of(
                    "swarm:initialized",
                    "agent:spawned",
                    "agent:started",
                    "agent:spawned",
                    "agent:started",
                    "task:created",
                    "task:queued",
                    "agent:task-assigned",
                    "task:started",
                    "task:failed",
                    "agent:failed",
                    "memory:stored",
                    "agent:task-assigned",
                    "task:started",
                    "memory:retrieved",
                    "task:completed",
                    "agent:task-completed");
            List<String> recorded = new ArrayList<>();
            JsonNode events = get(ledger, "/api/events?swarmId=run-7", secret).get("items");
            events.forEach(event -> {
                recorded.add(event.get("position").asString() + " "
                        + event.get("type").stringValue());
                assertThat(event.get("recordedBy").stringValue()).isEqualTo("ada");
            });
            assertThat(recorded).map(event -> event.replaceFirst("\\d+ ", "")).isEqualTo(types);
            assertThat(events.get(5).get("id").stringValue()).isEqualTo("run-7-created");
            assertThat(printed).as("the stream").endsWith(recorded.toArray(String[]::new));
            JsonNode task = Json.mapper().readTree(printed.get(printed.size() - types.size() - 1));
            assertThat(task.get("status").stringValue()).isEqualTo("completed");
            assertThat(task.get("assignedAgent").stringValue()).isEqualTo("run-7-coder-2");

            assertThat(run(environment, "bash", script)).isEqualTo(printed);
            assertThat(get(ledger, "/api/stats", secret).get("totalEvents").intValue())
                    .isEqualTo(types.size());
        }
    }

    private static JsonNode get(HttpLedger ledger, String path, String secret) {
        return ledger.get(path, "Authorization", "Bearer " + secret).json();
    }

    private static String blockOf(Pattern pattern) throws Exception {
        return pattern.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** The lines that a script printed. */
    private static List<String> run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process shell = builder.start();
        shell.getOutputStream().close();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
