package io.swarmledger.app.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class SqliteTransactionsTest {

    @TempDir
    Path directory;

    private HikariDataSource writer;
    private TransactionTemplate transactions;
    private JdbcClient own;
    private JdbcClient others;

    @BeforeEach
    void open() {
        Path file = directory.resolve("any.db");
        HikariConfig config = new HikariConfig();
        config.setDataSource(SqliteConnections.rebuildable(file));
        config.setMaximumPoolSize(1);
        writer = new HikariDataSource(config);
        transactions = new TransactionTemplate(new SqliteTransactions(writer));
        own = JdbcClient.create(writer);
        others = JdbcClient.create(SqliteConnections.rebuildable(file).waitingAtMost(0));
        own.sql("CREATE TABLE One (id INTEGER PRIMARY KEY)").update();
        own.sql("CREATE TABLE Other (one INTEGER REFERENCES One (id) DEFERRABLE INITIALLY DEFERRED)")
                .update();
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private long ones() {
        return others.sql("SELECT count(*) FROM One").query(Long.class).single();
    }

    @Test
    void whatIsCommittedHoldsTheFileNoLonger() {
        transactions.executeWithoutResult(status -> {
            own.sql("INSERT INTO One VALUES (1)").update();
            assertThatThrownBy(() -> others.sql("INSERT INTO One VALUES (2)").update())
                    .as("within it")
                    .isInstanceOf(DataAccessException.class);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    others.sql("INSERT INTO One VALUES (2)").update();
                }
            });
        });

        assertThat(ones()).isEqualTo(2);
    }

    @Test
    void whatCannotBeCommittedIsUndoneAndTheNextIsOneOfItsOwn() {
        for (int round = 1; round <= 2; round++) {
            assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                        own.sql("INSERT INTO One VALUES (1)").update();
                        own.sql("INSERT INTO Other VALUES (7)").update();
                    }))
                    .isInstanceOf(TransactionSystemException.class)
                    .rootCause()
                    .hasMessageContaining("FOREIGNKEY");
            others.sql("DELETE FROM One").update();
            assertThat(ones()).isZero();
        }
        transactions.executeWithoutResult(
                status -> own.sql("INSERT INTO One VALUES (1)").update());
        assertThat(ones()).isEqualTo(1);
    }

    @Test
    void whatIsGivenUpIsUndone() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    own.sql("INSERT INTO One VALUES (1)").update();
                    throw new IllegalStateException("given up");
                }))
                .hasMessage("given up");

        others.sql("INSERT INTO One VALUES (1)").update();
        assertThat(ones()).isEqualTo(1);
    }
}
