package example.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import example.coordinator.review.ReviewCommand.OpenReview;
import example.coordinator.review.ReviewQueries.FindReviews;
import example.coordinator.review.ReviewState;
import io.swarmledger.commands.Appended;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.memory.GetMemory;
import io.swarmledger.query.memory.MemoryState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
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

    @TempDir
    Path directory;

    private ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--swarm-ledger.data=" + directory));
        arguments.addAll(List.of(more));
        return SpringApplication.run(CoordinatorApplication.class, arguments.toArray(String[]::new));
    }

    @Test
    void whatItRecordsIsThereAndItsStartIsQuietAndOpensNoPort(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start()) {
            Appended done = application.getBean(Coordinator.class).haveDone("agent-1", "task-1", "Build it");

            QueryGateway queries = application.getBean(QueryGateway.class);
            AgentView agent = queries.query(AtLeast.position(done.position(), new GetAgent("agent-1")), AgentView.class)
                    .join();
            assertThat(agent.agent().taskCount()).isEqualTo(1);
            MemoryState note = queries.query(
                            AtLeast.position(done.position() + 1, new GetMemory("result-of-task-1")), MemoryState.class)
                    .join();
            assertThat(note.key()).isEqualTo("task-1");
            Appended reviewed = application
                    .getBean(CommandGateway.class)
                    .sendAndWait(new OpenReview("review-1", "task-1"));
            assertThat(queries.query(
                                    AtLeast.position(reviewed.position(), new FindReviews("open")),
                                    PageOf.items(ReviewState.class))
                            .join()
                            .items())
                    .extracting(ReviewState::taskId)
                    .containsExactly("task-1");
            assertThat(application.getEnvironment().getProperty("local.server.port")).isNull();
        }
        assertThat(Arrays.stream(output.getAll().split("\n")).filter(line -> line.contains(" INFO ")))
                .hasSizeLessThanOrEqualTo(12);
        assertThat(output.getAll()).doesNotContain(" WARN ", " ERROR ");
    }

    @Test
    void whatItMadeOfEventsIsMadeAnewByAReset() {
        try (ConfigurableApplicationContext application = start()) {
            application.getBean(Coordinator.class).haveDone("agent-1", "task-1", "Build it");
            WorkDone work = application.getBean(WorkDone.class);
            await().untilAsserted(() -> assertThat(work.of("agent-1")).isEqualTo(1));

            StreamingEventProcessor processor = application
                    .getBean(EventProcessingConfiguration.class)
                    .eventProcessor("work-done", StreamingEventProcessor.class)
                    .orElseThrow();
            processor.shutDown();
            processor.resetTokens();
            assertThat(work.of("agent-1")).isZero();
            application.getBean(Coordinator.class).haveDone("agent-2", "task-2", "Try it");
            processor.start();

            await().untilAsserted(() -> assertThat(work.of("agent-2")).isEqualTo(1));
            assertThat(work.of("agent-1")).isEqualTo(1);
        }
    }

    @Test
    void itsLedgerIsServedWhenThatIsAskedFor() throws Exception {
        try (ConfigurableApplicationContext application =
                start("--spring.main.web-application-type=servlet", "--server.port=0")) {
            long position =
                    application.getBean(Coordinator.class).haveDone("agent-1", "task-1", "Build it").position();

            String port = application.getEnvironment().getProperty("local.server.port");
            HttpResponse<String> agents = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                                            + "/ledger/api/agents?minPosition=" + position))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(agents.statusCode()).isEqualTo(200);
            assertThat(agents.body()).contains("agent-1");
        }
    }
}
