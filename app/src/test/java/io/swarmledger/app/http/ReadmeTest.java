package io.swarmledger.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmledger.events.Json;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The lines that the README shows under "Over HTTP" do what it says. */
class ReadmeTest {

    private static final Pattern LINES = Pattern.compile("## Over HTTP\n.*?```sh\n(.*?)```", Pattern.DOTALL);

    @Test
    void theLinesOfTheReadmeWork() throws Exception {
        assumeTrue(isInstalled("curl") && isInstalled("sh"), "there is no curl here");
        Matcher readme = LINES.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(readme.find()).isTrue();
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            String script = readme.group(1).replace("127.0.0.1:8080", "127.0.0.1:" + ledger.port());

            List<JsonNode> answers = run(script);

            assertThat(answers).hasSize(6);
            assertThat(answers.get(0).get("aggregateId").stringValue()).isEqualTo("agent-1");
            assertThat(answers.get(1).get("id").stringValue()).isEqualTo("create-task-1");
            assertThat(answers.get(2).get("version").intValue()).isEqualTo(2);
            assertThat(answers.get(3).get("currentTask").stringValue()).isEqualTo("task-1");
            assertThat(answers.get(4).at("/items/0/position").intValue()).isEqualTo(3);
            assertThat(answers.get(5).at("/state/status").stringValue()).isEqualTo("idle");
        }
    }

    /** What each curl printed. */
    private static List<JsonNode> run(String script) throws Exception {
        Process shell = new ProcessBuilder("sh", "-e", "-c", script.replaceAll("(?m)^curl .*$", "$0; echo"))
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        List<JsonNode> answers = new ArrayList<>();
        printed.lines().forEach(line -> answers.add(Json.mapper().readTree(line)));
        return answers;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
