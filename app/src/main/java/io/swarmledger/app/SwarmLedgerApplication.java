package io.swarmledger.app;

import io.swarmledger.app.http.HttpDoor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The application that a person starts: the ledger's auto-configuration and the service's doors. */
@SpringBootConfiguration
// Without the exclusion Boot would make up a user and print its password.
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(HttpDoor.class)
public class SwarmLedgerApplication {}
