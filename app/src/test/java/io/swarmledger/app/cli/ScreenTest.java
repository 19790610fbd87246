package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.app.ChildJvm;
import io.swarmledger.app.SwarmLedger;
import io.swarmledger.app.text.FittedTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn is for whoever looks at it, and as wide as they see. */
class ScreenTest {

    private static final List<ColumnData<String>> COLUMNS = List.of(
            Output.id("ID", text -> text),
            Output.column("TEXT", text -> text + text + text),
            Output.number("NUMBER", text -> 1_234_567L));

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 79, 80, 120})
    void aTableIsNoWiderThanItsTerminalAndCutsNoNumber(int width) {
        List<String> rows = List.of("agent-1", "a-much-longer-id-than-that-of-any-other-agent", "x");

        String table = FittedTable.of(rows, COLUMNS, width);

        assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        assertThat(table.lines().skip(1).filter(line -> line.contains("1,234,567")))
                .hasSize(rows.size());
    }

    @Test
    void whereThereIsRoomNothingIsCut() {
        assertThat(FittedTable.of(List.of("agent-1"), COLUMNS, 200)).contains("agent-1agent-1agent-1");
    }

    @Test
    void nothingIsDrawnOnADumbTerminalOrWhereAProgramBuilds() {
        assertThat(Screen.isDrawnOn(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Screen.isDrawnOn(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Screen.isDrawnOn(Map.of())).isFalse();
        assertThat(Screen.isDrawnOn(Map.of("TERM", "xterm", "CI", "true"))).isFalse();
    }

    /** {@code script} gives a process a terminal. */
    @Test
    void aBarIsDrawnOnATerminalAndNotInAPipe() throws Exception {
        Path ledger = home.resolve("ledger");
        List<String> verify = ChildJvm.command(SwarmLedger.class, "-XX:TieredStopAtLevel=1");
        verify.addAll(List.of("verify", "--data", ledger.toString()));
        String demo = String.join(" ", verify);
        Terminal.run("demo", "--tasks", 3, "--data", ledger).succeeded();

        assertThat(run("bash", "-c", demo)).contains("ok").doesNotContain("verify");
        Assumptions.assumeTrue(Path.of("/usr/bin/script").toFile().canExecute(), "script gives terminals");
        assertThat(run("script", "-qec", demo, "/dev/null")).contains("ok", "verify");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().remove("CI");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }
}
