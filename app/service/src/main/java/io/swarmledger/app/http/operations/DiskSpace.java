package io.swarmledger.app.http.operations;

import io.swarmledger.app.directory.LedgerDirectory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.application.DiskSpaceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Watches the disk that the ledger lies on; Boot would watch the one that the process was started from. */
@Configuration(proxyBeanMethods = false)
class DiskSpace {

    @Bean
    DiskSpaceHealthIndicator diskSpaceHealthIndicator(
            LedgerDirectory ledger, @Value("${management.health.diskspace.threshold:100MB}") DataSize threshold) {
        return new DiskSpaceHealthIndicator(ledger.files().directory().toFile(), threshold);
    }
}
