package io.swarmledger.app.check.plain;

import tools.jackson.databind.node.ObjectNode;

/** Memories. What is deleted is not read; stored again, it is as new. */
final class PlainMemories extends PlainFold {

    PlainMemories() {
        super("memory", "stored");
    }

    @Override
    void begin(ObjectNode it, PlainEvent event, PlainPayload told) {
        it.set("namespace", told.of("namespace"));
        it.set("key", told.of("key"));
        it.set("type", told.of("memoryType"));
        it.set("size", told.of("size"));
        it.put("accessCount", 0L);
        it.set("storedAt", told.timeOf("storedAt", event));
        it.set("lastAccessedAt", told.timeOf("storedAt", event));
        it.putNull("deletedAt");
        it.put("isDeleted", false);
        it.putNull("expiredAt");
    }

    @Override
    void goOn(ObjectNode it, String happened, PlainEvent event, PlainPayload told) {
        switch (happened) {
            case "retrieved" -> {
                if (!it.get("isDeleted").booleanValue()) {
                    retrieved(it, event, told);
                }
            }
            case "deleted" -> {
                it.put("isDeleted", true);
                it.set("deletedAt", told.timeOf("deletedAt", event));
            }
            case "expired" -> {
                it.put("isDeleted", true);
                it.set("deletedAt", told.timeOf("expiredAt", event));
                it.set("expiredAt", told.timeOf("expiredAt", event));
            }
            default -> throw new IllegalStateException("memory:" + happened);
        }
    }

    private static void retrieved(ObjectNode it, PlainEvent event, PlainPayload told) {
        if (told.of("accessCount") != null) {
            it.set("accessCount", told.of("accessCount"));
        } else {
            count(it, "accessCount");
        }
        it.set("lastAccessedAt", told.timeOf("retrievedAt", event));
    }

    @Override
    String statusOf(ObjectNode it) {
        return it.get("isDeleted").booleanValue() ? "gone" : "stored";
    }
}
