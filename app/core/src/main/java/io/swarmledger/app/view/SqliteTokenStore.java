package io.swarmledger.app.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/**
 * Axon's token store on SQLite, which knows no {@code FOR UPDATE}. Whenever a token moves it says so within the same
 * transaction, so that a view's position is always its token's.
 */
public final class SqliteTokenStore extends JdbcTokenStore {

    /** Told of every token that is stored, inside the transaction that stores it. */
    @FunctionalInterface
    public interface Advance {

        void advance(String processor, long position);
    }

    private final Advance progress;

    public SqliteTokenStore(Builder builder, Advance progress) {
        super(builder);
        this.progress = progress;
    }

    @Override
    public void storeToken(TrackingToken token, String processorName, int segment) {
        super.storeToken(token, processorName, segment);
        if (token != null) {
            token.position().ifPresent(position -> progress.advance(processorName, position));
        }
    }

    @Override
    protected PreparedStatement selectForUpdate(Connection connection, String processorName, int segment)
            throws SQLException {
        return select(connection, processorName, segment, false);
    }
}
