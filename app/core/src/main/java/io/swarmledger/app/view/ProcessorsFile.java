package io.swarmledger.app.view;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.sqlite.EvictWhenBusy;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.log.sqlite.SqliteTransactions;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How far event processors of the application are that have no token store of its own, {@code processors.db}. It is opened
 * when the first of them needs it. It cannot be made again: without it they begin anew.
 */
public final class ProcessorsFile implements AutoCloseable {

    private final Path file;
    private final LogFile log;
    private final Serializer serializer;
    private Opened opened;

    /**
     * That file of a ledger, which need not be there.
     *
     * @param serializer of tokens, and of what a reset is for
     */
    public ProcessorsFile(Path file, LogFile log, Serializer serializer) {
        this.file = file;
        this.log = log;
        this.serializer = serializer;
    }

    private record Opened(HikariDataSource connections, TransactionTemplate transactions) {}

    /**
     * Where the tokens are.
     *
     * @throws LedgerUnavailable if the file cannot be opened, or tells of another ledger or of more than the log holds
     */
    public TokenStore tokens() {
        Opened now = opened();
        JdbcTokenStore.Builder builder = JdbcTokenStore.builder()
                .connectionProvider(new UnitOfWorkAwareConnectionProviderWrapper(
                        new SpringDataSourceConnectionProvider(now.connections())))
                .serializer(serializer);
        return new TokensInTransactions(new SqliteTokenStore(builder, (processor, position) -> {}), now.transactions());
    }

    /**
     * Transactions of what is done to tokens apart from events, such as a reset, which is all or nothing. A batch of events
     * has none: its handlers may take any time, and no other processor's token waits for them.
     */
    public TransactionManager transactions() {
        return new TransactionManager() {

            @Override
            public Transaction startTransaction() {
                return NoTransactionManager.INSTANCE.startTransaction();
            }

            @Override
            public void executeInTransaction(Runnable task) {
                opened().transactions().executeWithoutResult(transaction -> task.run());
            }

            @Override
            public <T> T fetchInTransaction(Supplier<T> supplier) {
                return opened().transactions().execute(transaction -> supplier.get());
            }
        };
    }

    private synchronized Opened opened() {
        if (opened == null) {
            SqliteConnections connections = SqliteConnections.rebuildable(file);
            LogFile.migrate(file, connections, "classpath:io/swarmledger/app/processors");
            requireFits(connections, log.standing());
            // Nobody else holds the ledger: whoever claimed a token is dead.
            JdbcClient.create(connections)
                    .sql("UPDATE TokenEntry SET owner = NULL")
                    .update();
            HikariDataSource pool = pool(connections);
            opened = new Opened(pool, new TransactionTemplate(new SqliteTransactions(pool)));
        }
        return opened;
    }

    /** One connection: processors take turns for as long as a token takes, and none meets a busy database. */
    private HikariDataSource pool(DataSource connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("writer of " + file.getFileName());
        config.setDataSource(connections);
        config.setMaximumPoolSize(1);
        config.setMaxLifetime(0);
        config.setExceptionOverride(new EvictWhenBusy());
        return new HikariDataSource(config);
    }

    private void requireFits(DataSource connections, LogStanding standing) {
        JdbcClient tokens = JdbcClient.create(connections);
        tokens.sql("INSERT INTO TokensOf (ledgerId) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM TokensOf)")
                .param(standing.ledgerId())
                .update();
        String ledgerId =
                tokens.sql("SELECT ledgerId FROM TokensOf").query(String.class).single();
        if (!ledgerId.equals(standing.ledgerId())) {
            throw unfit("says how far event processors were in another ledger, " + ledgerId);
        }
        long furthest = tokens
                .sql("SELECT token, tokenType FROM TokenEntry WHERE token IS NOT NULL AND processorName <> '__config'")
                .query((row, number) -> positionOf(row.getBytes("token"), row.getString("tokenType")))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        if (furthest > standing.head()) {
            throw unfit("says that event processors have seen position " + furthest + ", and the log ends at "
                    + standing.head());
        }
    }

    private long positionOf(byte[] token, String type) {
        Object read = serializer.deserialize(
                new SimpleSerializedObject<>(token, byte[].class, new SimpleSerializedType(type, null)));
        return read instanceof TrackingToken position ? position.position().orElse(0) : 0;
    }

    private LedgerUnavailable unfit(String what) {
        return new LedgerUnavailable(file + " " + what + ": they would miss events without a word. Delete it, and they"
                + " begin anew, with the first event or where their configuration says");
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.connections().close();
        }
    }
}
