package io.swarmledger.app.wiring;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.view.ProcessorsFile;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;

/** Event processors of the application: what it has of its own, and what the ledger has for them where it has none. */
class ProcessorWiring {

    @Bean
    ProcessorsFile ledgerProcessorsFile(LedgerDirectory directory, LogFile log, Serializer serializer) {
        return new ProcessorsFile(directory.files().processors(), log, serializer);
    }

    /** A token store of the application's is the one, however it comes by it: by a bean, or by its data source. */
    @Bean
    ConfigurerModule ledgerTokensOfOthers(
            ObjectProvider<TokenStore> own,
            ObjectProvider<TransactionManager> transactions,
            ObjectProvider<ProcessorsFile> file) {
        return new ConfigurerModule() {

            @Override
            public void configureModule(Configurer configurer) {
                configurer.registerComponent(
                        TokenStore.class,
                        configuration ->
                                own.getIfAvailable(() -> file.getObject().tokens()));
                configurer.registerComponent(
                        TransactionManager.class, configuration -> transactions(own, transactions, file.getObject()));
            }

            /** What the application configures comes later, and holds. */
            @Override
            public int order() {
                return Integer.MIN_VALUE;
            }
        };
    }

    private static TransactionManager transactions(
            ObjectProvider<TokenStore> tokens, ObjectProvider<TransactionManager> own, ProcessorsFile file) {
        TransactionManager found = own.getIfAvailable(NoTransactionManager::instance);
        boolean hasNone = found == NoTransactionManager.INSTANCE && tokens.getIfAvailable() == null;
        return hasNone ? file.transactions() : found;
    }
}
