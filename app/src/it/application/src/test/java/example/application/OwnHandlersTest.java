package example.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.agent.StopAgent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(60)
class OwnHandlersTest {

    @Autowired
    private CommandGateway commands;

    @Autowired
    private EventProcessingConfiguration processors;

    @Autowired
    private JdbcTemplate database;

    private List<String> seen(String processor, String prefix) {
        return database.queryForList(
                "SELECT agent FROM Seen WHERE processor = ? AND agent LIKE ? ORDER BY agent",
                String.class,
                processor,
                prefix + "%");
    }

    private List<String> reasons(String processor, String prefix) {
        return database.queryForList(
                "SELECT DISTINCT why FROM Seen WHERE processor = ? AND agent LIKE ? AND again",
                String.class,
                processor,
                prefix + "%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracking", "pooled"})
    void everyEventComesOnceMoreAfterEachResetWhileOthersAppend(String processor) {
        String agent = processor + "-";
        List<String> agents = IntStream.range(0, 5).mapToObj(i -> agent + i).toList();
        agents.forEach(id -> commands.sendAndWait(new SpawnAgent(id, "coder")));
        await().untilAsserted(() -> assertThat(seen(processor, agent)).isEqualTo(agents));
        assertThat(database.queryForObject(
                        "SELECT count(*) FROM OwnTokens WHERE processorName = ?", Integer.class, processor))
                .isPositive();

        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Integer> appending = CompletableFuture.supplyAsync(() -> {
            int more = 0;
            while (!enough.get() && more < 500) {
                commands.sendAndWait(new SpawnAgent("more-" + agent + more++, "coder"));
            }
            return more;
        });
        for (String why : List.of("at first", "once more")) {
            StreamingEventProcessor own = processors
                    .eventProcessor(processor, StreamingEventProcessor.class)
                    .orElseThrow();
            own.shutDown();
            own.resetTokens(new Seen.Reason(why));
            own.start();
            await().untilAsserted(() -> assertThat(seen(processor, agent)).isEqualTo(agents));
            assertThat(reasons(processor, agent)).containsExactly(why);
        }
        enough.set(true);
        int more = appending.join();
        await().untilAsserted(() -> assertThat(seen(processor, "more-" + agent)).hasSize(more));
    }

    @Test
    void aSubscribingHandlerSendsACommandToTheAggregateOfItsEvent() {
        commands.sendAndWait(new SpawnAgent("prompt", "at once"));

        Appended stopped = commands.sendAndWait(new StopAgent("prompt", "that was quick"));
        assertThat(stopped.version()).isEqualTo(3);
    }
}
