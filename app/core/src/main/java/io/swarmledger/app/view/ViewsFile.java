package io.swarmledger.app.view;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.sqlite.DerivedFile;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteTransactions;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.view.Generations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The read models' file, {@code views.db}: it may be deleted at any time and is then filled from the log again. */
public final class ViewsFile implements AutoCloseable {

    private static final String[] MIGRATIONS = {"classpath:io/swarmledger/query", "classpath:io/swarmledger/app/view"};

    private final HikariDataSource writer;
    private final DerivedFile file;
    private final SqliteTransactions transactions;

    private ViewsFile(HikariDataSource writer, DerivedFile file) {
        this.writer = writer;
        this.file = file;
        this.transactions = new SqliteTransactions(writer);
    }

    /**
     * Opens the views of a log, made or migrated if need be. A file that cannot be used, tells of another ledger or of more
     * than the log holds, or that somebody put a trigger or a table into, is made anew. Nobody else holds the ledger, so
     * whoever claimed a token is dead: the claims are released and no processor waits for them to time out.
     *
     * @param models whose views are in it
     *
     * @throws LedgerUnavailable if that cannot be done
     */
    public static ViewsFile open(Path file, LogFile log, ReadModels models) {
        DerivedFile derived = DerivedFile.open(file, log, new Views(models));
        try {
            return new ViewsFile(writer(file, derived), derived);
        } catch (PoolInitializationException failure) {
            derived.close();
            throw new LedgerUnavailable(file + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    /** Has the file looked after for as long as this is open. */
    public ViewsFile guarded(Workers workers) {
        file.guarded(workers);
        return this;
    }

    /** Whether these views have this program's schema, and not one of before. */
    public static boolean isCurrent(Path file) {
        return DerivedFile.isCurrent(file, MIGRATIONS);
    }

    private record Views(ReadModels models) implements DerivedFile.Content {

        @Override
        public String[] migrations() {
            return MIGRATIONS;
        }

        @Override
        public boolean fits(JdbcClient views, LogStanding log) {
            boolean another = views.sql("SELECT count(*) FROM ViewOf WHERE ledgerId <> ?")
                            .param(log.ledgerId())
                            .query(Long.class)
                            .single()
                    > 0;
            boolean ahead = views.sql("SELECT count(*) FROM Projection WHERE max(position, coalesce(rebuiltTo, 0)) > ?")
                            .param(log.head())
                            .query(Long.class)
                            .single()
                    > 0;
            return !another && !ahead;
        }

        @Override
        public void begin(DataSource connections, LogStanding log) {
            JdbcClient views = JdbcClient.create(connections);
            views.sql("INSERT INTO ViewOf (ledgerId) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM ViewOf)")
                    .param(log.ledgerId())
                    .update();
            views.sql("UPDATE TokenEntry SET owner = NULL").update();
            try {
                OwnViews.become(models.own(), connections);
            } catch (SQLException failure) {
                throw new DataAccessResourceFailureException("The views of the application cannot be made", failure);
            }
            new Generations(connections).initialize(models.projections());
        }
    }

    /** One connection: the processors take turns, and none of them ever meets a busy database. */
    private static HikariDataSource writer(Path file, DerivedFile derived) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("writer of " + file.getFileName());
        config.setDataSource(derived.writer());
        config.setMaximumPoolSize(1);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(60_000);
        config.setExceptionOverride(derived.judge());
        return new HikariDataSource(config);
    }

    /** Connections for the processors. Inside a transaction of {@link #transactions()} it is that transaction's. */
    public DataSource writer() {
        return writer;
    }

    /** Connections for what the ledger itself reads. */
    public DataSource readers() {
        return file.readers();
    }

    /** Connections for questions. */
    public DataSource questions() {
        return file.questions();
    }

    /** That it was removed, written over or found damaged since it was opened, and what to do; empty as long as it was not. */
    public Optional<String> loss() {
        return file.loss();
    }

    public SqliteTransactions transactions() {
        return transactions;
    }

    /** Takes the one connection from a thread that does not give it back: what it has written is undone. */
    public void takeFrom(Thread thread) {
        transactions.heldBy(thread).ifPresent(writer::evictConnection);
    }

    @Override
    public void close() {
        writer.close();
        file.close();
    }
}
