package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmledger.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Databases that claude-flow's own code wrote, imported and asked: every field that its own projections answer is
 * answered alike, but for the closed list in {@code docs/differences.md}. What is not on it fails, and so does what is
 * on it and does not show.
 */
class ClaudeFlowAnswersTest {

    private static final Path SMALL = Path.of("src/test/resources/claude-flow");
    private static final Path SHARED = Path.of("../../shared/data");
    private static final Path DIFFERENCES = Path.of("../docs/differences.md");

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"swarm-small", "all23", "edge"})
    void everyFieldIsAnsweredAlike(String database) throws IOException {
        compare(database, SMALL);
    }

    @Test
    void everyFieldOfTheLargeSwarmIsAnsweredAlike() throws IOException {
        assumeTrue(
                Files.exists(SHARED.resolve("swarm-large.db")),
                "swarm-large.db, 7 MB, is not in the repository, and " + SHARED + " is not there");
        compare("swarm-large", SHARED);
    }

    private void compare(String database, Path folder) throws IOException {
        Path ledger = home.resolve("ledger");
        Terminal.run("import", folder.resolve(database + ".db"), "--data", ledger)
                .succeeded();
        JsonNode theirs = expected(database, folder);

        Set<String> first = differences(database, theirs, ledger);
        assertThat(first).isEqualTo(listed(database));

        try (Stream<Path> views = Files.list(ledger)) {
            views.filter(file -> file.getFileName().toString().startsWith("views.db"))
                    .forEach(file -> file.toFile().delete());
        }
        assertThat(differences(database, theirs, ledger))
                .as("after views.db was deleted")
                .isEqualTo(first);
    }

    private static JsonNode expected(String database, Path folder) throws IOException {
        Path file = folder.resolve(database + ".expected.json");
        Path golden = folder.resolve(database + ".golden.json");
        return Json.mapper().readTree(Files.readString(Files.exists(file) ? file : golden));
    }

    /** Each as {@code kind id field theirs ours}. */
    private static Set<String> differences(String database, JsonNode theirs, Path ledger) {
        Set<String> found = new TreeSet<>();
        compare(found, "agent", theirs.get("agents"), ask(ledger, "agents"), Set.of("failedTasks"));
        compare(found, "task", theirs.get("tasks"), ask(ledger, "tasks"), Set.of());
        if (theirs.has("memories")) {
            compare(found, "memory", theirs.get("memories"), ask(ledger, "memories", "--include-deleted"), Set.of());
        } else {
            compare(found, "memory", theirs.get("activeMemories"), ask(ledger, "memories"), Set.of());
        }
        return found;
    }

    private static JsonNode ask(Path ledger, String what, String... more) {
        List<Object> words = new ArrayList<>(List.of("query", what, "--json", "--limit", 100_000, "--data", ledger));
        words.addAll(List.of(more));
        return Terminal.run(words.toArray()).succeeded().json().get("items");
    }

    private static void compare(Set<String> found, String kind, JsonNode theirs, JsonNode ours, Set<String> except) {
        Map<String, JsonNode> theirsById = byId(theirs);
        Map<String, JsonNode> oursById = byId(ours);
        assertThat(oursById.keySet()).as(kind).isEqualTo(theirsById.keySet());
        theirsById.forEach((id, their) -> {
            JsonNode our = oursById.get(id);
            their.properties().forEach(field -> {
                String name = field.getKey();
                boolean excepted = except.contains(name)
                        || name.equals("blockedBy")
                                && !our.get("status").asString().equals("blocked");
                if (!excepted && !same(field.getValue(), our.get(name))) {
                    found.add("| "
                            + String.join(
                                    " | ",
                                    kind,
                                    "`" + id + "`",
                                    name,
                                    field.getValue().toString(),
                                    String.valueOf(our.get(name)))
                            + " |");
                }
            });
        });
    }

    private static Map<String, JsonNode> byId(JsonNode items) {
        Map<String, JsonNode> byId = new TreeMap<>();
        items.forEach(item -> byId.put(item.path("id").asString(""), item));
        assertThat(byId).hasSize(items.size());
        return byId;
    }

    /** Whether two values are one to JavaScript, which knows one kind of number. */
    private static boolean same(JsonNode theirs, JsonNode ours) {
        if (ours == null) {
            return false;
        }
        return theirs.isNumber() && ours.isNumber()
                ? theirs.doubleValue() == ours.doubleValue()
                : Json.mapper().readTree(theirs.toString()).equals(Json.mapper().readTree(ours.toString()));
    }

    /** The rows of the document's section on that database, without the reason, which is there. */
    private static Set<String> listed(String database) throws IOException {
        Set<String> rows = new TreeSet<>();
        boolean within = false;
        for (String line : Files.readAllLines(DIFFERENCES)) {
            if (line.startsWith("#")) {
                within = line.equals("## " + database);
            } else if (within && line.startsWith("| ") && !line.matches("\\| (kind|---) .*")) {
                int reason = line.lastIndexOf(" | ", line.length() - 3);
                assertThat(line.substring(reason + 3, line.length() - 2))
                        .as("reason of " + line)
                        .isNotBlank();
                rows.add(line.substring(0, reason) + " |");
            }
        }
        return rows;
    }
}
