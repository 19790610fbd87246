package io.swarmledger.app.bench;

import io.swarmledger.app.SwarmLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;

/** The service as {@code serve} starts it, with all that stands before its endpoints, in a process of its own. */
final class ServedLedger implements AutoCloseable {

    private static final Pattern SERVED = Pattern.compile("is served at http://127\\.0\\.0\\.1:(\\d+)/");
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 60;
    private static final int LOOK_AGAIN_MS = 20;

    private final Process process;
    private final Runnable stop = this::close;
    private final int port;

    private ServedLedger(Process process, Path messages) throws IOException, InterruptedException {
        this.process = process;
        // Registered behind whoever deletes the directory, and so run before.
        SpringApplication.getShutdownHandlers().add(stop);
        try {
            port = awaitPort(messages);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /**
     * A new ledger, served on a free port of the loopback.
     *
     * @param directory there is none yet
     * @throws IllegalStateException with the service's own words, if it does not start
     */
    static ServedLedger in(Path directory) throws IOException, InterruptedException {
        Path messages = directory.resolveSibling(directory.getFileName() + ".messages");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SwarmLedger.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        directory.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(messages.toFile())
                .start();
        return new ServedLedger(process, messages);
    }

    private int awaitPort(Path messages) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            boolean alive = process.isAlive();
            String said = Files.readString(messages);
            Matcher served = SERVED.matcher(said);
            if (served.find()) {
                return Integer.parseInt(served.group(1));
            }
            if (!alive || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("The service did not start: " + said);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        SpringApplication.getShutdownHandlers().remove(stop);
    }
}
