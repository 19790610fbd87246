package io.swarmledger.testing;

import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.StoredTypes;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Holds event types to the JSON under which the log has them: for each a file that is never edited, since events of that
 * shape are in logs. What changes is another revision, with a file of its own and an upcaster from the one before.
 */
public final class GoldenJson {

    private final LedgerSerializer serializer;

    private GoldenJson(StoredTypes types) {
        this.serializer = LedgerSerializer.of(types);
    }

    /**
     * For the events of a sealed interface.
     *
     * @throws IllegalArgumentException if one of them has no name, or one that is taken
     */
    public static GoldenJson of(Class<? extends LedgerEvent> events) {
        return new GoldenJson(StoredTypes.events().and(events));
    }

    /**
     * Asserts that events such as this one are stored under that name and revision, as the file has it, and that the file is
     * read as this event. An event of all fields is to be given: what is {@code null} the file could not hold it to.
     *
     * @param name the stable one, such as {@code review:opened}
     * @param golden the file, UTF-8; fields in the order of the record, however they are spaced
     * @throws AssertionError saying what differs; of a file that is not there, what it would hold
     */
    public void hold(LedgerEvent event, String name, String revision, Path golden) {
        requireWhole(event);
        SerializedObject<String> stored = serializer.serialize(event, String.class);
        SerializedType type = stored.getType();
        if (!name.equals(type.getName()) || !Objects.equals(revision, type.getRevision())) {
            throw new AssertionError(event.getClass().getName() + " is stored as " + told(type) + ", not as "
                    + told(new SimpleSerializedType(name, revision)));
        }
        String text = read(golden, stored.getData());
        String expected = tree(golden, text).toString();
        String written = Json.mapper().readTree(stored.getData()).toString();
        if (!expected.equals(written)) {
            throw new AssertionError(told(type) + " is written as " + written + ", but " + golden + " has " + expected);
        }
        Object back = serializer.deserialize(new SimpleSerializedObject<>(text, String.class, type));
        if (!event.equals(back)) {
            throw new AssertionError(golden + " is read as " + back + ", not as " + event);
        }
    }

    private static void requireWhole(LedgerEvent event) {
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                if (component.getAccessor().invoke(event) == null) {
                    throw new AssertionError(
                            component.getName() + " of " + event + " is null: a golden file has every field");
                }
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(component + " cannot be read", failure);
            }
        }
    }

    private static String told(SerializedType type) {
        return type.getName() + " of revision " + type.getRevision();
    }

    private static String read(Path golden, String written) {
        try {
            return Files.readString(golden);
        } catch (IOException missing) {
            throw new AssertionError(golden + " cannot be read; it would hold " + written, missing);
        }
    }

    private static JsonNode tree(Path golden, String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JacksonException noJson) {
            throw new AssertionError(golden + " is no JSON: " + noJson.getOriginalMessage(), noJson);
        }
    }
}
