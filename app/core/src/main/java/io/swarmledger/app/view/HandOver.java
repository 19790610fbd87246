package io.swarmledger.app.view;

import io.swarmledger.query.view.Generations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The end of a rebuild: while the live processors pause, it catches up with what they have seen, and generation, token and
 * dead letters change hands in one transaction.
 */
final class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    private final Generations generations;
    private final JdbcClient views;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final EventProcessingConfiguration processors;

    HandOver(
            DataSource views,
            TokenStore tokens,
            TransactionManager transactions,
            EventProcessingConfiguration processors) {
        this.generations = new Generations(views);
        this.views = JdbcClient.create(views);
        this.tokens = tokens;
        this.transactions = transactions;
        this.processors = processors;
    }

    /**
     * Whether a projection can be handed over at all.
     *
     * @throws ReplayRefused if its processor cannot be reset
     */
    void requirePossible(String projection) {
        if (!processorOf(projection).supportsReset()) {
            throw new ReplayRefused("The event processor " + projection + " cannot be reset");
        }
    }

    /**
     * Puts what was rebuilt in the place of what queries read, unless the replay is given up.
     *
     * @param stopping whether the process ends: then the processors stay as they are
     */
    void run(Replay replay, Rebuild rebuild, BooleanSupplier stopping) {
        Map<String, StreamingEventProcessor> paused = replay.projections().stream()
                .collect(Collectors.toMap(name -> name, this::processorOf, (one, other) -> one, LinkedHashMap::new));
        paused.values().removeIf(processor -> !processor.isRunning());
        paused.values().forEach(StreamingEventProcessor::shutDown);
        try {
            long reached = rebuild.follow();
            if (!replay.isCancelled()) {
                transactions.executeInTransaction(() -> replay.projections().forEach(name -> takePlace(name, reached)));
                replay.tookPlace();
            }
        } finally {
            if (!stopping.getAsBoolean()) {
                startAgain(paused);
            }
        }
    }

    /** Each of them, whatever another one fails at. */
    private static void startAgain(Map<String, StreamingEventProcessor> paused) {
        paused.forEach((name, processor) -> {
            try {
                processor.start();
            } catch (RuntimeException | Error failure) {
                LOG.error("The event processor {} does not start again", name, failure);
            }
        });
    }

    private void takePlace(String name, long reached) {
        generations.adopt(name);
        for (int segment : tokens.fetchSegments(name)) {
            tokens.fetchToken(name, segment);
            tokens.storeToken(GapAwareTrackingToken.newInstance(reached, List.of()), name, segment);
            tokens.releaseClaim(name, segment);
        }
        views.sql("DELETE FROM DeadLetterEntry WHERE processingGroup = ?")
                .param(name)
                .update();
        views.sql("UPDATE DeadLetterEntry SET processingGroup = ? WHERE processingGroup = ?")
                .params(name, Rebuilds.lettersOf(name))
                .update();
    }

    private StreamingEventProcessor processorOf(String name) {
        return processors
                .eventProcessor(name, StreamingEventProcessor.class)
                .orElseThrow(() -> new ReplayRefused("There is no streaming event processor " + name));
    }
}
