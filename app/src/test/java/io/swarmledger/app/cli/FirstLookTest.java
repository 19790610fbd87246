package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.swarmledger.app.http.HttpLedger;
import java.net.InetAddress;
import java.util.Collection;
import org.junit.jupiter.api.Test;

class FirstLookTest {

    @Test
    void eachPageIsLookedAtAndIsThere() {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            FirstLook.look(InetAddress.getLoopbackAddress(), ledger.port());

            assertThat(requests(ledger)).hasSize(FirstLook.PAGES.size()).allSatisfy(request -> {
                assertThat(request.getId().getTag("status")).isEqualTo("200");
                assertThat(request.count()).isEqualTo(FirstLook.TIMES);
            });
        }
    }

    private static Collection<Timer> requests(HttpLedger ledger) {
        return ledger.bean(MeterRegistry.class).find("http.server.requests").timers();
    }
}
