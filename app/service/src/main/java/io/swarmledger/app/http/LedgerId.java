package io.swarmledger.app.http;

import io.swarmledger.query.log.EventLog;
import org.springframework.stereotype.Component;

/** Which ledger this is. */
@Component
class LedgerId {

    private final String value;

    LedgerId(EventLog log) {
        value = log.ledgerId();
    }

    @Override
    public String toString() {
        return value;
    }
}
