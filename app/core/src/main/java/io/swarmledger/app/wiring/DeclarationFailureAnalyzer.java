package io.swarmledger.app.wiring;

import io.swarmledger.events.DeclarationRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has an application that cannot start for what it declares say that, and not which beans wanted it. */
final class DeclarationFailureAnalyzer extends AbstractFailureAnalyzer<DeclarationRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, DeclarationRefused refused) {
        return new FailureAnalysis(refused.getMessage(), null, refused);
    }
}
