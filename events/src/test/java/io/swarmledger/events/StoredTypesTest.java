package io.swarmledger.events;

import static io.swarmledger.events.Stored.SERIALIZER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.events.agent.AgentSpawned;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
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
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), null),
                new MergedTrackingToken(
                        ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), at7),
                        GapAwareTrackingToken.newInstance(9, Set.of())),
                ReplayToken.createReplayToken(
                        new GlobalSequenceTrackingToken(12),
                        ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), null)),
                ReplayToken.createReplayToken(new MergedTrackingToken(at7, new GlobalSequenceTrackingToken(9)), at7));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void tokensAreStoredWithoutAnyClassName(TrackingToken token) {
        SerializedObject<String> stored = SERIALIZER.serialize(token, String.class);
        assertThat(stored.getType().getName()).startsWith("axon:");
        assertThat(stored.getData()).doesNotContain("org.axonframework");
        assertThat(SERIALIZER.<String, TrackingToken>deserialize(stored)).isEqualTo(token);
    }

    @Test
    void whatAResetIsForIsStoredUnderItsOwnName() {
        Serializer serializer = LedgerSerializer.of(StoredTypes.events().and(Stray.class, "test-stray", null));
        TrackingToken token = ReplayToken.createReplayToken(
                new GlobalSequenceTrackingToken(9), new GlobalSequenceTrackingToken(7), new Stray("x"));

        SerializedObject<String> stored = serializer.serialize(token, String.class);

        assertThat(stored.getData()).contains("test-stray").doesNotContain(Stray.class.getName());
        assertThat(serializer.<String, Object>deserialize(stored)).isEqualTo(token);
    }

    @Test
    void aClassThatIsNotDeclaredIsNoContextOfTheLedgersOwn() {
        TrackingToken token = ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), null, new Stray("x"));
        assertThatThrownBy(() -> SERIALIZER.serialize(token, String.class)).hasStackTraceContaining("no stable name");

        String foreign = "{\"tokenAtReset\":{\"type\":\"axon:global-sequence-token\",\"globalIndex\":9},"
                + "\"currentToken\":null,\"resetContext\":{\"" + Stray.class.getName() + "\":{\"text\":\"x\"}}}";
        assertThatThrownBy(() -> SERIALIZER.deserialize(new SimpleSerializedObject<>(
                        foreign, String.class, new SimpleSerializedType("axon:replay-token", null))))
                .isInstanceOf(SerializationException.class);
    }

    static Stream<Object> resetContexts() {
        return Stream.of(new Stray("x"), "why", 7, 7.5, true);
    }

    @ParameterizedTest
    @MethodSource("resetContexts")
    void whatAnApplicationsResetIsForComesBackAsItWas(Object context) {
        Serializer serializer = LedgerSerializer.ofApplication(StoredTypes.events(), () -> DECLARED);
        TrackingToken token = ReplayToken.createReplayToken(
                new GlobalSequenceTrackingToken(9),
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(8), null),
                context);

        TrackingToken read = serializer.deserialize(serializer.serialize(token, String.class));

        assertThat(read).isEqualTo(token);
        assertThat(ReplayToken.replayContext(read, (Class<?>) context.getClass())
                        .<Object>map(found -> found))
                .contains(context);
    }

    @Test
    void anApplicationsOwnObjectsHaveTheNamesOfTheirClasses() {
        Serializer serializer = LedgerSerializer.ofApplication(
                StoredTypes.events().and(Stray.class, "test-stray", null), () -> DECLARED);

        assertThat(serializer.serialize(new Stray("x"), String.class).getType().getName())
                .isEqualTo("test-stray");
        SerializedObject<String> own = serializer.serialize(new Own("x"), String.class);
        assertThat(own.getType().getName()).isEqualTo(Own.class.getName());
        assertThat(serializer.<String, Object>deserialize(own)).isEqualTo(new Own("x"));
    }

    @Test
    void whatAnApplicationDoesNotDeclareIsNeitherStoredNorLoaded() {
        Serializer serializer = LedgerSerializer.ofApplication(StoredTypes.events(), () -> DECLARED);

        assertThatThrownBy(() -> serializer.serialize(Set.of("x"), String.class))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no stable name");
        assertThat(serializer.classForType(new SimpleSerializedType("java.io.File", null)))
                .isEqualTo(OpaqueEvent.class);
    }

    private record Own(String text) {}

    private static final Map<String, Class<?>> DECLARED = Stream.of(
                    Own.class, Stray.class, String.class, Integer.class, Double.class, Boolean.class)
            .collect(Collectors.toMap(Class::getName, type -> type));
}
