package io.swarmledger.events;

import static io.swarmledger.events.Stored.SERIALIZER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueEventTest {

    private static final String ODD = "{ \"b\" : 1.0,\n\t\"a\": 12345678901234567890.10, \"ü\": \"\\u0000\" }";

    @Test
    void anUnknownTypeIsKeptToTheCharacter() {
        OpaqueEvent event = SERIALIZER.deserialize(Stored.as("consensus:reached", "7", ODD));
        assertThat(event).isEqualTo(OpaqueEvent.unknown("consensus:reached", "7", ODD));
        assertThat(event.unreadableBecause()).isEmpty();
        assertThat(EventTypes.nameOf(event)).isEqualTo("consensus:reached");

        SerializedObject<String> again = SERIALIZER.serialize(event, String.class);
        assertThat(again.getData()).isEqualTo(ODD);
        assertThat(again.getType().getName()).isEqualTo("consensus:reached");
        assertThat(again.getType().getRevision()).isEqualTo("7");
        assertThat(SERIALIZER.serialize(event, byte[].class).getData()).isEqualTo(ODD.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anUnknownTypeIsKeptFromBytesToo() {
        OpaqueEvent event = SERIALIZER.deserialize(new SimpleSerializedObject<>(
                ODD.getBytes(StandardCharsets.UTF_8),
                byte[].class,
                new SimpleSerializedType("consensus:reached", null)));
        assertThat(event).isEqualTo(OpaqueEvent.unknown("consensus:reached", null, ODD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"java.util.HashMap", "java.lang.ProcessBuilder", "io.swarmledger.events.agent.AgentSpawned"})
    void aClassNameAsTypeIsJustAnotherUnknownType(String type) {
        assertThat(Stored.read(type, "{}")).isEqualTo(OpaqueEvent.unknown(type, "1", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"taskId\": {\"not\": \"a text\"}}", "{\"taskId\": \"t", "17", "\"text\"", "", "null"})
    void aKnownTypeThatCannotBeReadIsKeptWithTheReason(String payload) {
        OpaqueEvent event = (OpaqueEvent) Stored.read("task:started", payload);
        assertThat(event.type()).isEqualTo("task:started");
        assertThat(event.revision()).isEqualTo("1");
        assertThat(event.payload()).isEqualTo(payload);
        assertThat(event.unreadableBecause())
                .hasValueSatisfying(defect -> assertThat(defect).isNotBlank());
        assertThat(Stored.write(event)).isEqualTo(payload);
    }
}
