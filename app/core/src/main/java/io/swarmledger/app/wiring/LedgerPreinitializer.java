package io.swarmledger.app.wiring;

import io.swarmledger.app.log.sqlite.LogFile;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Has another thread load what the ledger's files are opened with, while Spring reads how an application is configured. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LedgerPreinitializer implements BackgroundPreinitializer {

    @Override
    public void preinitialize() {
        LogFile.preload();
    }
}
