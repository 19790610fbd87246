package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BriefRunTest {

    @TempDir
    private Path directory;

    /** In a process of its own: what it says holds as long as the process does. */
    static final class Told {

        public static void main(String[] arguments) throws Exception {
            BriefRun.begin();
            print();
            BriefRun.end();
            System.out.println("then");
            print();
        }

        private static void print() throws Exception {
            System.out.println(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "compilerDirectivesPrint",
                            new Object[0],
                            new String[0]));
        }
    }

    @Test
    void theCompilerIsToldAndNothingIsLeft() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Told.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        String then = said.substring(said.indexOf("then"));
        assertThat(then).doesNotContain("Exclude:true");
        assertThat(said).contains("*.*", "Exclude:true").contains("sun/security/provider/*.*");
        assertThat(said.indexOf("sun/security/provider")).as(said).isLessThan(said.indexOf("Exclude:true"));
        try (var left = Files.list(directory)) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".json"));
        }
    }
}
