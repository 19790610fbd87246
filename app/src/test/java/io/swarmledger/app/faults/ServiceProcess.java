package io.swarmledger.app.faults;

import io.swarmledger.app.SwarmLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code serve} in a process of its own, as a person starts it, on a free port. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVED =
            Pattern.compile("The ledger in .* is served at http://127\\.0\\.0\\.1:(\\d+)/");

    private final Process process;
    private final Thread reader;
    private final List<String> said = new ArrayList<>();
    private volatile int port;

    private ServiceProcess(Process process) {
        this.process = process;
        reader = new Thread(this::read, "reader of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Serves the ledger in that directory; returns when it does.
     *
     * @param javaOptions for its JVM, behind those that it always has
     */
    static ServiceProcess on(Path directory, String... javaOptions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        command.addAll(List.of(javaOptions));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SwarmLedger.class.getName(),
                "serve",
                "--port",
                "0",
                "--data",
                directory.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        try {
            return new ServiceProcess(builder.start()).ready();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
            }
        } catch (IOException gone) {
            note(gone.toString());
        }
    }

    private synchronized void note(String line) {
        said.add(line);
        Matcher served = SERVED.matcher(line);
        if (served.matches()) {
            port = Integer.parseInt(served.group(1));
        }
    }

    private ServiceProcess ready() {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(() -> port != 0 || !process.isAlive());
        } catch (RuntimeException tooLate) {
            close();
            throw tooLate;
        }
        if (port == 0) {
            throw new AssertionError("it has ended: " + this);
        }
        return this;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** How many files it may have open from now on; those that it has stay open. */
    boolean limitFiles(int most) {
        return Mounts.succeeds("prlimit", "--pid", String.valueOf(process.pid()), "--nofile=" + most + ":4096");
    }

    /** {@code kill -9}. */
    ServiceProcess kill() {
        process.toHandle().destroyForcibly();
        return ended();
    }

    /** SIGTERM; waits for the end. */
    ServiceProcess terminate() {
        process.toHandle().destroy();
        return ended();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end that comes by itself. */
    ServiceProcess ended() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end: " + this);
            }
            reader.join();
            return this;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public synchronized String toString() {
        return "process " + process.pid() + ", which said:\n"
                + String.join("\n", said.subList(Math.max(0, said.size() - 40), said.size()));
    }

    @Override
    public void close() {
        kill();
    }
}
