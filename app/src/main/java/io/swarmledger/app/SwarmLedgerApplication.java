package io.swarmledger.app;

import io.swarmledger.app.http.HttpDoor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The application that a person starts: the ledger's auto-configuration and the service's doors. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        // Boot would make up a user and print its password.
        exclude = UserDetailsServiceAutoConfiguration.class,
        // The ledger opens its own files: whatever driver lies beside it, there is no other database.
        excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@Import(HttpDoor.class)
public class SwarmLedgerApplication {}
