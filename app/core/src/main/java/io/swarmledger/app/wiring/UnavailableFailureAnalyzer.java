package io.swarmledger.app.wiring;

import io.swarmledger.app.directory.LedgerUnavailable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has an application whose ledger cannot be opened say why, and not which beans wanted it. */
final class UnavailableFailureAnalyzer extends AbstractFailureAnalyzer<LedgerUnavailable> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, LedgerUnavailable unavailable) {
        return new FailureAnalysis(unavailable.getMessage(), null, unavailable);
    }
}
