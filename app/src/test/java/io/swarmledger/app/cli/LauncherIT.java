package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build has put beside the jar: a script, and what it had Java load. */
class LauncherIT {

    private static final Path BUILT = Path.of("target").toAbsolutePath();
    private static final String SCRIPT = "swarm-ledger";
    private static final String JAR = "swarm-ledger.jar";
    private static final String ARCHIVE = Runtime.version().feature() < 25 ? "swarm-ledger.jsa" : "swarm-ledger.aot";
    private static final String OWN_CLASS = CommandLineTool.class.getName();
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    Path directory;

    /** What a start left behind: what it said, and from where it had its classes. */
    private record Start(int exitCode, String out, String err, List<String> classes) {

        /** That nobody can tell whether there was an archive, but by the time. */
        void assertAsAlways(Start plain) {
            assertThat(exitCode).isZero();
            assertThat(out).isEqualTo(plain.out);
            assertThat(err).isEmpty();
        }

        boolean hasKeptClasses() {
            return classes.stream().anyMatch(line -> line.contains(OWN_CLASS + " source: shared objects file"));
        }
    }

    private Start start(Path java, Object... command) throws Exception {
        Path loaded = directory.resolve("loaded.txt");
        Path errors = directory.resolve("errors.txt");
        Files.deleteIfExists(loaded);
        ProcessBuilder builder =
                new ProcessBuilder(Stream.of(command).map(Object::toString).toList()).redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        String err = Files.readString(errors).replaceAll("NOTE: Picked up JDK_JAVA_OPTIONS.*\\R", "");
        return new Start(exitCode, out, err, Files.readAllLines(loaded));
    }

    private Start plain() throws Exception {
        return start(JAVA, JAVA.resolve("bin/java"), "-jar", BUILT.resolve(JAR), "--help");
    }

    /** Only the links: what they lead to is the build's. */
    @AfterEach
    void removeLinks() throws IOException {
        Files.deleteIfExists(directory.resolve("moved/lib"));
        Files.deleteIfExists(directory.resolve("ledger"));
    }

    /** As whoever moves the directory has it, but for the copies of what lies in lib. */
    private Path moved() throws IOException {
        Path moved = Files.createDirectory(directory.resolve("moved"));
        for (String file : List.of(SCRIPT, JAR)) {
            Files.copy(BUILT.resolve(file), moved.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createSymbolicLink(moved.resolve("lib"), BUILT.resolve("lib"));
        return moved;
    }

    @Test
    void theBuildHasKeptWhatAStartLoads() throws Exception {
        Start plain = plain();
        Start start = start(JAVA, BUILT.resolve(SCRIPT), "--help");

        start.assertAsAlways(plain);
        assertThat(start.hasKeptClasses()).isTrue();
        assertThat(plain.hasKeptClasses()).isFalse();
    }

    @Test
    void itIsTheSameByALinkAndWhateverIsAsked() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("ledger"), BUILT.resolve(SCRIPT));

        Start asked = start(JAVA, link, "query", "stats", "--data", directory.resolve("a ledger"));
        Start wrong = start(JAVA, link, "quary");

        assertThat(asked.exitCode()).as(asked.err()).isOne();
        assertThat(asked.err()).contains(directory.resolve("a ledger").toString());
        assertThat(asked.hasKeptClasses()).isTrue();
        assertThat(wrong.exitCode()).isEqualTo(2);
    }

    @Test
    void whatDoesNotFitIsPassedOverWithoutAWord() throws Exception {
        Start plain = plain();
        Path moved = moved();

        start(JAVA, moved.resolve(SCRIPT), "--help").assertAsAlways(plain);
        Files.copy(BUILT.resolve(ARCHIVE), moved.resolve(ARCHIVE));
        Start elsewhere = start(JAVA, moved.resolve(SCRIPT), "--help");
        elsewhere.assertAsAlways(plain);
        assertThat(elsewhere.hasKeptClasses()).isFalse();
        Files.delete(moved.resolve(ARCHIVE));
        Files.writeString(moved.resolve(ARCHIVE), "no archive");
        start(JAVA, moved.resolve(SCRIPT), "--help").assertAsAlways(plain);
    }

    @Test
    void ofAJarOfBeforeNothingIsUsed() throws Exception {
        FileTime built = Files.getLastModifiedTime(BUILT.resolve(JAR));
        Files.setLastModifiedTime(BUILT.resolve(JAR), FileTime.fromMillis(built.toMillis() + 60_000));
        try {
            Start start = start(JAVA, BUILT.resolve(SCRIPT), "--help");

            start.assertAsAlways(plain());
            assertThat(start.hasKeptClasses()).isFalse();
        } finally {
            Files.setLastModifiedTime(BUILT.resolve(JAR), built);
        }
    }

    @Test
    void anotherJavaPassesOverItToo() throws Exception {
        Optional<Path> another = anotherJava();
        assumeTrue(another.isPresent(), "there is no other Java beside " + JAVA);

        Start start = start(another.get(), BUILT.resolve(SCRIPT), "--help");

        start.assertAsAlways(plain());
        assertThat(start.hasKeptClasses()).isFalse();
    }

    private static Optional<Path> anotherJava() throws IOException {
        String ours = System.getProperty("java.version");
        try (Stream<Path> beside = Files.list(JAVA.toRealPath().getParent())) {
            return beside.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> release(home)
                            .filter(known -> !known.contains('"' + ours + '"'))
                            .isPresent())
                    .findFirst();
        }
    }

    private static Optional<String> release(Path home) {
        try {
            return Optional.of(Files.readString(home.resolve("release")));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
