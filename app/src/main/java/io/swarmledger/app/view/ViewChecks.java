package io.swarmledger.app.view;

import io.swarmledger.query.view.Generations;
import io.swarmledger.query.view.Reading;
import io.swarmledger.query.view.ViewDifference;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;

/** Folds the log afresh beside a view and compares the two, at a position that both have seen. */
final class ViewChecks {

    private final Projections projections;
    private final Generations generations;
    private final Reading readers;
    private final TransactionManager transactions;
    private final Rebuilds rebuilds;
    private final EventProcessingConfiguration processors;

    ViewChecks(
            Projections projections,
            ViewsFile views,
            TransactionManager transactions,
            Rebuilds rebuilds,
            EventProcessingConfiguration processors) {
        this.projections = projections;
        this.generations = new Generations(views.writer());
        this.readers = new Reading(views.readers());
        this.transactions = transactions;
        this.rebuilds = rebuilds;
        this.processors = processors;
    }

    ViewCheck run(Replay folding, String name, BooleanSupplier stopping) {
        try {
            Rebuild rebuild = rebuilds.begin(folding, stopping);
            rebuild.follow(seenBy(name));
            StreamingEventProcessor processor = processors
                    .eventProcessor(name, StreamingEventProcessor.class)
                    .orElseThrow();
            boolean paused = processor.isRunning();
            if (paused) {
                processor.shutDown();
            }
            try {
                long position = rebuild.follow(seenBy(name));
                if (folding.isCancelled()) {
                    throw new ReplayRefused("The check of " + name + " was cancelled");
                }
                return compare(name, position);
            } finally {
                if (paused && !stopping.getAsBoolean()) {
                    processor.start();
                }
            }
        } finally {
            rebuilds.abandon(folding);
        }
    }

    private ViewCheck compare(String name, long position) {
        return readers.read(moment -> {
            List<ViewDifference> differences = projections.of(name).differencesOfRebuild(moment, ViewCheck.MOST);
            return new ViewCheck(
                    name, differences.isEmpty(), position, projections.of(name).count(moment), differences);
        });
    }

    private long seenBy(String name) {
        return transactions.fetchInTransaction(
                () -> generations.of(name).orElseThrow().position());
    }
}
