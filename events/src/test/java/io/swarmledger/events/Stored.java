package io.swarmledger.events;

import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;

/** A payload as it lies in the log. */
final class Stored {

    static final LedgerSerializer SERIALIZER = LedgerSerializer.of(StoredTypes.events());

    private Stored() {}

    static SerializedObject<String> as(String type, String revision, String payload) {
        return new SimpleSerializedObject<>(payload, String.class, new SimpleSerializedType(type, revision));
    }

    static LedgerEvent read(String type, String payload) {
        return SERIALIZER.deserialize(as(type, "1", payload));
    }

    static String write(LedgerEvent event) {
        return SERIALIZER.serialize(event, String.class).getData();
    }
}
