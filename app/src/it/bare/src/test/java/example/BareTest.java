package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.swarmledger.Ledger;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.agent.SpawnAgent;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.agent.AgentView;
import io.swarmledger.query.agent.GetAgent;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareTest {

    @Test
    void aLedgerOpensAndAnswers(@TempDir Path directory) {
        try (Ledger ledger = Ledger.open(directory)) {
            Appended spawned = ledger.commands().sendAndWait(new SpawnAgent("agent-1", "coder"));
            AgentView agent = ledger.queries()
                    .query(AtLeast.position(spawned.position(), new GetAgent("agent-1")), AgentView.class)
                    .join();
            assertEquals("coder", agent.agent().role());
        }
    }

    @Test
    void theCoreIsSmallAndBringsNoDoor() throws Exception {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .filter(jar -> !jar.toString().matches(".*(junit|surefire|opentest4j|apiguardian|jspecify).*"))
                .toList();
        long bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        assertTrue(jars.size() < 60, jars.size() + " jars: " + jars);
        assertTrue(bytes < 34_000_000, bytes + " bytes: " + jars);
        for (String notOfIt : List.of("tomcat", "picocli", "actuator", "progressbar", "thymeleaf", "spring-web")) {
            assertFalse(
                    jars.stream().anyMatch(jar -> jar.getFileName().toString().contains(notOfIt)), notOfIt);
        }
    }
}
