package io.swarmledger.app.view;

import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.InOrder;
import io.swarmledger.query.view.Projection;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Begins rebuilds, goes on with those that were killed half way, and gives them up. */
final class Rebuilds {

    /** A rebuild's own dead letters wait under this name until they replace the live ones. */
    private static final String SHADOW = ".rebuild";

    private final Projections projections;
    private final Generations generations;
    private final JdbcClient views;
    private final EventStorageEngine log;
    private final Serializer serializer;
    private final TransactionManager transactions;
    private final DeadLetters deadLetters;

    Rebuilds(
            Projections projections,
            DataSource views,
            EventStorageEngine log,
            Serializer serializer,
            TransactionManager transactions,
            DeadLetters deadLetters) {
        this.projections = projections;
        this.generations = new Generations(views);
        this.views = JdbcClient.create(views);
        this.log = log;
        this.serializer = serializer;
        this.transactions = transactions;
        this.deadLetters = deadLetters;
    }

    /** Where the dead letters of a projection's rebuild wait. */
    static String lettersOf(String projection) {
        return projection + SHADOW;
    }

    /**
     * The rebuild of a replay's projections, which goes on where one of just these was killed.
     *
     * @param stopping whether the process ends
     */
    Rebuild begin(Replay replay, BooleanSupplier stopping) {
        long position = begin(replay.projections());
        return new Rebuild(
                replay,
                replay.projections().stream().map(this::view).toList(),
                generations,
                log,
                serializer,
                transactions,
                position,
                stopping);
    }

    /** What it wrote is swept away later. */
    void abandon(Replay replay) {
        transactions.executeInTransaction(() -> replay.projections().forEach(generations::abandon));
    }

    /** The position that the rebuild goes on from: 0, or where one of the same projections was killed. */
    private long begin(List<String> names) {
        return transactions.fetchInTransaction(() -> {
            List<Long> reached = names.stream()
                    .map(name -> generations.of(name).orElseThrow().rebuiltTo())
                    .distinct()
                    .toList();
            if (reached.size() == 1 && reached.get(0) != null) {
                return reached.get(0);
            }
            names.forEach(name -> {
                generations.rebuild(name);
                views.sql("DELETE FROM DeadLetterEntry WHERE processingGroup = ?")
                        .param(lettersOf(name))
                        .update();
            });
            return 0L;
        });
    }

    private RebuiltView view(String name) {
        Projection<?> projection = projections.of(name).ofRebuild();
        SequencedDeadLetterQueue<EventMessage<?>> letters = deadLetters.of(lettersOf(name));
        return new RebuiltView(
                projection,
                DeadLetteringEventHandlerInvoker.builder()
                        .eventHandlers(projection)
                        .queue(letters)
                        .sequencingPolicy(new InOrder(projection.model()))
                        .transactionManager(transactions)
                        .enableSequenceIdentifierCache()
                        .build(),
                letters.size() > 0);
    }
}
