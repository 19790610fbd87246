package io.swarmledger.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The files are never edited: a new shape is a new revision with a file of its own and an upcaster from the old. */
class GoldenJsonTest {

    private static final Path CONTRACT = Path.of("src/test/resources/contract");

    private final LedgerSerializer serializer = LedgerSerializer.of(StoredTypes.events());

    static Stream<Class<? extends LedgerEvent>> records() {
        return EventTypes.all().values().stream();
    }

    @Test
    void thereAreTwentyThreeEventsAndFourBeyond() {
        assertThat(EventTypes.all().keySet())
                .containsExactlyInAnyOrder(
                        "agent:spawned",
                        "agent:started",
                        "agent:stopped",
                        "agent:failed",
                        "agent:status-changed",
                        "agent:task-assigned",
                        "agent:task-completed",
                        "task:created",
                        "task:queued",
                        "task:started",
                        "task:completed",
                        "task:failed",
                        "task:blocked",
                        "memory:stored",
                        "memory:retrieved",
                        "memory:deleted",
                        "memory:expired",
                        "swarm:initialized",
                        "swarm:scaled",
                        "swarm:terminated",
                        "swarm:phase-changed",
                        "swarm:milestone-reached",
                        "swarm:error",
                        "agent:tool-called",
                        "agent:model-called",
                        "agent:message-sent",
                        "task:cancelled");
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyFieldOfTheGoldenFileIsReadIntoTheRecord(Class<? extends LedgerEvent> record) throws Exception {
        LedgerEvent event = read(record);
        assertThat(event).isInstanceOf(record);
        for (var component : record.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(event))
                    .as(component.getName())
                    .isNotNull();
        }
        assertThat(namesOf(json(golden(record))))
                .isEqualTo(Arrays.stream(record.getRecordComponents())
                        .map(component -> component.getName())
                        .toList()
                        .toString());
    }

    @ParameterizedTest
    @MethodSource("records")
    void theRecordIsWrittenAsTheGoldenFileHasIt(Class<? extends LedgerEvent> record) {
        SerializedObject<String> stored = serializer.serialize(read(record), String.class);
        assertThat(stored.getType().getName()).isEqualTo(EventTypes.nameOf(record));
        assertThat(stored.getType().getRevision()).isEqualTo(EventTypes.revisionOf(record));
        assertThat(Json.mapper().readTree(stored.getData()).toString())
                .isEqualTo(json(golden(record)).toString());
        assertThat(new String(serializer.serialize(read(record), byte[].class).getData(), StandardCharsets.UTF_8))
                .isEqualTo(stored.getData());
    }

    @Test
    void noGoldenFileIsLeftWithoutItsEvent() throws IOException {
        Set<String> expected =
                records().map(record -> golden(record).toString()).collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(CONTRACT)) {
            grown().map(record -> first(record).toString()).forEach(expected::add);
            Set<String> newest = files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(file -> !file.endsWith(".0.json"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(newest).isEqualTo(new TreeSet<>(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("grown")
    void whatAnEventDidNotTellBeforeItGrewIsNotWritten(Class<? extends LedgerEvent> record) {
        LedgerEvent before = serializer.deserialize(new SimpleSerializedObject<>(
                text(first(record)),
                String.class,
                new SimpleSerializedType(EventTypes.nameOf(record), EventTypes.revisionOf(record))));
        assertThat(Json.mapper()
                        .readTree(serializer.serialize(before, String.class).getData())
                        .toString())
                .isEqualTo(json(first(record)).toString());
    }

    static Stream<Class<? extends LedgerEvent>> grown() {
        return records().filter(record -> !golden(record).equals(first(record)));
    }

    private LedgerEvent read(Class<? extends LedgerEvent> record) {
        return serializer.deserialize(new SimpleSerializedObject<>(
                text(golden(record)),
                String.class,
                new SimpleSerializedType(EventTypes.nameOf(record), EventTypes.revisionOf(record))));
    }

    /** With the fields that a revision has got later, each of which may be left out. */
    private static Path golden(Class<? extends LedgerEvent> record) {
        Path more = Path.of(first(record).toString().replace(".json", ".more.json"));
        return Files.exists(more) ? more : first(record);
    }

    private static Path first(Class<? extends LedgerEvent> record) {
        String feature =
                record.getPackageName().substring(record.getPackageName().lastIndexOf('.') + 1);
        return CONTRACT.resolve(feature)
                .resolve(record.getSimpleName() + "." + EventTypes.revisionOf(record) + ".json");
    }

    private static JsonNode json(Path file) {
        return Json.mapper().readTree(text(file));
    }

    private static String namesOf(JsonNode object) {
        return object.propertyNames().stream().toList().toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException("Every event has a golden file: " + file, missing);
        }
    }
}
