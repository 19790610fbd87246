package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.cli.Terminal;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.events.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every page, on what other programs wrote: sessions as they were recorded, and databases. */
class LedgersOfOthersTest {

    private static final Path HERE = Path.of("src", "test", "resources");
    private static final Path SHARED = Path.of("..", "..", "shared", "data");

    /** What a page shows where somebody forgot to ask whether there is anything. */
    private static final List<String> NONSENSE = List.of("NaN", "undefined", "Invalid Date", "[object", "${");

    @TempDir
    Path directory;

    /** What the exported lines alone say, read without anything of the ledger's. */
    private static final class Told {

        final Map<String, String> lastOfTask = new HashMap<>();
        final Map<String, String> lastOfAgent = new HashMap<>();
        final Map<String, String> swarmOf = new HashMap<>();
        final Set<String> terminated = new HashSet<>();
        final Set<String> tasks = new HashSet<>();
        int events;

        static Told by(Path lines) throws Exception {
            Told told = new Told();
            for (String line : Files.readAllLines(lines)) {
                JsonNode event = Json.mapper().readTree(line);
                if (event.hasNonNull("type") && event.hasNonNull("aggregateId")) {
                    told.take(
                            event.get("type").asString(),
                            event.get("aggregateId").asString(),
                            event);
                }
            }
            return told;
        }

        private void take(String type, String id, JsonNode event) {
            events++;
            if (type.equals("task:created")) {
                tasks.add(id);
            }
            if (type.startsWith("task:")) {
                lastOfTask.put(id, type);
            } else if (type.equals("agent:failed") || type.equals("agent:started") || type.equals("agent:stopped")) {
                lastOfAgent.put(id, type);
            } else if (type.equals("swarm:terminated")) {
                terminated.add(id);
            }
            swarmOf.put(id, event.at("/metadata/swarmId").asString(""));
        }

        /** Some programs know one swarm alone, and do not name it. */
        private boolean isOver(String swarm) {
            return swarm.isEmpty() ? !terminated.isEmpty() : terminated.contains(swarm);
        }

        boolean isTroubled() {
            return isAny(lastOfTask, "task:failed") || isAny(lastOfAgent, "agent:failed");
        }

        private boolean isAny(Map<String, String> last, String type) {
            return last.entrySet().stream()
                    .anyMatch(one -> one.getValue().equals(type) && !isOver(swarmOf.get(one.getKey())));
        }
    }

    private static Path found(String name) {
        Path own = HERE.resolve(name);
        Path shared = SHARED.resolve(name);
        Assumptions.assumeTrue(Files.exists(own) || Files.exists(shared), shared + " is not here");
        return Files.exists(own) ? own : shared;
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-code/projects", "claude-flow/edge.db", "swarm-large.db"})
    void everyPageShowsIt(String name) throws Exception {
        Path imported = directory.resolve("ledger");
        Path lines = directory.resolve("export.ndjson");
        Terminal.run("import", found(name), "--data", imported);
        Terminal.run("export", lines, "--data", imported).succeeded();
        Told told = Told.by(lines);
        assertThat(told.events).isPositive();
        try (HttpLedger ledger = HttpLedger.in(imported);
                Browser browser = Browser.at(ledger)) {
            Demo.awaitViews(ledger);
            browser.go("/").awaitAll();
            if (told.isTroubled()) {
                assertThat(browser.text("main")).doesNotContain("Nothing does.");
                assertThat(ledger.get("/api/incidents?limit=1")
                                .json()
                                .get("open")
                                .intValue())
                        .isPositive();
            }
            assertThat(ledger.get("/api/tasks?limit=1").json().get("total").intValue())
                    .isEqualTo(told.tasks.size());
            for (String address : pages(ledger)) {
                assertIsWhole(browser.go(address).awaitAll(), address);
            }
        }
    }

    private static void assertIsWhole(Browser browser, String address) {
        browser.size(390, 844);
        assertThat((Boolean) browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .as("%s fits a phone", address)
                .isTrue();
        browser.size(1280, 800);
        assertThat(browser.all("main h1")).as(address).isNotEmpty();
        assertThat(browser.text("main")).as(address).doesNotContain(NONSENSE).doesNotContain("Not there");
    }

    /** Those that the navigation leads to, and one of whatever there is one of. */
    private static List<String> pages(HttpLedger ledger) {
        List<String> pages = new ArrayList<>(List.of(
                "/incidents",
                "/failures",
                "/time",
                "/run",
                "/tasks",
                "/tasks?status=failed",
                "/agents",
                "/memory",
                "/events",
                "/operations"));
        first(ledger, "/api/swarms", "id", "/swarm?swarmId=", pages);
        first(ledger, "/api/swarms", "id", "/run?swarmId=", pages);
        first(ledger, "/api/swarms", "id", "/story?swarmId=", pages);
        first(ledger, "/api/agents?sort=-failedTasks", "id", "/agents?id=", pages);
        first(ledger, "/api/tasks?status=failed", "id", "/suspects?taskId=", pages);
        first(ledger, "/api/tasks", "id", "/tasks?id=", pages);
        first(ledger, "/api/memories", "id", "/memory?id=", pages);
        first(ledger, "/api/incidents", "id", "/incidents?id=", pages);
        first(ledger, "/api/events?order=desc", "id", "/trace?id=", pages);
        return pages;
    }

    private static void first(HttpLedger ledger, String list, String id, String page, List<String> pages) {
        JsonNode items = ledger.get(list + (list.contains("?") ? "&" : "?") + "limit=1")
                .json()
                .get("items");
        if (!items.isEmpty()) {
            pages.add(page + URLEncoder.encode(items.get(0).get(id).asString(), StandardCharsets.UTF_8));
        }
    }
}
