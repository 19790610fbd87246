package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.wiring.TestLedger;
import io.swarmledger.commands.Appended;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("T2 a retried command")
class T02RetriedCommandTest {

    @TempDir
    Path directory;

    @Test
    void afterACrashBetweenCommitAndAnswerIsAnsweredAsTheFirstTimeAndIsOneEvent() {
        WorkerProcess worker = WorkerProcess.on(directory)
                .java("-Dfaults.halt.after=COMMIT", "-Dfaults.halt.times=40")
                .run("crash")
                .ended();
        assertThat(worker.exitCode()).as(worker::toString).isEqualTo(Worker.HALTED);
        Green.assertLog(directory, List.of(worker));
        Map<String, Appended> stored = Green.stored(directory);
        Set<String> committedButNotAnswered =
                worker.unanswered().stream().filter(stored::containsKey).collect(Collectors.toSet());
        assertThat(committedButNotAnswered).isNotEmpty();

        try (TestLedger ledger = TestLedger.in(directory)) {
            CommandGateway commands = ledger.bean(CommandGateway.class);
            for (String id : committedButNotAnswered) {
                assertThat(commands.<Appended>sendAndWait(Load.message(id))).isEqualTo(stored.get(id));
                assertThat(commands.<Appended>sendAndWait(Load.message(id))).isEqualTo(stored.get(id));
            }
            worker.acknowledged().forEach((id, first) -> assertThat(commands.<Appended>sendAndWait(Load.message(id)))
                    .isEqualTo(first));
            assertThat(Green.stored(directory)).isEqualTo(stored);
            Green.assertViews(ledger);
        }
    }
}
