package example.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build of it leaves: {@code java @target/coordinator} starts it. */
class CoordinatorIT {

    @Test
    void itStartsWithWhatTheBuildHasLoaded(@TempDir Path directory) throws Exception {
        Path loaded = directory.resolve("loaded.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + loaded,
                        "@target/coordinator",
                        "--swarm-ledger.data=" + directory.resolve("ledger"))
                .redirectErrorStream(true)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.contains("Started CoordinatorApplication")) {
                said.add(line);
                line = lines.readLine();
            }
            assertThat(line).as(String.join("\n", said)).isNotNull();
        } finally {
            process.destroy();
            process.waitFor();
        }

        assertThat(said).hasSizeLessThan(12).allMatch(line -> line.contains(" INFO "));
        assertThat(Files.readString(loaded))
                .contains("example.coordinator.CoordinatorApplication source: shared objects file");
    }
}
