package example.coordinator.review;

import io.swarmledger.Feature;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the ledger is to know of beside agents, tasks, memories and swarms. */
@Configuration(proxyBeanMethods = false)
class Reviewing {

    @Bean
    Feature reviews() {
        return Feature.of(Review.DECLARED, ReviewState.MODEL);
    }
}
