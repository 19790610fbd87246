package example.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.commands.Appended;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import java.nio.file.Path;
import java.util.Arrays;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class CoordinatorTest {

    @Test
    void whatItRecordsIsThereAndItsStartIsQuietAndOpensNoPort(@TempDir Path directory, CapturedOutput output) {
        try (ConfigurableApplicationContext application =
                SpringApplication.run(CoordinatorApplication.class, "--swarm-ledger.data=" + directory)) {
            Appended done = application.getBean(Coordinator.class).haveDone("agent-1", "task-1", "Build it");

            AgentView agent = application
                    .getBean(QueryGateway.class)
                    .query(AtLeast.position(done.position(), new GetAgent("agent-1")), AgentView.class)
                    .join();
            assertThat(agent.agent().taskCount()).isEqualTo(1);
            assertThat(application.getEnvironment().getProperty("local.server.port")).isNull();
        }
        assertThat(Arrays.stream(output.getAll().split("\n")).filter(line -> line.contains(" INFO ")))
                .hasSizeLessThanOrEqualTo(12);
        assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ");
    }
}
