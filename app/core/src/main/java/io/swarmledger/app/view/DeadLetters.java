package io.swarmledger.app.view;

import java.time.Duration;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.axonframework.serialization.Serializer;

/** The dead letters of the projections, in the file of the views. */
public final class DeadLetters {

    /** Nothing else may be put aside for a retry under way; one that a dead process began is free again after it. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final Serializer serializer;

    public DeadLetters(ConnectionProvider connections, TransactionManager transactions, Serializer serializer) {
        this.connections = connections;
        this.transactions = transactions;
        this.serializer = serializer;
    }

    /**
     * Every event that fails is put aside, with why. Axon wraps why a letter failed again once more, and so would tell of
     * its own wrapping instead of the failure: it is given to it as it is, and cut when it is written.
     */
    public static EnqueueDecision<EventMessage<?>> putAside(
            DeadLetter<? extends EventMessage<?>> letter, Throwable failure) {
        return Decisions.enqueue(letter instanceof JdbcDeadLetter ? failure : ThrowableCause.truncated(failure));
    }

    /** The queue of one processing group. It is never full: a letter refused would be a batch tried again for ever. */
    public JdbcSequencedDeadLetterQueue<EventMessage<?>> of(String group) {
        return of(group, Integer.MAX_VALUE);
    }

    /** The same, full at {@code atMost} sequences, and each of them at {@code atMost} letters. */
    JdbcSequencedDeadLetterQueue<EventMessage<?>> of(String group, int atMost) {
        return JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                .processingGroup(group)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .genericSerializer(serializer)
                .eventSerializer(serializer)
                .statementFactory(new DeadLetterStatements(serializer))
                .maxSequences(atMost)
                .maxSequenceSize(atMost)
                .claimDuration(CLAIM)
                .build();
    }
}
