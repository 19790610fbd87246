package io.swarmledger.events;

import static io.swarmledger.events.Stored.SERIALIZER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.agent.AgentSpawned;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredTypesTest {

    record Stray(String text) {}

    @Test
    void aClassThatIsNotRegisteredIsNotStored() {
        assertThatThrownBy(() -> SERIALIZER.serialize(new Stray("x"), String.class))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Stray.class.getName())
                .hasMessageContaining("no stable name");
        assertThatThrownBy(() -> SERIALIZER.serialize(Map.of("a", 1), String.class))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void aRegisteredClassIsStoredUnderItsStableName() {
        LedgerSerializer serializer = LedgerSerializer.of(StoredTypes.events().and(Stray.class, "test-stray", "4"));
        SerializedObject<String> stored = serializer.serialize(new Stray("x"), String.class);
        assertThat(stored.getType().getName()).isEqualTo("test-stray");
        assertThat(stored.getType().getRevision()).isEqualTo("4");
        assertThat(stored.getData()).isEqualTo("{\"text\":\"x\"}");
        assertThat(serializer.<String, Object>deserialize(stored)).isEqualTo(new Stray("x"));
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> StoredTypes.events().and(Stray.class, "agent:spawned", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("agent:spawned")
                .hasMessageContaining(AgentSpawned.class.getName());
    }

    @Test
    void nothingIsStoredAsNothing() {
        assertThat(SERIALIZER.<String, Object>deserialize(SERIALIZER.serialize(null, String.class)))
                .isNull();
    }

    static Stream<TrackingToken> tokens() {
        TrackingToken at7 = new GlobalSequenceTrackingToken(7);
        return Stream.of(
                at7,
                GapAwareTrackingToken.newInstance(9, Set.of(4L, 6L)),
                new MergedTrackingToken(at7, new GlobalSequenceTrackingToken(9)),
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), at7),
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), null));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void tokensAreStoredWithoutAnyClassName(TrackingToken token) {
        SerializedObject<String> stored = SERIALIZER.serialize(token, String.class);
        assertThat(stored.getType().getName()).startsWith("axon:");
        assertThat(stored.getData()).doesNotContain("org.axonframework");
        assertThat(SERIALIZER.<String, TrackingToken>deserialize(stored)).isEqualTo(token);
    }
}
