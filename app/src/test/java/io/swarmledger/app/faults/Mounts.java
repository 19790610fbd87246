package io.swarmledger.app.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** File systems of a test's own, where this user may mount any. */
final class Mounts {

    /** Runs a process with mounts that nobody else sees and that are gone with it. */
    static final String[] PRIVATE = {"unshare", "--mount"};

    private Mounts() {}

    /** Skips the test where nothing can be mounted. */
    static void required() {
        Assumptions.assumeTrue(
                succeeds("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", System.getProperty("java.io.tmpdir")),
                "this user may not mount a file system here");
    }

    static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
