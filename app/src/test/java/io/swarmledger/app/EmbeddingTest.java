package io.swarmledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.view.Replays;
import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.AssignTask;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.commands.task.CreateTask;
import io.swarmledger.events.Envelope;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import io.swarmledger.query.task.FindTasks;
import io.swarmledger.query.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;

/** The README's lines of coordinator code, run as they stand there. */
class EmbeddingTest {

    @Test
    void theReadmesExampleRuns() throws Exception {
        try (TestLedger ledger = TestLedger.inMemory()) {
            CommandGateway commands = ledger.bean(CommandGateway.class);
            QueryGateway queries = ledger.bean(QueryGateway.class);
            Replays replays = ledger.bean(Replays.class);

            // begin
            Appended spawned = commands.sendAndWait(new SpawnAgent("agent-1", "coder"));
            commands.sendAndWait(new CreateTask("task-1", "implementation", "Build it"));
            Appended assigned = commands.sendAndWait(
                    new AssignTask("agent-1", "task-1"),
                    MetaData.from(
                            Envelope.from("coordinator").causedBy(spawned.id()).toMetaData()));

            long seen = assigned.position();
            AgentView agent = queries.query(AtLeast.position(seen, new GetAgent("agent-1")), AgentView.class)
                    .join();
            FindTasks waiting = FindTasks.all().with(q -> q.status("pending"));
            Page<TaskState> pending = queries.query(AtLeast.position(seen, waiting), PageOf.items(TaskState.class))
                    .join();

            replays.start(List.of("agent-state")).done().join();
            // end

            assertThat(agent.agent().currentTask()).isEqualTo("task-1");
            assertThat(pending.items()).extracting(TaskState::id).containsExactly("task-1");
        }
        assertThat(inReadme()).isEqualTo(inThisTest());
    }

    /** Formatting may break lines elsewhere; the code is the same. */
    private static String inReadme() throws Exception {
        return between(Path.of("../README.md"), "```java\\n", "```");
    }

    private static String inThisTest() throws Exception {
        return between(Path.of("src/test/java/io/swarmledger/app/EmbeddingTest.java"), "// begin\\n", "// end");
    }

    private static String between(Path file, String begin, String end) throws Exception {
        Matcher matcher = Pattern.compile(begin + "(.*?)" + end, Pattern.DOTALL).matcher(Files.readString(file));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1).replaceAll("\\s+", "");
    }
}
