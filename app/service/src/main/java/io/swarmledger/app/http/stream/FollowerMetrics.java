package io.swarmledger.app.http.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How many follow the log, in numbers. */
@Component
class FollowerMetrics implements MeterBinder {

    private final Followers followers;

    FollowerMetrics(Followers followers) {
        this.followers = followers;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("ledger.stream.consumers", followers, Followers::count)
                .description("Consumers of the live stream")
                .register(meters);
    }
}
