package io.swarmledger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final Envelope FULL = new Envelope(
            "e-1",
            1767517200030.5,
            "agent-2",
            "e-0",
            "run-1",
            Map.of("swarmId", "alpha", "tags", List.of("a", "b"), "source", "the caller's own word"),
            "ci");

    @Test
    void itTravelsThroughMessageMetadataUnchanged() {
        assertThat(Envelope.of(MetaData.from(FULL.toMetaData()))).isEqualTo(FULL);
        Envelope empty = Envelope.from(null);
        assertThat(Envelope.of(MetaData.from(empty.toMetaData()))).isEqualTo(empty);
    }

    @Test
    void itTravelsThroughStoredMetadataUnchanged() {
        SerializedObject<String> stored = Stored.SERIALIZER.serialize(MetaData.from(FULL.toMetaData()), String.class);
        assertThat(stored.getType().getName()).isEqualTo("axon:metadata");
        MetaData read = Stored.SERIALIZER.deserialize(stored);
        assertThat(Envelope.of(read)).isEqualTo(FULL);
    }

    @Test
    void itIsReadFromAMetadataColumnAsTheEnginesReadIt() {
        String column = Stored.SERIALIZER
                .serialize(MetaData.from(FULL.toMetaData()), String.class)
                .getData();
        MetaData read = Stored.SERIALIZER.deserialize(new SerializedMetaData<>(column, String.class));
        assertThat(Envelope.of(read)).isEqualTo(FULL);
    }

    /** As a dead letter is: the message was never asked for its metadata. */
    @Test
    void itIsWrittenFromItsColumnsWithoutBeingReadFirst() {
        StoredEnvelope columns = new StoredEnvelope(
                1e300, "agent-2", "e-0", "run-1", "{\"swarmId\":\"alpha\",\"tags\":[\"a\"]}", "ci", "alpha", null);
        byte[] written = Stored.SERIALIZER.getConverter().convert(columns, StoredEnvelope.class, byte[].class);
        MetaData read = Stored.SERIALIZER.deserialize(new SerializedMetaData<>(written, byte[].class));
        assertThat(Envelope.of(read)).isEqualTo(columns.open());
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Envelope envelope = Envelope.of(Map.of());
        assertThat(envelope.source()).isEqualTo("swarm");
        assertThat(Envelope.swarmIdOf(envelope.metadata())).isEqualTo("swarm");
        assertThat(envelope.metadata()).isEmpty();
        assertThat(envelope.timestamp()).isNull();
        assertThat(envelope.toMetaData()).isEmpty();
    }

    @Test
    void theCallersMetadataLiesInTheMessageAsItIs() {
        Envelope envelope = Envelope.of(MetaData.with("swarmId", "alpha").and("source", "the caller's"));
        assertThat(Envelope.swarmIdOf(envelope.metadata())).isEqualTo("alpha");
        assertThat(envelope.source()).isEqualTo("swarm");
        assertThat(envelope.metadata()).isEqualTo(Map.of("source", "the caller's", "swarmId", "alpha"));
    }

    @Test
    void theCallersMetadataCannotPassForTheLedgersOwn() {
        assertThatThrownBy(() -> Envelope.from("agent-1").with("ledger.recordedBy", "somebody else"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ledger.recordedBy");
        StoredEnvelope stored = new StoredEnvelope(
                null, "swarm", null, null, "{\"ledger.recordedBy\":\"x\",\"a\":1}", "ci", "alpha", null);
        assertThat(stored.open().recordedBy()).isEqualTo("ci");
        assertThat(stored.open().metadata()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void eachChangeMakesANewOne() {
        Envelope changed = Envelope.from("agent-2")
                .withId("e-1")
                .at(17)
                .causedBy("e-0")
                .correlatedWith("run-1")
                .inSwarm("alpha")
                .with("k", "v");
        assertThat(changed)
                .isEqualTo(new Envelope(
                        "e-1", 17.0, "agent-2", "e-0", "run-1", Map.of("swarmId", "alpha", "k", "v"), null));
    }

    @Test
    void itsMetadataCannotBeChangedFromOutside() {
        Map<String, Object> mine = new HashMap<>(Map.of("a", 1));
        Envelope envelope = new Envelope(null, null, null, null, null, mine, null);
        mine.put("b", 2);
        assertThat(envelope.metadata()).isEqualTo(Map.of("a", 1));
        assertThatThrownBy(() -> envelope.metadata().put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aHandlerCanAskForIt() throws Exception {
        var method = EnvelopeTest.class.getDeclaredMethod("handler", String.class, Envelope.class);
        EnvelopeParameter parameter = new EnvelopeParameter();
        assertThat(parameter.createInstance(method, method.getParameters(), 0)).isNull();
        assertThat(parameter
                        .createInstance(method, method.getParameters(), 1)
                        .resolveParameterValue(new GenericMessage<>("x", FULL.toMetaData())))
                .isEqualTo(FULL);
    }

    @SuppressWarnings("unused")
    private static void handler(String payload, Envelope envelope) {}
}
