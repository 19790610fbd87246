package io.swarmledger.events.upcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.LedgerSerializer;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.events.StoredTypes;
import io.swarmledger.events.memory.MemoryStored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.junit.jupiter.api.Test;

class UpcastersTest {

    private static final Path CONTRACT = Path.of("src/test/resources/contract/memory");

    private final LedgerSerializer serializer = LedgerSerializer.of(StoredTypes.events());

    @Test
    void theDraftOfMemoryStoredIsReadAsItsFirstRevision() throws IOException {
        LedgerEvent draft = read("memory:stored", "0", Files.readString(CONTRACT.resolve("MemoryStored.0.json")));
        LedgerEvent today = read("memory:stored", "1", Files.readString(CONTRACT.resolve("MemoryStored.1.json")));
        assertThat(draft).isInstanceOf(MemoryStored.class).isEqualTo(today);
    }

    @Test
    void theDraftIsUpcastFromBytesToo() throws IOException {
        byte[] payload = Files.readAllBytes(CONTRACT.resolve("MemoryStored.0.json"));
        assertThat(readAny("memory:stored", "0", payload, "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new MemoryStored("memory-1", "patterns", "retry", "semantic", 2048L, 1767517200050.0));
    }

    @Test
    void upcastTypeNameAndRevisionAreThoseOfToday() {
        List<IntermediateEventRepresentation> upcast = Upcasters.chain()
                .upcast(Stream.of(new InitialEventRepresentation(
                        entry("memory:stored", "0", "{\"sizeBytes\":1}", "{}"), serializer)))
                .toList();
        assertThat(upcast).singleElement().satisfies(event -> {
            assertThat(event.getType().getName()).isEqualTo("memory:stored");
            assertThat(event.getType().getRevision()).isEqualTo("1");
            assertThat(event.getData(String.class).getData()).isEqualTo("{\"size\":1}");
        });
    }

    @Test
    void everythingElsePassesUntouched() {
        assertThat(read("memory:stored", "1", "{\"memoryId\":\"m\",\"sizeBytes\":3}"))
                .isEqualTo(new MemoryStored("m", null, null, null, null, null));
        assertThat(read("memory:stored", "0", "{\"memoryId\":\"m\",\"size\":3}"))
                .isEqualTo(new MemoryStored("m", null, null, null, 3L, null));
        assertThat(read("memory:archived", "0", "{ \"sizeBytes\": 3}"))
                .isEqualTo(OpaqueEvent.unknown("memory:archived", "0", "{ \"sizeBytes\": 3}"));
    }

    @Test
    void aDraftThatIsNoJsonIsKeptToTheCharacter() {
        OpaqueEvent broken = (OpaqueEvent) read("memory:stored", "0", "{\"sizeBytes\": ");
        assertThat(broken.payload()).isEqualTo("{\"sizeBytes\": ");
        assertThat(broken.unreadableBecause()).isPresent();
    }

    private LedgerEvent read(String type, String revision, String payload) {
        return readAny(type, revision, payload, "{}");
    }

    private <T> LedgerEvent readAny(String type, String revision, T payload, T metaData) {
        TrackedEventData<T> stored = new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(1), entry(type, revision, payload, metaData));
        return (LedgerEvent)
                EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(stored), serializer, Upcasters.chain())
                        .toList()
                        .get(0)
                        .getPayload();
    }

    private static <T> GenericDomainEventEntry<T> entry(String type, String revision, T payload, T metaData) {
        return new GenericDomainEventEntry<>(
                "memory", "memory-1", 0, "e-1", Instant.EPOCH, type, revision, payload, metaData);
    }
}
