package io.swarmledger.query.memory;

import io.swarmledger.events.memory.MemoryEvent;
import io.swarmledger.query.Cursor;
import io.swarmledger.query.Cut;
import io.swarmledger.query.Page;
import io.swarmledger.query.Paging;
import io.swarmledger.query.view.Projection;
import io.swarmledger.query.view.ProjectionNames;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.Sorting;
import io.swarmledger.query.view.Subscribable;
import io.swarmledger.query.view.Updates;
import io.swarmledger.query.view.ViewReader;
import io.swarmledger.query.view.ViewReader.Order;
import io.swarmledger.query.view.ViewTable;
import io.swarmledger.query.view.Where;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/** Answers every question about memories, and keeps the view that it answers from. */
public final class MemoryQueries implements Subscribable<MemoryState> {

    private static final ViewTable<MemoryState> TABLE = ViewTable.of(ProjectionNames.MEMORY_INDEX, MemoryState.class)
            .column("swarmId", MemoryState::swarmId)
            .column("namespace", MemoryState::namespace)
            .column("type", MemoryState::type)
            .column("isDeleted", memory -> memory.isDeleted() ? 1 : 0)
            .column("size", MemoryState::size)
            .column("accessCount", MemoryState::accessCount)
            .column("lastAccessedAt", MemoryState::lastAccessedAt);

    /** What is known of memories, and how it comes from their events. */
    public static final ReadModel<MemoryState> MODEL = ReadModel.of(
                    "memory", MemoryEvent.class, new MemoryFold(), TABLE, MemoryState::swarmId)
            .withBirth("memory:stored")
            .withStatus(MemoryState::status)
            .withStatuses(MemoryState.STATUSES)
            .withGone(MemoryState.GONE);

    private static final Sorting<MemoryState> SORTING = Sorting.byId(MemoryState::id)
            .field("key", MemoryState::key)
            .column("namespace", MemoryState::namespace)
            .column("type", MemoryState::type)
            .column("size", MemoryState::size)
            .column("accessCount", MemoryState::accessCount)
            .field("storedAt", MemoryState::storedAt)
            .column("lastAccessedAt", MemoryState::lastAccessedAt);

    private static final Order<MemoryState> HOT = new Order<>(
            "heat",
            "accessCount DESC, lastAccessedAt DESC, id",
            "accessCount < :key0 OR accessCount = :key0 AND"
                    + " (lastAccessedAt < :key1 OR lastAccessedAt = :key1 AND id > :key2)",
            List.of(Number.class, Number.class, String.class),
            memory -> new Object[] {memory.accessCount(), memory.lastAccessedAt(), memory.id()});

    private static final Order<MemoryState> COLD = new Order<>(
            "cold",
            "lastAccessedAt, id",
            "lastAccessedAt > :key0 OR lastAccessedAt = :key0 AND id > :key1",
            List.of(Number.class, String.class),
            memory -> new Object[] {memory.lastAccessedAt(), memory.id()});

    private static final String NAMESPACES = "namespaces";

    /** A sort key in which no namespace at all and the empty one are two. */
    private static final String NAME = "coalesce(' ' || namespace, '')";

    private final ViewReader<MemoryState> memories;

    public MemoryQueries(Reading views) {
        this.memories = new ViewReader<>(views, TABLE);
    }

    @Override
    public ReadModel<MemoryState> model() {
        return MODEL;
    }

    @Override
    public Projection.Changes updates(QueryUpdateEmitter emitter) {
        return new Updates<>(emitter, memories::byId)
                .to(GetMemory.class, (query, memory) -> query.memoryId().equals(memory.id()))
                .to(FindMemories.class, FindMemories::matches);
    }

    @QueryHandler
    Page<MemoryState> handle(FindMemories query) {
        return memories.page(
                memories.live()
                        .is("isDeleted", query.includeDeleted() ? null : 0)
                        .is("namespace", query.namespace())
                        .is("type", query.type())
                        .is("swarmId", query.swarmId()),
                SORTING.order(query.sort()),
                query.limit(),
                query.cursor());
    }

    @QueryHandler
    Page<MemoryState> handle(FindHotMemories query) {
        return memories.page(stored(query.namespace(), query.swarmId()), HOT, query.limit(), query.cursor());
    }

    @QueryHandler
    Page<MemoryState> handle(FindColdMemories query) {
        return memories.page(stored(query.namespace(), query.swarmId()), COLD, query.limit(), query.cursor());
    }

    @QueryHandler
    Optional<MemoryState> handle(GetMemory query) {
        return memories.byId(query.memoryId());
    }

    @QueryHandler
    Page<Namespace> handle(GetNamespaces query) {
        int limit = Paging.limit(query.limit(), ViewReader.MAX_LIMIT);
        Where where = stored(null, query.swarmId());
        String sizes = "SELECT namespace, count(*) AS count, CAST(total(size) AS INTEGER) AS size, " + NAME
                + " AS name FROM memory_index" + where.sql() + " GROUP BY namespace";
        Where after = new Where();
        if (query.cursor() != null) {
            List<Object> key = Cursor.read(NAMESPACES, query.cursor(), Number.class, String.class);
            after.always("(size < :size OR size = :size AND name > :name)");
            after.values().put("size", key.get(0));
            after.values().put("name", key.get(1));
        }
        return memories.read(jdbc -> {
            Cut<Namespace> page = new Cut<>(limit);
            jdbc.sql("SELECT octet_length(name), namespace, count, size FROM (" + sizes + ")" + after.sql()
                            + " ORDER BY size DESC, name LIMIT " + page.toAskFor())
                    .params(where.values())
                    .params(after.values())
                    .query(row -> {
                        while (row.next() && page.fits(row.getLong(1))) {
                            page.add(new Namespace(row.getString(2), row.getLong(3), row.getLong(4)));
                        }
                        return page;
                    });
            long total = jdbc.sql("SELECT count(*) FROM (" + sizes + ")")
                    .params(where.values())
                    .query(Long.class)
                    .single();
            String next = page.next(MemoryQueries::cursorAfter);
            return new Page<>(page.items(), total, true, next).at(memories.position(jdbc));
        });
    }

    private static String cursorAfter(Namespace last) {
        return Cursor.after(NAMESPACES, last.size(), last.namespace() == null ? "" : " " + last.namespace());
    }

    private Where stored(String namespace, String swarmId) {
        return memories.live().is("isDeleted", 0).is("namespace", namespace).is("swarmId", swarmId);
    }
}
