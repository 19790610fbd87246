package io.swarmledger.app.log.sqlite;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * After a busy {@code BEGIN} the driver believes that its connection is in a transaction, and what follows would be
 * committed statement by statement. Such a connection is thrown away.
 */
public class EvictWhenBusy implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return SqliteErrors.isBusy(failure)
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
