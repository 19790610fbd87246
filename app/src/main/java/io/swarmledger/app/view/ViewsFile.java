package io.swarmledger.app.view;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.swarmledger.app.log.LogFile;
import io.swarmledger.app.log.SqliteConnections;
import io.swarmledger.app.log.SqliteErrors;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The read models' file, {@code views.db}: it may be deleted at any time and is then filled from the log again. */
public final class ViewsFile implements AutoCloseable {

    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final DataSourceTransactionManager transactions;

    private ViewsFile(HikariDataSource writer, HikariDataSource readers) {
        this.writer = writer;
        this.readers = readers;
        this.transactions = new DataSourceTransactionManager(writer);
    }

    /**
     * Opens the views, made or migrated if need be. Nobody else holds the ledger, so whoever claimed a token is dead: the
     * claims are released and no processor waits for them to time out.
     */
    public static ViewsFile open(Path file) {
        SqliteConnections connections = SqliteConnections.rebuildable(file);
        LogFile.migrate(file, connections, "classpath:io/swarmledger/query/view", "classpath:io/swarmledger/app/view");
        releaseClaims(connections);
        return new ViewsFile(writer(file, connections), LogFile.readers(file));
    }

    /** One connection: the processors take turns, and none of them ever meets a busy database. */
    private static HikariDataSource writer(Path file, DataSource connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("writer of " + file.getFileName());
        config.setDataSource(connections);
        config.setMaximumPoolSize(1);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(60_000);
        config.setExceptionOverride(new EvictWhenBusy());
        return new HikariDataSource(config);
    }

    /** Connections for the processors. Inside a transaction of {@link #transactions()} it is that transaction's. */
    public DataSource writer() {
        return writer;
    }

    /** Connections for queries. */
    public DataSource readers() {
        return readers;
    }

    public DataSourceTransactionManager transactions() {
        return transactions;
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
    }

    private static void releaseClaims(DataSource connections) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE TokenEntry SET owner = NULL");
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "The claims on tokens cannot be released: " + failure.getMessage(), failure);
        }
    }

    /**
     * After a busy {@code BEGIN} the driver believes that its connection is in a transaction, and what follows would be
     * committed statement by statement. Such a connection is thrown away.
     */
    static final class EvictWhenBusy implements SQLExceptionOverride {

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return SqliteErrors.isBusy(failure)
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }
}
