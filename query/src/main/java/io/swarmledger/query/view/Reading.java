package io.swarmledger.query.view;

import io.swarmledger.query.Questions;
import io.swarmledger.query.ReadFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads of one file, each from one moment: what several statements say of it fits together. */
public final class Reading {

    private final DataSource readers;
    private final JdbcClient moment;
    private final Function<Throwable, ReadFault> fault;

    /**
     * Reads what is made from the log through these connections.
     *
     * @param readers connections of their own, which nobody writes through
     */
    public Reading(DataSource readers) {
        this(readers, null, ReadFault::ofDerived);
    }

    private Reading(DataSource readers, JdbcClient moment, Function<Throwable, ReadFault> fault) {
        this.readers = readers;
        this.moment = moment;
        this.fault = fault;
    }

    /** The same, of the log itself. */
    public static Reading ofLog(DataSource readers) {
        return new Reading(readers, null, ReadFault::ofLog);
    }

    /** For statements that are each of a moment of their own; of what is made from the log, too. */
    public static JdbcClient statements(DataSource readers) {
        return client(readers, ReadFault::ofDerived);
    }

    /** Reads of a moment that somebody else keeps, however many there are. */
    public static Reading at(JdbcClient moment) {
        return new Reading(null, moment, ReadFault::ofDerived);
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
                answer = statements.apply(client(new OneConnection(connection), fault));
            } catch (RuntimeException | Error failure) {
                end(connection, failure);
                throw failure;
            }
            end(connection);
            return answer;
        } catch (SQLException failure) {
            throw fault.apply(failure);
        } catch (DataAccessException failure) {
            throw fault.apply(failure.getMostSpecificCause());
        }
    }

    /** Whose fault it is shows where it comes up: one moment may be read within another one, of another file. */
    private static JdbcClient client(DataSource connections, Function<Throwable, ReadFault> fault) {
        JdbcTemplate statements = new JdbcTemplate(connections);
        statements.setExceptionTranslator((task, sql, failure) -> {
            throw fault.apply(failure);
        });
        return JdbcClient.create(statements);
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
