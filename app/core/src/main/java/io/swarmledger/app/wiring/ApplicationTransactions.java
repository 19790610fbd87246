package io.swarmledger.app.wiring;

import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.query.LedgerQuery;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's transactions, around messages of its own alone: the ledger's commands and queries touch nothing of
 * its database, and would hold a connection of its pool for as long as they wait for the disk or a position.
 */
record ApplicationTransactions(TransactionManager transactions) implements TransactionManager {

    /** Those of the application, or none if it has none. */
    static TransactionManager of(ObjectProvider<TransactionManager> own) {
        TransactionManager transactions = own.getIfAvailable(NoTransactionManager::instance);
        return transactions == NoTransactionManager.INSTANCE ? transactions : new ApplicationTransactions(transactions);
    }

    @Override
    public Transaction startTransaction() {
        return isOfLedger() ? NoTransactionManager.INSTANCE.startTransaction() : transactions.startTransaction();
    }

    private static boolean isOfLedger() {
        if (!CurrentUnitOfWork.isStarted()) {
            return false;
        }
        Object payload = CurrentUnitOfWork.get().getMessage().getPayload();
        return payload instanceof LedgerCommand || payload instanceof LedgerQuery;
    }
}
