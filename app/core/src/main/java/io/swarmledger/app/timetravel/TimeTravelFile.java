package io.swarmledger.app.timetravel;

import com.zaxxer.hikari.HikariDataSource;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.sqlite.ForeignSchema;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.query.timetravel.TimeTravelIndex;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The index of all moments, {@code timetravel.db}: it may be deleted at any time and is then made from the log again. It is
 * a file of its own so that making it keeps neither the log's writer nor that of the views waiting.
 */
public final class TimeTravelFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimeTravelFile.class);

    /** Apart from those of the views, which are looked for in all folders of {@code query}. */
    private static final String MIGRATIONS = "classpath:io/swarmledger/timetravel";

    private final SqliteConnections writer;
    private final HikariDataSource readers;
    private final HikariDataSource questions;

    private TimeTravelFile(SqliteConnections writer, HikariDataSource readers, HikariDataSource questions) {
        this.writer = writer;
        this.readers = readers;
        this.questions = questions;
    }

    /**
     * Opens the index of a log. A file that cannot be used, tells of another ledger or of more than the log holds, was
     * written in another format, or has something in it that is not of the ledger, is made anew.
     */
    public static TimeTravelFile open(Path file, LogFile log) {
        SqliteConnections connections = SqliteConnections.rebuildable(file);
        LogStanding standing = log.standing();
        whyUnusable(file, connections, standing).ifPresent(reason -> {
            LOG.warn("{} is made anew from the log: {}", file, reason);
            LogFile.delete(file);
            LogFile.migrate(file, connections, MIGRATIONS);
        });
        JdbcClient.create(connections)
                .sql("INSERT INTO Progress (ledgerId, format, position) SELECT ?, ?, 0"
                        + " WHERE NOT EXISTS (SELECT 1 FROM Progress)")
                .params(standing.ledgerId(), TimeTravelIndex.FORMAT)
                .update();
        return new TimeTravelFile(connections, LogFile.readers(file), LogFile.questions(file));
    }

    /** Whether that index is written as this program writes it, and not as one of before did. */
    public static boolean isCurrent(Path file) {
        return LogFile.isCurrent(file, MIGRATIONS)
                && JdbcClient.create(SqliteConnections.reading(file))
                                .sql("SELECT count(*) FROM Progress WHERE format <> ?")
                                .param(TimeTravelIndex.FORMAT)
                                .query(Long.class)
                                .single()
                        == 0;
    }

    private static Optional<String> whyUnusable(Path file, SqliteConnections connections, LogStanding log) {
        try {
            LogFile.migrate(file, connections, MIGRATIONS);
            boolean fits = JdbcClient.create(connections)
                            .sql("SELECT count(*) FROM Progress WHERE ledgerId <> ? OR format <> ? OR position > ?")
                            .params(log.ledgerId(), TimeTravelIndex.FORMAT, log.head())
                            .query(Long.class)
                            .single()
                    == 0;
            return fits
                    ? Optional.empty()
                    : Optional.of("it is of another format, or no index of this ledger as its log is now");
        } catch (ForeignSchema | LedgerUnavailable | DataAccessException unusable) {
            return Optional.of(unusable.getMessage());
        }
    }

    /** Connections that write it. */
    public DataSource writer() {
        return writer;
    }

    /** Connections for what the ledger itself reads. */
    public DataSource readers() {
        return readers;
    }

    /** Connections for questions. */
    public DataSource questions() {
        return questions;
    }

    @Override
    public void close() {
        readers.close();
        questions.close();
    }
}
