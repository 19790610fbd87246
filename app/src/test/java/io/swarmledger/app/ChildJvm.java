package io.swarmledger.app;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * How a test starts Java in a process of its own, with the classes that it has itself. Many tests start many, and most of a
 * start is the loading of libraries: the machine keeps those once for all of them.
 */
public final class ChildJvm {

    private static final Logger LOG = LoggerFactory.getLogger(ChildJvm.class);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JARS = parts(part -> part.endsWith(".jar"));

    /** Jars first: what is kept is of these alone, and only for who has them in that order at the beginning. */
    private static final String CLASS_PATH = JARS + File.pathSeparator + parts(part -> !part.endsWith(".jar"));

    private static final Path KEPT = Path.of(
                    "target",
                    "libraries-" + UUID.nameUUIDFromBytes((JARS + Runtime.version()).getBytes(StandardCharsets.UTF_8))
                            + ".jsa")
            .toAbsolutePath();

    private static boolean isTried;

    private ChildJvm() {}

    private static String parts(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The command that runs {@code main}; behind it comes what that is told. */
    public static List<String> command(Class<?> main, String... options) {
        keepLibraries();
        List<String> command = new ArrayList<>(List.of(JAVA));
        if (Files.exists(KEPT)) {
            command.add("-XX:SharedArchiveFile=" + KEPT);
        }
        return ending(command, main.getName(), options);
    }

    /** The same, of one that needs little. */
    public static List<String> small(Class<?> main, String... options) {
        return ending(new ArrayList<>(List.of(JAVA)), main.getName(), options);
    }

    private static List<String> ending(List<String> command, String main, String... options) {
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", CLASS_PATH, main));
        return command;
    }

    private static synchronized void keepLibraries() {
        if (isTried || Files.exists(KEPT)) {
            return;
        }
        isTried = true;
        try {
            Path workplace = Files.createTempDirectory(KEPT.getParent(), "libraries-");
            Path classes = workplace.resolve("classes");
            run(
                    workplace,
                    List.of(
                            workplace.resolve("ledger").toString(),
                            Path.of("src", "test", "resources", "claude-code")
                                    .toAbsolutePath()
                                    .toString()),
                    ending(
                            new ArrayList<>(List.of(JAVA)),
                            "io.swarmledger.app.cli.Rehearsal",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:DumpLoadedClassList=" + classes));
            run(
                    workplace,
                    List.of(),
                    List.of(
                            JAVA,
                            "-Xshare:dump",
                            "-XX:SharedClassListFile=" + classes,
                            "-XX:SharedArchiveFile=" + workplace.resolve("archive"),
                            "-cp",
                            JARS));
            Files.move(workplace.resolve("archive"), KEPT);
            FileSystemUtils.deleteRecursively(workplace);
        } catch (IOException | InterruptedException none) {
            LOG.warn("Every process that a test starts loads its libraries itself", none);
        }
    }

    private static void run(Path workplace, List<String> told, List<String> command)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(told);
        Path said = workplace.resolve("said");
        int code = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(Files.readString(said));
        }
    }
}
