package io.swarmledger.app.recorder.claudeflow;

import io.swarmledger.app.imports.ForeignDatabase;
import io.swarmledger.app.imports.ImportRefused;
import io.swarmledger.app.recorder.Known;
import io.swarmledger.app.recorder.ShownContent;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table {@code memory_entries} of claude-flow's memory database. Of each memory it says when it was stored, how often it
 * was retrieved and when last, and whether it is gone. What is in a memory stays there: its size and digest are taken.
 */
final class MemoryEntries {

    private static final String TABLE = "memory_entries";
    private static final List<String> NEEDED = List.of("id", "key");

    /** What programs of other versions may lack. */
    private static final List<String> OTHERS = List.of(
            "namespace",
            "type",
            "content",
            "owner_id",
            "created_at",
            "updated_at",
            "expires_at",
            "last_accessed_at",
            "access_count",
            "status");

    /** Bytes; a longer memory is not looked into. */
    private static final int LONGEST = 16 << 20;

    private final Telling telling;

    MemoryEntries(Telling telling) {
        this.telling = telling;
    }

    /** Whether a database has such a table. */
    static boolean areIn(Path file) {
        try (ForeignDatabase database = ForeignDatabase.open(file)) {
            return columns(database).containsAll(NEEDED);
        } catch (ImportRefused | SQLException noDatabase) {
            // Whoever takes it for another kind of database says what is wrong with it.
            return false;
        }
    }

    private static Set<String> columns(ForeignDatabase database) throws SQLException {
        try (PreparedStatement select =
                database.connection().prepareStatement("SELECT lower(name) FROM pragma_table_info(?, 'main')")) {
            select.setString(1, TABLE);
            Set<String> names = new HashSet<>();
            ResultSet row = select.executeQuery();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    void read(Path file) throws Exception {
        double fileTime = Telling.timeOf(file);
        try (ForeignDatabase database = ForeignDatabase.open(file)) {
            telling.facts().wholly(() -> {
                read(file, database, fileTime);
                database.requireUnchanged();
            });
        }
    }

    private void read(Path file, ForeignDatabase database, double fileTime) throws SQLException {
        Set<String> there = columns(database);
        String columns = OTHERS.stream()
                .filter(name -> !name.equals("content"))
                .map(name -> (there.contains(name) ? name : "NULL") + " AS " + name)
                .collect(Collectors.joining(", "));
        String content = there.contains("content") ? "CAST(content AS BLOB)" : "NULL";
        try (PreparedStatement select = database.connection()
                .prepareStatement("SELECT rowid AS row, id, key, " + columns + ", length(" + content + ") AS size,"
                        + " CASE WHEN length(" + content + ") <= " + LONGEST + " THEN " + content
                        + " END AS bytes FROM main." + TABLE)) {
            ResultSet row = select.executeQuery();
            while (row.next()) {
                telling.report().read();
                String id = text(row, "id");
                if (id == null) {
                    telling.report().cannotRead(file.toString(), row.getLong("row"), "has no id");
                } else {
                    tell(new Memory(id, row), telling.story(id, fileTime));
                }
            }
        }
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return row.getObject(column) instanceof String text && !text.isBlank() ? text : null;
    }

    private static Double time(ResultSet row, String column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof Number number) {
            return Entry.millis(number.doubleValue());
        }
        return value instanceof String text ? Entry.time(JsonNodeFactory.instance.stringNode(text)) : null;
    }

    /** One row. */
    private static final class Memory {

        private final String id;
        private final String key;
        private final String namespace;
        private final String type;
        private final String owner;
        private final String status;
        private final long size;
        private final String digest;
        private final long accessCount;
        private final Double createdAt;
        private final Double updatedAt;
        private final Double expiresAt;
        private final Double accessedAt;

        Memory(String id, ResultSet row) throws SQLException {
            this.id = id;
            key = text(row, "key");
            namespace = text(row, "namespace");
            type = text(row, "type");
            owner = text(row, "owner_id");
            status = text(row, "status");
            size = row.getLong("size");
            byte[] bytes = row.getBytes("bytes");
            digest = bytes == null ? null : ShownContent.digest(bytes);
            accessCount = row.getObject("access_count") instanceof Number count ? count.longValue() : 0;
            createdAt = time(row, "created_at");
            updatedAt = time(row, "updated_at");
            expiresAt = time(row, "expires_at");
            accessedAt = time(row, "last_accessed_at");
        }

        ObjectNode object() {
            return Story.object()
                    .put("memoryId", id)
                    .put("namespace", namespace == null ? "default" : namespace)
                    .put("key", key);
        }

        String source() {
            return owner == null ? Story.SWARM : owner;
        }
    }

    private void tell(Memory memory, Story story) {
        stored(memory, story);
        if (memory.accessCount > 0) {
            story.infer(
                    memory.id + "/" + memory.accessCount + "/" + whole(memory.accessedAt),
                    "memory:retrieved",
                    memory.id,
                    memory.source(),
                    memory.accessedAt,
                    "retrievedAt",
                    memory.object().put("accessCount", memory.accessCount));
        }
        boolean isDeleted = "deleted".equals(memory.status);
        double end = isDeleted && memory.updatedAt != null ? memory.updatedAt : telling.now();
        if (memory.expiresAt != null && memory.expiresAt <= end) {
            story.infer(
                    memory.id + "/" + whole(memory.expiresAt),
                    "memory:expired",
                    memory.id,
                    Story.SWARM,
                    memory.expiresAt,
                    "expiredAt",
                    memory.object().put("expiresAt", memory.expiresAt));
        }
        if (isDeleted) {
            story.infer(
                    memory.id + "/" + whole(memory.updatedAt),
                    "memory:deleted",
                    memory.id,
                    memory.source(),
                    memory.updatedAt,
                    "deletedAt",
                    memory.object());
        }
    }

    /** Stored at first when it was made; stored again when what the ledger has of it is another memory. */
    private void stored(Memory memory, Story story) {
        ObjectNode stored = memory.object().put("memoryType", memory.type).put("size", memory.size);
        AgentStore.putIfGiven(stored, "digest", memory.digest);
        List<Known.Event> last = telling.known().last(memory.id, 1, "memory:stored");
        if (last.isEmpty() && memory.createdAt != null) {
            story.tell(memory.id, "memory:stored", memory.id, memory.source(), memory.createdAt, "storedAt", stored);
        } else if (last.isEmpty()) {
            story.infer(memory.id, "memory:stored", memory.id, memory.source(), memory.updatedAt, "storedAt", stored);
        } else if (isAnother(last.get(0).payload(), stored)) {
            story.infer(
                    memory.id + "/" + memory.digest + "/" + whole(memory.updatedAt),
                    "memory:stored",
                    memory.id,
                    memory.source(),
                    memory.updatedAt,
                    "storedAt",
                    stored);
        }
    }

    /** A door that has not seen the content says nothing of its digest. */
    private static boolean isAnother(JsonNode before, JsonNode now) {
        return before != null
                && (!before.path("size").isMissingNode()
                                && before.path("size").asLong(0)
                                        != now.path("size").asLong(0)
                        || before.has("digest")
                                && now.has("digest")
                                && !before.path("digest").equals(now.path("digest")));
    }

    private static String whole(Double time) {
        return time == null ? "" : String.valueOf(time.longValue());
    }
}
