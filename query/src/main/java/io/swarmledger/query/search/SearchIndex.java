package io.swarmledger.query.search;

import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.Newest;
import io.swarmledger.query.view.ViewFault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the index of words: reads the log in its order, and notes which words are in each event. For one thread. */
public final class SearchIndex implements AutoCloseable {

    /** Of what is written here. A change of what is searched needs another one: files of the old are made anew. */
    public static final int FORMAT = 1;

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

    private static final long BYTES_AT_ONCE = 16L << 20;

    private final DataSource index;
    private final Newest newest;
    private volatile Connection connection;

    /**
     * An index of a log.
     *
     * @param index connections that write its file
     * @param newest what it reads
     */
    public SearchIndex(DataSource index, Newest newest) {
        this.index = index;
        this.newest = newest;
    }

    /**
     * Takes in what the log has behind what was taken in before, in one transaction.
     *
     * @param upTo the position at which it may end: who waits for that one is not kept waiting by what comes meanwhile
     * @param most events, or so; of large ones fewer
     * @return whether there may be more
     * @throws ViewFault if a file cannot be read or written; nothing is taken in then
     */
    public boolean readOn(long upTo, int most) {
        boolean isDone = false;
        try {
            if (connection == null) {
                connection = index.getConnection();
            }
            long position = position();
            List<LogRow> events = newest.behind(position, this);
            boolean mayBeMore = false;
            if (!events.isEmpty()) {
                connection.setAutoCommit(false);
                mayBeMore = read(events, upTo, most);
                connection.setAutoCommit(true);
            }
            isDone = true;
            return mayBeMore;
        } catch (SQLException | RuntimeException failure) {
            throw new ViewFault("search", failure);
        } finally {
            if (!isDone) {
                close();
            }
        }
    }

    private long position() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT position FROM Progress")) {
            return row.getLong(1);
        }
    }

    private boolean read(List<LogRow> first, long upTo, int most) throws SQLException {
        long position = 0;
        long bytes = 0;
        int read = 0;
        int partly = 0;
        List<LogRow> events = first;
        try (PreparedStatement insert = connection.prepareStatement(Field.INSERT)) {
            while (!events.isEmpty() && read < most && bytes < BYTES_AT_ONCE) {
                for (LogRow row : events) {
                    partly += take(row, insert) ? 1 : 0;
                    position = row.position();
                    bytes += row.bytes();
                }
                read += events.size();
                events = position < upTo ? newest.behind(position, this) : List.of();
            }
        }
        try (PreparedStatement reached =
                connection.prepareStatement("UPDATE Progress SET position = ?, partly = partly + ?")) {
            reached.setLong(1, position);
            reached.setInt(2, partly);
            reached.executeUpdate();
        }
        return !events.isEmpty();
    }

    /** Answers whether there is more text in it than is searched. */
    private static boolean take(LogRow row, PreparedStatement insert) throws SQLException {
        EventText text = EventText.of(row);
        int parameter = 1;
        insert.setLong(parameter, row.position());
        for (Field field : Field.values()) {
            parameter++;
            insert.setString(parameter, text.in(field));
        }
        insert.setString(parameter + 1, text.mark());
        insert.executeUpdate();
        return text.isCut();
    }

    /** Closes its connection; what was not committed is rolled back. */
    @Override
    public void close() {
        try (Connection closing = connection) {
            if (closing != null && !closing.getAutoCommit()) {
                closing.rollback();
            }
        } catch (SQLException failure) {
            LOG.debug("Closing the index", failure);
        }
        connection = null;
    }
}
