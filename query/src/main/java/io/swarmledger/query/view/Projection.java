package io.swarmledger.query.view;

import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Folds the events of a read model into the states of its view.
 *
 * <p>The fold runs in the handler: an event that cannot be folded fails there and becomes a dead letter, and the rest of
 * the batch goes on. The rows are read and written for the batch as a whole, in its transaction: a failure of the file
 * is nobody's letter, it fails the batch, which comes again.
 *
 * @param <S> the state that it keeps of each id
 */
public class Projection<S> {

    private final ReadModel<S> model;
    private final ViewTable<S> table;
    private final DataSource views;
    private final Generations generations;
    private final Target target;
    private final Changes changes;
    private final String resource;

    /** Told of the ids whose states a batch changed, in the generation that queries read, once it is committed. */
    @FunctionalInterface
    public interface Changes {

        void committed(List<String> ids);
    }

    private enum Target {
        FILLING,
        REBUILDING
    }

    private Projection(ReadModel<S> model, DataSource views, Target target, Changes changes) {
        this.model = model;
        this.table = model.table();
        this.views = views;
        this.generations = new Generations(views);
        this.target = target;
        this.changes = changes;
        this.resource = toString();
    }

    /**
     * The projection that an event processor keeps up to date.
     *
     * @param views connections of the views' writer; inside a transaction that transaction's
     */
    public static <S> Projection<S> live(ReadModel<S> model, DataSource views, Changes changes) {
        return new Projection<>(model, views, Target.FILLING, changes);
    }

    /** The same, filling the generation of a rebuild; nobody is told. */
    public Projection<S> ofRebuild() {
        return new Projection<>(model, views, Target.REBUILDING, ids -> {});
    }

    /** The name that it shares with its event processor. */
    public String name() {
        return table.projection();
    }

    /** What it keeps. */
    public ReadModel<S> model() {
        return model;
    }

    /**
     * Hands over each row that queries read, by the bytes of its id.
     *
     * @param file the views' file at one moment
     * @param visitor given the id, and what queries filter and sort by, by the names of the state's components
     */
    public void eachRow(JdbcClient file, BiConsumer<String, Map<String, Object>> visitor) {
        file.sql("SELECT * FROM " + table.table()
                        + " WHERE generation = (SELECT live FROM Projection WHERE name = ?) ORDER BY id")
                .param(name())
                .query(row -> {
                    Map<String, Object> columns = new LinkedHashMap<>();
                    for (String column : table.columns()) {
                        columns.put(column, row.getObject(column));
                    }
                    visitor.accept(row.getString("id"), columns);
                });
    }

    /** Takes in any event of the log. */
    @EventHandler(payloadType = LedgerEvent.class)
    public void on(EventMessage<?> message) {
        if (concerns(message)) {
            fold(ReadableEvent.of((DomainEventMessage<?>) message));
        }
    }

    /** Whether it folds that event. The type is known without the payload being parsed: what is not costs nothing. */
    public boolean concerns(EventMessage<?> message) {
        return message instanceof DomainEventMessage<?>
                && model.folds(message.getPayloadType())
                && message.getPayloadType() != OpaqueEvent.class;
    }

    /** A reset fills another generation; the rows that queries read stay. */
    @ResetHandler
    public void reset() {
        generations.reset(name());
    }

    /** Takes in an event that it {@link #concerns}, in the unit of work of its batch. */
    public void fold(ReadableEvent read) {
        String id = model.thingOf(read.event(), read.recorded());
        if (id == null) {
            return;
        }
        Batch batch = batch(CurrentUnitOfWork.get());
        if (batch.load(id)) {
            try {
                batch.rows.put(id, batch.evolve(batch.rows.get(id), read));
            } catch (ViewFault unreadable) {
                batch.fault = unreadable;
            }
        }
    }

    private Batch batch(UnitOfWork<?> unitOfWork) {
        return unitOfWork.getOrComputeResource(resource, key -> {
            Batch batch = new Batch();
            unitOfWork.onPrepareCommit(committing -> batch.write());
            unitOfWork.afterCommit(committed -> batch.tell());
            return batch;
        });
    }

    /** What a batch does to the rows. What goes wrong with the file comes up when it is written, never in a handler. */
    private final class Batch {

        private ViewRows<S> rows;
        private boolean read;
        private Exception fault;

        /** {@code null} where each state is looked at as it is folded, or none needs to be. */
        private final LookedAtFold<S> unseen =
                target == Target.REBUILDING && model.fold() instanceof LookedAtFold<S> fold && !fold.isSuspect()
                        ? fold
                        : null;

        Batch() {
            try {
                Generations.Standing standing = generations.of(name()).orElseThrow();
                long generation = target == Target.FILLING ? standing.filling() : standing.rebuilding();
                rows = new ViewRows<>(
                        table, DataSourceUtils.getConnection(views), generation, unseen == null ? null : this::look);
                read = generation == standing.live();
            } catch (DataAccessException failure) {
                fault = failure;
            }
        }

        S evolve(S state, ReadableEvent read) {
            return unseen == null
                    ? model.fold().evolve(state, read.event(), read.recorded())
                    : unseen.evolveUnseen(state, read.event(), read.recorded());
        }

        /** Whether the state of that id is at hand. */
        boolean load(String id) {
            if (fault == null) {
                try {
                    rows.require(id);
                } catch (SQLException | NotStorable failure) {
                    fault = failure;
                }
            }
            return fault == null;
        }

        void write() {
            try {
                if (fault == null) {
                    rows.write();
                }
            } catch (SQLException failure) {
                fault = failure;
            }
            if (fault instanceof NotStorable notStorable) {
                throw notStorable;
            }
            if (fault != null) {
                throw new ViewFault(name(), fault);
            }
        }

        private void look(S before, S after) {
            try {
                unseen.requireStorable(before, after);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError unstorable) {
                unseen.suspect();
                throw new NotStorable(name(), unstorable);
            }
        }

        void tell() {
            if (read) {
                changes.committed(rows.changed());
            }
        }
    }

    @Override
    public String toString() {
        return (target == Target.FILLING ? "projection " : "rebuild of ") + name();
    }
}
