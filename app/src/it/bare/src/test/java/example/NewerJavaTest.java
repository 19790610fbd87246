package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build runs on the oldest Java that the ledger is for; this is on the newest, if that is installed. */
class NewerJavaTest {

    private static final String WANTED = "25";
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");
    private static final List<Path> WHERE = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"),
            Path.of(System.getProperty("user.home"), ".jdks"));

    @Test
    void aLedgerOpensAndAnswersOnJava25(@TempDir Path directory) throws Exception {
        Optional<Path> home = home();
        assumeTrue(home.isPresent(), "No JDK " + WANTED + " in JAVA_HOME_" + WANTED + "_X64, nor in any of " + WHERE);

        Path told = directory.resolve("told");
        Process program = new ProcessBuilder(
                        home.get().resolve("bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpensALedger.class.getName(),
                        directory.resolve("ledger").toString())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        if (!program.waitFor(60, TimeUnit.SECONDS)) {
            program.destroyForcibly();
        }
        String all = Files.readString(told);
        assertEquals(0, program.exitValue(), all);
        assertTrue(all.lines().anyMatch(("coder on Java " + WANTED)::equals), all);
    }

    private static Optional<Path> home() {
        Stream<Path> told = Stream.of("JAVA_HOME_" + WANTED + "_X64", "JAVA_HOME_" + WANTED + "_arm64")
                .map(System::getenv)
                .filter(home -> home != null)
                .map(Path::of);
        Stream<Path> found = WHERE.stream()
                .filter(Files::isDirectory)
                .flatMap(NewerJavaTest::in)
                .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")));
        return Stream.concat(told, found).filter(NewerJavaTest::isWanted).findFirst();
    }

    private static Stream<Path> in(Path directory) {
        try (Stream<Path> homes = Files.list(directory)) {
            return homes.sorted().toList().stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static boolean isWanted(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find()
                    && version.group(1).equals(WANTED)
                    && Files.isExecutable(home.resolve("bin/java"));
        } catch (IOException none) {
            return false;
        }
    }
}
