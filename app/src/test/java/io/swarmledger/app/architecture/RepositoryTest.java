package io.swarmledger.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is committed works on every machine: it names no path of one. */
class RepositoryTest {

    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.{}$-])/(?:home|root|Users|work|farm)/[a-z]", Pattern.CASE_INSENSITIVE);

    @Test
    void noFileNamesAPathOfAMachine() throws IOException {
        assertThat(offendersIn(Path.of("..").toRealPath())).isEmpty();
    }

    @Test
    void aFileThatNamesOneIsFound(@TempDir Path directory) throws IOException {
        Path offender = Files.writeString(directory.resolve("Fixture.java"), "open(\"/" + "home/ada/ledger\")");
        Files.writeString(directory.resolve("innocent.md"), "see docs/home/page and https://example.org/home/x");

        assertThat(offendersIn(directory)).containsExactly(offender);
    }

    private static List<Path> offendersIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of("target", ".git", "node_modules", "ledger-data")
                            .noneMatch(
                                    skipped -> root.relativize(file).toString().contains(skipped + "/")))
                    .filter(RepositoryTest::namesAMachinePath)
                    .toList();
        }
    }

    private static boolean namesAMachinePath(Path file) {
        try {
            return MACHINE_PATH.matcher(Files.readString(file)).find();
        } catch (MalformedInputException binary) {
            return false;
        } catch (IOException failure) {
            throw new IllegalStateException(file + " cannot be read", failure);
        }
    }
}
