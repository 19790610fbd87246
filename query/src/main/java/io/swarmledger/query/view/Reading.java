package io.swarmledger.query.view;

import io.swarmledger.query.Questions;
import io.swarmledger.query.ReadFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads of one file, each from one moment: what several statements say of it fits together. */
public final class Reading {

    private final DataSource readers;
    private final JdbcClient moment;

    /**
     * Reads through these connections.
     *
     * @param readers connections of their own, which nobody writes through
     */
    public Reading(DataSource readers) {
        this(readers, null);
    }

    private Reading(DataSource readers, JdbcClient moment) {
        this.readers = readers;
        this.moment = moment;
    }

    /** Reads of a moment that somebody else keeps, however many there are. */
    public static Reading at(JdbcClient moment) {
        return new Reading(null, moment);
    }

    /**
     * Runs statements that all see the same moment.
     *
     * @throws ReadFault if the file cannot be read
     */
    public <T> T read(Function<JdbcClient, T> statements) {
        if (moment != null) {
            return statements.apply(moment);
        }
        try (Connection connection = readers.getConnection()) {
            connection.setAutoCommit(false);
            T answer;
            try {
                answer = statements.apply(JdbcClient.create(new OneConnection(connection)));
            } catch (RuntimeException | Error failure) {
                end(connection, failure);
                throw failure;
            }
            end(connection);
            return answer;
        } catch (SQLException failure) {
            throw new ReadFault(failure);
        } catch (DataAccessException failure) {
            throw new ReadFault(failure.getMostSpecificCause());
        }
    }

    private static void end(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    /** After some faults SQLite has ended the transaction itself: that is not what was wrong. */
    private static void end(Connection connection, Throwable failure) {
        try {
            end(connection);
        } catch (SQLException ended) {
            failure.addSuppressed(ended);
        }
    }

    /** Asks with each statement whether the question may go on: a thousand small ones may take as long as a large one. */
    private static final class OneConnection extends SingleConnectionDataSource {

        OneConnection(Connection connection) {
            super(connection, true);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Questions.goOn();
            return super.getConnection();
        }
    }
}
