package io.swarmledger.app.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmledger.app.http.HttpLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that shows the API is the one with a policy of its own: a browser has to be content with it. */
class SwaggerUiTest {

    private static final String[] OPTIONS = {
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-logging=stderr",
        "--virtual-time-budget=20000"
    };

    @TempDir
    Path directory;

    @Test
    void aBrowserShowsTheApiAndRefusesNothing() throws Exception {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "No Chromium is installed here");
        Path page = directory.resolve("page");
        Path messages = directory.resolve("messages");
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            List<String> command = Stream.of(
                            Stream.of(chromium.get().toString()),
                            Stream.of(OPTIONS),
                            Stream.of(
                                    "--user-data-dir=" + directory.resolve("profile"),
                                    "--dump-dom",
                                    ledger.uri("/swagger-ui/index.html").toString()))
                    .flatMap(words -> words)
                    .toList();
            Process browser = new ProcessBuilder(command)
                    .redirectOutput(page.toFile())
                    .redirectError(messages.toFile())
                    .start();
            try {
                assertThat(browser.waitFor(180, TimeUnit.SECONDS))
                        .as("the page is shown")
                        .isTrue();
            } finally {
                browser.destroyForcibly();
            }
        }

        assertThat(Files.readString(messages)).doesNotContain("Content Security Policy", "Refused to");
        assertThat(Files.readString(page)).contains("opblock", "/api/projections");
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> Stream.of(Path.of(folder, "chromium"), Path.of(folder, "chromium-browser")))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
