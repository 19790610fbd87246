package io.swarmledger.app;

import io.swarmledger.app.http.HttpDoor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The application that a person starts: the ledger's auto-configuration and the service's doors. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(HttpDoor.class)
public class SwarmLedgerApplication {}
