package io.swarmledger.app.http.security;

import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether those who have a token are let in: down, with the reason, if the tokens cannot be read. */
@Component
class TokensHealthIndicator implements HealthIndicator {

    private final Tokens tokens;

    TokensHealthIndicator(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Health health() {
        Optional<String> fault = tokens.fault();
        return fault.map(reason -> Health.down().withDetail("reason", reason))
                .orElseGet(Health::up)
                .withDetail("demanded", tokens.areDemanded())
                .build();
    }
}
