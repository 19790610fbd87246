package io.swarmledger.app.log.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.sqlite.SQLiteConnection;

/**
 * Transactions on connections that write. The driver's commit begins the next one at once, which has the file's lock: a
 * process that is put to sleep before it ends that too would keep everybody else from the file. So each is committed by
 * leaving the driver's mode of transactions, which begins none.
 */
public final class SqliteTransactions extends DataSourceTransactionManager {

    private final Map<Thread, Connection> holders = new ConcurrentHashMap<>();

    public SqliteTransactions(DataSource connections) {
        super(connections);
        // SQLite stays in a transaction whose commit failed, and whoever is next on this connection would be in it too.
        setRollbackOnCommitFailure(true);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        holders.put(
                Thread.currentThread(),
                ((JdbcTransactionObjectSupport) transaction)
                        .getConnectionHolder()
                        .getConnection());
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        holders.remove(Thread.currentThread());
        super.doCleanupAfterCompletion(transaction);
    }

    /** The connection of the transaction that a thread is in; empty if it is in none. */
    public Optional<Connection> heldBy(Thread thread) {
        return Optional.ofNullable(holders.get(thread));
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            connection(status).setAutoCommit(true);
        } catch (SQLException failure) {
            throw translateException("JDBC commit", failure);
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        Connection connection = connection(status);
        try {
            // A pool remembers what it was told last that went well.
            if (!connection.unwrap(SQLiteConnection.class).getAutoCommit()) {
                super.doRollback(status);
                return;
            }
            // The driver has left its mode although the commit failed, and would not hear of a rollback.
            try (Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            }
            connection.setAutoCommit(true);
        } catch (SQLException failure) {
            throw translateException("JDBC rollback", failure);
        }
    }

    private static Connection connection(DefaultTransactionStatus status) {
        return ((JdbcTransactionObjectSupport) status.getTransaction())
                .getConnectionHolder()
                .getConnection();
    }
}
