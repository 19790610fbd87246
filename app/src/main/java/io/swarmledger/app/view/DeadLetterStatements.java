package io.swarmledger.app.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DefaultDeadLetterStatementFactory;
import org.axonframework.serialization.Serializer;

/** Axon's dead-letter statements, asking for no row where {@code max()} of nothing would be a NULL the driver refuses. */
final class DeadLetterStatements extends DefaultDeadLetterStatementFactory<EventMessage<?>> {

    DeadLetterStatements(Serializer serializer) {
        super(DefaultDeadLetterStatementFactory.<EventMessage<?>>builder()
                .genericSerializer(serializer)
                .eventSerializer(serializer));
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
}
