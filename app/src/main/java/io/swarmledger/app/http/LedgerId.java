package io.swarmledger.app.http;

import io.swarmledger.app.log.sqlite.LogFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which ledger this is. */
@Component
class LedgerId {

    private final String value;

    LedgerId(LogFile log) {
        value = JdbcClient.create(log.readers())
                .sql("SELECT ledgerId FROM Ledger")
                .query(String.class)
                .single();
    }

    @Override
    public String toString() {
        return value;
    }
}
