package io.swarmledger.query.view;

import io.swarmledger.events.Envelope;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OpaqueEvent;
import io.swarmledger.query.Fold;
import io.swarmledger.query.Recorded;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Folds the events of one feature into the states of its view.
 *
 * <p>The fold runs in the handler: an event that cannot be folded fails there and becomes a dead letter, and the rest of
 * the batch goes on. The rows are read and written for the batch as a whole, in its transaction: a failure of the file
 * is nobody's letter, it fails the batch, which comes again.
 *
 * @param <S> the state that it keeps of each id
 */
public class Projection<S> {

    private final Class<? extends LedgerEvent> feature;
    private final Fold<S> fold;
    private final ViewTable<S> table;
    private final DataSource views;
    private final Generations generations;
    private final Target target;
    private final Changes changes;

    /** Told of the ids whose states a batch changed, once that batch is committed. */
    @FunctionalInterface
    public interface Changes {

        void committed(List<String> ids);
    }

    private enum Target {
        FILLING,
        REBUILDING
    }

    private Projection(
            Class<? extends LedgerEvent> feature,
            Fold<S> fold,
            ViewTable<S> table,
            DataSource views,
            Target target,
            Changes changes) {
        this.feature = feature;
        this.fold = fold;
        this.table = table;
        this.views = views;
        this.generations = new Generations(views);
        this.target = target;
        this.changes = changes;
    }

    /**
     * The projection that an event processor keeps up to date.
     *
     * @param feature the sealed interface of the events that it folds
     * @param views connections of the views' writer; inside a transaction that transaction's
     */
    public static <S> Projection<S> live(
            Class<? extends LedgerEvent> feature, Fold<S> fold, ViewTable<S> table, DataSource views, Changes changes) {
        return new Projection<>(feature, fold, table, views, Target.FILLING, changes);
    }

    /** The same, filling the generation of a rebuild; nobody is told. */
    public Projection<S> ofRebuild() {
        return new Projection<>(feature, fold, table, views, Target.REBUILDING, ids -> {});
    }

    /** The name that it shares with its event processor. */
    public String name() {
        return table.projection();
    }

    /** Takes in any event of the log. */
    @EventHandler(payloadType = LedgerEvent.class)
    public void on(EventMessage<?> message) {
        // The type is known without the payload being parsed: what concerns other features costs nothing here.
        if (message instanceof DomainEventMessage<?> event && feature.isAssignableFrom(event.getPayloadType())) {
            fold(event);
        }
    }

    /** A reset fills another generation; the rows that queries read stay. */
    @ResetHandler
    public void reset() {
        generations.reset(name());
    }

    private void fold(DomainEventMessage<?> message) {
        Batch batch = batch(CurrentUnitOfWork.get());
        if (batch.fault != null) {
            return;
        }
        String id = message.getAggregateIdentifier();
        S state;
        try {
            state = batch.rows.get(id);
        } catch (SQLException fault) {
            batch.fault = fault;
            return;
        }
        batch.rows.put(id, fold.evolve(state, eventOf(message), recordedOf(message)));
    }

    private static LedgerEvent eventOf(DomainEventMessage<?> message) {
        LedgerEvent event = (LedgerEvent) message.getPayload();
        if (event instanceof OpaqueEvent opaque) {
            throw new UnreadableEvent(
                    opaque.type(),
                    message.getIdentifier(),
                    opaque.unreadableBecause().orElse("its type is unknown"));
        }
        return event;
    }

    private static Recorded recordedOf(DomainEventMessage<?> message) {
        Instant time = message.getTimestamp();
        return new Recorded(
                message.getAggregateIdentifier(),
                time.getEpochSecond() * 1e3 + time.getNano() / 1e6,
                Envelope.swarmIdOf(message.getMetaData()));
    }

    private Batch batch(UnitOfWork<?> unitOfWork) {
        return unitOfWork.getOrComputeResource(toString(), key -> {
            Batch batch = new Batch(new ViewRows<>(
                    table,
                    DataSourceUtils.getConnection(views),
                    generationOf(generations.of(name()).orElseThrow())));
            unitOfWork.onPrepareCommit(committing -> batch.write());
            unitOfWork.afterCommit(committed -> changes.committed(batch.rows.changed()));
            return batch;
        });
    }

    private long generationOf(Generations.Standing standing) {
        return target == Target.FILLING ? standing.filling() : standing.rebuilding();
    }

    private final class Batch {

        private final ViewRows<S> rows;
        private SQLException fault;

        Batch(ViewRows<S> rows) {
            this.rows = rows;
        }

        void write() {
            try {
                if (fault != null) {
                    throw fault;
                }
                rows.write();
            } catch (SQLException failure) {
                throw new ViewFault(name(), failure);
            }
        }
    }

    @Override
    public String toString() {
        return (target == Target.FILLING ? "projection " : "rebuild of ") + name();
    }
}
