package io.swarmledger.app.embedding;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.page.Browser;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.events.Json;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** A web application beside whose controllers and files its ledger is served. */
class ServiceInProcessTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    @Import(Own.class)
    static class Application {}

    /** Its paths are those that the ledger has too. */
    @RestController
    static class Own {

        record Named(String whatItIs) {}

        @GetMapping("/api/agents")
        Named agents() {
            return new Named("the application's");
        }

        @PostMapping("/tasks")
        Named form(@RequestParam String whatItIs) {
            return new Named(whatItIs);
        }

        @GetMapping("/failing")
        Named failing() {
            throw new IllegalStateException("The application's own failure");
        }
    }

    private static ConfigurableApplicationContext application;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties("swarm-ledger.data=:memory:")
                .run(Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "server.address=127.0.0.1",
                                        "spring.jackson.property-naming-strategy=SNAKE_CASE",
                                        "spring.web.resources.static-locations="
                                                + "classpath:/io/swarmledger/app/embedding/static/"),
                                Stream.of(properties))
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
    }

    @BeforeAll
    static void start() {
        application = start(new String[0]);
    }

    @AfterAll
    static void close() {
        application.close();
    }

    private static HttpRequest.Builder at(ConfigurableApplicationContext served, String path) {
        int port = ((WebServerApplicationContext) served).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return answer(at(application, path));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.mapper().readTree(answer.body());
    }

    private static HttpResponse<String> spawn(String agentId) throws Exception {
        return answer(at(application, "/ledger/api/agents")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"agentId\":\"" + agentId + "\",\"role\":\"coder\"}")));
    }

    @Test
    void theApplicationsOwnPathsErrorsFilesAndJsonAreItsOwn() throws Exception {
        HttpResponse<String> own = get("/api/agents");
        assertThat(own.body()).isEqualTo("{\"what_it_is\":\"the application's\"}");
        assertThat(own.headers().firstValue("X-Ledger-Id")).isEmpty();
        assertThat(own.headers().firstValue("Content-Security-Policy")).isEmpty();
        assertThat(get("/own.txt").body()).isEqualTo("A file of the application.\n");
        assertThat(answer(at(application, "/tasks?unknown=1")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("whatItIs=a+form")))
                        .body())
                .isEqualTo("{\"what_it_is\":\"a form\"}");

        assertThat(json(get("/failing")).path("error").asString()).isEqualTo("Internal Server Error");
        assertThat(json(get("/nothing")).path("error").asString()).isEqualTo("Not Found");
        for (String ofTheLedger : new String[] {"/", "/agents", "/api/stats", "/assets/ledger.css", "/v3/api-docs"}) {
            assertThat(get(ofTheLedger).statusCode()).as(ofTheLedger).isEqualTo(404);
        }
    }

    @Test
    void whatTheLedgerAnswersIsBelowItsPath() throws Exception {
        HttpResponse<String> spawned = spawn("agent-1");
        assertThat(spawned.statusCode()).isEqualTo(201);
        assertThat(spawned.headers().firstValue("X-Ledger-Id")).isNotEmpty();
        String agent = spawned.headers().firstValue("Location").orElseThrow();
        assertThat(agent).isEqualTo("/ledger/api/agents/agent-1");
        assertThat(json(get(agent + "?minPosition="
                                + json(spawned).path("position").asLong()))
                        .path("taskCount")
                        .isNumber())
                .isTrue();

        HttpResponse<String> unknown = get("/ledger/api/nothing");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).path("type").asString()).isEqualTo("urn:swarm-ledger:problem:unknown-path");

        String evidence = json(get("/ledger/api/agents/metrics?evidence=true"))
                .path("evidence")
                .iterator()
                .next()
                .asString();
        assertThat(evidence).startsWith("/ledger/api/evidence?");
        assertThat(get(evidence).statusCode()).isEqualTo(200);

        JsonNode described = json(get("/ledger/v3/api-docs"));
        assertThat(described.path("paths").has("/api/agents")).isTrue();
        assertThat(described.path("paths").has("/failing")).isFalse();
    }

    @Test
    void itsPagesLeadToEachOther() throws Exception {
        spawn("agent-2");
        for (String page :
                new String[] {"/ledger/", "/ledger/agents", "/ledger/events?order=desc", "/ledger/operations"}) {
            HttpResponse<String> shown = answer(at(application, page).header("Accept", "text/html"));
            assertThat(shown.statusCode()).as(page).isEqualTo(200);
            assertThat(shown.body())
                    .as(page)
                    .contains("src=\"/ledger/assets/ledger.js\"", "href=\"/ledger/tasks\"")
                    .doesNotContainPattern("(href|src|action)=\"/(?!ledger/)")
                    .doesNotContain("/ledger/ledger");
        }
        assertThat(get("/ledger/assets/ledger.js").body()).contains("from './base.js'");
        assertThat(get("/ledger/webjars/htmx.org/dist/htmx.min.js").statusCode())
                .isEqualTo(200);
        HttpResponse<String> problem = answer(at(application, "/ledger/nothing").header("Accept", "text/html"));
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.body()).contains("Swarm Ledger", "href=\"/ledger/events\"");
    }

    /** The browser fails for what its console says is wrong, and for whatever is asked of anything beside the ledger. */
    @Test
    void itsPagesWorkInABrowser() {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        try (Browser browser = Browser.at(URI.create("http://127.0.0.1:" + port + "/ledger/"))) {
            browser.go("/agents").awaitLive().awaitAll();
            application.getBean(CommandGateway.class).sendAndWait(new SpawnAgent("seen-live", "coder"));
            browser.find("main", "seen-live");
            browser.go("/tasks").awaitLive().awaitAll();
            browser.go("/time").awaitLive().awaitAll();
            browser.go("/events").awaitLive().find("main", "seen-live");
            browser.go("/").awaitLive().awaitAll();
        }
    }

    @Test
    void itsMetersAndItsHealthAreTheApplications() throws Exception {
        application.getBean(CommandGateway.class).sendAndWait(new SpawnAgent("agent-3", "coder"));

        assertThat(application
                        .getBean(MeterRegistry.class)
                        .get("ledger.appends")
                        .counter()
                        .count())
                .isPositive();
        assertThat(application.getBean(HealthContributorRegistry.class).stream().map(entry -> entry.name()))
                .contains("ledgerLog", "ledgerProjections", "ledgerTokens", "ledgerWorkers", "diskSpace");
    }

    @Test
    void whoHasATokenSignsInBelowThePathAndWhoFollowsTheLogKeepsNothingFromEnding(@TempDir Path directory)
            throws Exception {
        String secret = new TokenFile(new LedgerFiles(directory)).create("rita", Role.reader, Clock.systemUTC());
        ConfigurableApplicationContext ending = start(
                "swarm-ledger.data=" + directory,
                "server.servlet.context-path=/of",
                "swarm-ledger.http.base-path=/the/swarm");
        HttpResponse<String> stranger =
                answer(at(ending, "/of/the/swarm/agents").header("Accept", "text/html"));
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).contains("src=\"/of/the/swarm/assets/sign-in.js\"");
        assertThat(answer(at(ending, "/of/the/swarm/assets/base.js")).statusCode())
                .isEqualTo(200);

        HttpResponse<String> session = answer(at(ending, "/of/the/swarm/api/session")
                .header("Authorization", "Bearer " + secret)
                .POST(BodyPublishers.noBody()));
        assertThat(session.statusCode()).isEqualTo(201);
        List<String> cookies = session.headers().allValues("Set-Cookie");
        assertThat(cookies).isNotEmpty().allMatch(cookie -> cookie.contains("Path=/of/the/swarm;"));
        HttpResponse<String> known = answer(at(ending, "/of/the/swarm/agents")
                .header("Accept", "text/html")
                .header(
                        "Cookie",
                        cookies.stream()
                                .map(cookie -> cookie.replaceFirst(";.*", ""))
                                .collect(joining("; "))));
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.body()).contains("rita");

        HttpResponse<InputStream> stream = CLIENT.send(
                at(ending, "/of/the/swarm/api/events/stream?afterPosition=0")
                        .header("Authorization", "Bearer " + secret)
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        long start = System.nanoTime();
        ending.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        stream.body().readAllBytes();
    }

    @Test
    void itIsNotServedWhereNobodyWantsItOrNothingServes() throws Exception {
        try (ConfigurableApplicationContext closed = start("swarm-ledger.http.enabled=false")) {
            assertThat(answer(at(closed, "/ledger/api/stats")).statusCode()).isEqualTo(404);
            assertThat(answer(at(closed, "/api/agents")).statusCode()).isEqualTo(200);
        }
        new WebApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("swarm-ledger.data=:memory:", "axon.update-check.disabled=true")
                .run(mocked -> assertThat(mocked.getStartupFailure()).isNull());
        assertThatThrownBy(() -> start("swarm-ledger.http.base-path=ledger/"))
                .hasStackTraceContaining("\"ledger/\" is no path such as /ledger");
    }
}
