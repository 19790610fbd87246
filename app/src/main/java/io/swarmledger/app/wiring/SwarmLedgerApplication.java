package io.swarmledger.app.wiring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The application that a person starts: the ledger's auto-configuration and the service's doors. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class SwarmLedgerApplication {}
