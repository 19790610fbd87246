package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal.Result;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ConnectTest {

    private static final String NOBODY = "http://127.0.0.1:9";

    /** As a person has them: names that nobody knows, numbers with digits of their own, hooks of others. */
    private static final String THERE =
            """
            {
              "zulu": [],
              "model": "opus",
              "big": 12345678901234567890123,
              "exact": 1.10,
              "hooks": {
                "PostToolUse": [
                  {
                    "matcher": "Write|Edit",
                    "hooks": [
                      {
                        "type": "command",
                        "command": "prettier --write"
                      },
                      {
                        "type": "http",
                        "url": "http://127.0.0.1:9000/other"
                      }
                    ]
                  }
                ],
                "Notification": []
              },
              "permissions": {
                "allow": [
                  "Bash(ls:*)"
                ]
              },
              "empty": {}
            }
            """;

    @TempDir
    Path project;

    private Path settings;

    @BeforeEach
    void settings() throws IOException {
        settings = project.resolve(".claude/settings.json");
        Files.createDirectories(settings.getParent());
    }

    private Result connect(String... more) {
        return run("connect", more);
    }

    private Result run(String command, String... more) {
        Object[] words = new Object[4 + more.length];
        words[0] = command;
        words[1] = "claude-code";
        words[2] = "--project";
        words[3] = project;
        System.arraycopy(more, 0, words, 4, more.length);
        return Terminal.run(words);
    }

    @Test
    void thatNoHookIsSentAtAllIsSaid() throws IOException {
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, "{\"disableAllHooks\": true}");
        assertThat(connect("--url", NOBODY, "--yes").succeeded().err()).contains("disableAllHooks", "no hook is sent");
        Files.writeString(settings, "{\"disableAllHooks\": false}");
        assertThat(connect("--url", NOBODY, "--yes").succeeded().err()).doesNotContain("disableAllHooks");
    }

    @Test
    void theChangeIsShownAndWrittenOnlyWhereThatIsAsked() throws IOException {
        Result shown = connect("--url", NOBODY).succeeded();
        assertThat(settings).doesNotExist();
        assertThat(shown.out()).contains("+ ", "\"type\": \"http\"", NOBODY + "/api/hooks/claude-code");
        assertThat(shown.err())
                .contains("Nothing was written", "No service is running at " + NOBODY, "serve", "SessionStart", "curl");

        connect("--url", NOBODY, "--yes").succeeded();
        JsonNode hooks = Json.mapper().readTree(Files.readString(settings)).path("hooks");
        assertThat(hooks.propertyNames())
                .contains("PostToolUse", "PostToolUseFailure", "SubagentStop", "TaskCompleted", "SessionEnd")
                .doesNotContain("SessionStart");
        JsonNode hook = hooks.path("PostToolUse").path(0).path("hooks").path(0);
        assertThat(hook.path("type").asString()).isEqualTo("http");
        assertThat(hook.path("url").asString()).isEqualTo(NOBODY + "/api/hooks/claude-code");
        assertThat(hook.path("timeout").intValue()).isPositive();
    }

    @Test
    void whatIsThereStaysAndIsThereAgainAfterwards() throws IOException {
        Files.writeString(settings, THERE);
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r-----"));

        connect("--url", NOBODY, "--yes").succeeded();
        String connected = Files.readString(settings);
        assertThat(connected).contains("\"exact\": 1.10,", "12345678901234567890123", "prettier --write", "9000/other");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
                .isEqualTo("rw-r-----");

        Result again = connect("--url", NOBODY, "--yes").succeeded();
        assertThat(again.err()).contains("Nothing is to be changed");
        assertThat(Files.readString(settings)).isEqualTo(connected);

        run("disconnect", "--yes").succeeded();
        assertThat(Files.readString(settings)).isEqualTo(THERE);
        assertThat(run("disconnect", "--yes").succeeded().err()).contains("Nothing is to be changed");
        try (var left = Files.list(settings.getParent())) {
            assertThat(left).containsExactly(settings);
        }
    }

    @Test
    void anotherAddressTakesThePlaceOfTheOneBefore() throws IOException {
        connect("--url", NOBODY, "--yes").succeeded();
        connect("--url", "http://127.0.0.1:8/base/", "--token", "MY_TOKEN", "--yes")
                .succeeded();

        String text = Files.readString(settings);
        assertThat(text).doesNotContain(NOBODY + "/api").contains("http://127.0.0.1:8/base/api/hooks/claude-code");
        JsonNode hook = Json.mapper()
                .readTree(text)
                .path("hooks")
                .path("Stop")
                .path(0)
                .path("hooks")
                .path(0);
        assertThat(hook.path("headers").path("Authorization").asString()).isEqualTo("Bearer $MY_TOKEN");
        assertThat(hook.path("allowedEnvVars").path(0).asString()).isEqualTo("MY_TOKEN");
        run("disconnect", "--yes").succeeded();
        assertThat(Files.readString(settings)).isEqualTo("{}\n");
    }

    @Test
    void tabsStayTabs() throws IOException {
        Files.writeString(settings, "{\n\t\"model\": \"opus\"\n}");
        connect("--url", NOBODY, "--yes").succeeded();
        assertThat(Files.readString(settings))
                .contains("\n\t\t\"UserPromptSubmit\"")
                .endsWith("}");
        run("disconnect", "--yes").succeeded();
        assertThat(Files.readString(settings)).isEqualTo("{\n\t\"model\": \"opus\"\n}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hooks\": ",
                "[1]",
                "{\"hooks\": 5}",
                "{\"hooks\": {\"Stop\": {}}}",
                "{\"a\": 1, \"a\": 2}",
                "{} {}",
                "// comment\n{}"
            })
    void settingsThatAreBrokenAreNamedAndLeftAlone(String text) throws IOException {
        Files.writeString(settings, text);
        Result result = connect("--url", NOBODY, "--yes");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains(settings.toString(), "It was left as it is");
        assertThat(Files.readString(settings)).isEqualTo(text);
    }

    @Test
    void aLinkIsNotFollowedInSilence() throws IOException {
        Path elsewhere = Files.writeString(project.resolve("elsewhere.json"), "{}\n");
        Files.createSymbolicLink(settings, elsewhere);

        assertThat(connect("--url", NOBODY).succeeded().err())
                .contains(elsewhere.toRealPath().toString());
        connect("--url", NOBODY, "--yes").succeeded();
        assertThat(settings).isSymbolicLink();
        assertThat(Files.readString(elsewhere)).contains("PostToolUse");

        Files.delete(elsewhere);
        Result nowhere = connect("--url", NOBODY, "--yes");
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err()).contains("is a link to what is not there");
    }

    @Test
    void wrongUsageIsAnsweredAtOnce() {
        assertThat(Terminal.run("connect").exitCode()).isEqualTo(2);
        assertThat(Terminal.run("connect", "emacs").exitCode()).isEqualTo(2);
        assertThat(Terminal.run("disconnect", "emacs").exitCode()).isEqualTo(2);
        assertThat(connect("--user").exitCode()).isEqualTo(2);
        assertThat(connect("--url", "ftp://x").exitCode()).isEqualTo(2);
        assertThat(connect("--url", "nonsense").exitCode()).isEqualTo(2);
        Result secret = connect("--token", "slt_" + "x".repeat(43));
        assertThat(secret.exitCode()).isEqualTo(2);
        assertThat(secret.err()).contains("variable").doesNotContain("slt_xxx");
        assertThat(Terminal.run("connect", "claude-code", "--project", project.resolve("nowhere"))
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aServiceThatRunsIsSeenAndHearsWhatTheSettingsSay() throws IOException {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            String url = "http://127.0.0.1:" + ledger.port();
            assertThat(connect("--url", url, "--yes").succeeded().err())
                    .contains("The service at " + url + " is running");
            assertThat(connect("--url", url + "/elsewhere").succeeded().err())
                    .contains("not below that path")
                    .doesNotContain("is running");

            String door = Json.mapper()
                    .readTree(Files.readString(settings))
                    .path("hooks")
                    .path("SessionEnd")
                    .path(0)
                    .path("hooks")
                    .path(0)
                    .path("url")
                    .asString()
                    .substring(url.length());
            String hook = "{\"session_id\":\"s\",\"hook_event_name\":\"SessionEnd\",\"reason\":\"other\"}";
            assertThat(ledger.post(door, hook).text()).isEqualTo("{}");
            assertThat(ledger.get("/api/swarms/s?minPosition=5")
                            .json()
                            .path("status")
                            .asString())
                    .isEqualTo("terminated");
        }
    }
}
