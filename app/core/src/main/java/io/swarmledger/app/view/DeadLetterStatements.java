package io.swarmledger.app.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DefaultDeadLetterStatementFactory;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.axonframework.serialization.Serializer;

/**
 * Axon's dead-letter statements, asking for no row where {@code max()} of nothing would be a NULL the driver refuses,
 * and paging by rows: Axon takes a letter's index in its sequence for its place in the list, and so never comes to the
 * eleventh sequence, and tells the letters of one whose first were evicted again and again.
 */
final class DeadLetterStatements extends DefaultDeadLetterStatementFactory<EventMessage<?>> {

    DeadLetterStatements(Serializer serializer) {
        super(DefaultDeadLetterStatementFactory.<EventMessage<?>>builder()
                .genericSerializer(serializer)
                .eventSerializer(serializer));
    }

    @Override
    public PreparedStatement requeueStatement(
            Connection connection, String letter, Cause cause, Instant lastTouched, MetaData diagnostics)
            throws SQLException {
        return super.requeueStatement(connection, letter, cause == null ? null : cut(cause), lastTouched, diagnostics);
    }

    /** As long as that of a letter that was put aside for the first time. */
    private static Cause cut(Cause cause) {
        String message =
                ThrowableCause.truncated(new Throwable(cause.message())).message();
        return new ThrowableCause(cause.type(), message);
    }

    @Override
    public PreparedStatement maxIndexStatement(Connection connection, String processingGroup, String sequenceId)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(
                "SELECT sequenceIndex FROM DeadLetterEntry WHERE processingGroup = ? AND sequenceIdentifier = ?"
                        + " ORDER BY sequenceIndex DESC LIMIT 1");
        select.setString(1, processingGroup);
        select.setString(2, sequenceId);
        return select;
    }

    @Override
    public PreparedStatement claimableSequencesStatement(
            Connection connection, String processingGroup, Instant processingStartedLimit, int offset, int maxSize)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement("SELECT * FROM DeadLetterEntry AS first"
                + " WHERE processingGroup = ? AND sequenceIndex = (SELECT min(sequenceIndex) FROM DeadLetterEntry AS one"
                + " WHERE one.processingGroup = first.processingGroup"
                + " AND one.sequenceIdentifier = first.sequenceIdentifier)"
                + " AND (processingStarted IS NULL OR processingStarted < ?)"
                + " ORDER BY lastTouched, deadLetterIdentifier LIMIT ? OFFSET ?");
        select.setString(1, processingGroup);
        select.setString(2, DateTimeUtils.formatInstant(processingStartedLimit));
        select.setInt(3, maxSize);
        select.setInt(4, offset);
        return select;
    }

    @Override
    public PreparedStatement letterSequenceStatement(
            Connection connection, String processingGroup, String sequenceId, int offset, int maxSize)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement("SELECT * FROM DeadLetterEntry"
                + " WHERE processingGroup = ? AND sequenceIdentifier = ? ORDER BY sequenceIndex LIMIT ? OFFSET ?");
        select.setString(1, processingGroup);
        select.setString(2, sequenceId);
        select.setInt(3, maxSize);
        select.setInt(4, offset);
        return select;
    }
}
