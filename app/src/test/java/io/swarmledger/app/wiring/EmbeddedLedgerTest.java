package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StartAgent;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class EmbeddedLedgerTest {

    @Test
    void aCommandIsAnsweredWithWhereItsEventIs() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SwarmLedgerApplication.class)
                .web(WebApplicationType.NONE)
                .run("--swarm-ledger.data=:memory:")) {
            CommandGateway commands = context.getBean(CommandGateway.class);

            Appended spawned = commands.sendAndWait(new SpawnAgent("agent-1", "coder", "core", List.of("java")));
            Appended started = commands.sendAndWait(new StartAgent("agent-1"));

            assertThat(spawned.position()).isEqualTo(1);
            assertThat(started.version()).isEqualTo(2);
        }
    }
}
