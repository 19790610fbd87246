package io.swarmledger.app;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The application that a person starts: a ledger and its service, as their auto-configurations have them. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        // The ledger opens its own files: whatever driver lies beside it, there is no other database.
        excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
public class SwarmLedgerApplication {}
