package io.swarmledger.app.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that a test has started: what it says, and the ways to end it. */
abstract class ChildProcess implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Thread reader;

    ChildProcess(ProcessBuilder command) {
        try {
            process = command.redirectErrorStream(true).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        reader = new Thread(this::read, "reader of process " + process.pid());
        reader.setDaemon(true);
    }

    /** Hands over what it says from now on; called once there is somewhere to note it. */
    final void listen() {
        reader.start();
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

    /** It has said a line. */
    abstract void note(String line);

    /** {@code kill -9}; waits for the end, and for everything that it had said by then. */
    ChildProcess kill() {
        // Not the process's own method: it would close the pipe, and what was said last would be lost.
        process.toHandle().destroyForcibly();
        return ended();
    }

    /** SIGTERM. */
    ChildProcess terminate() {
        process.toHandle().destroy();
        return this;
    }

    /** Waits for its end, and for everything that it said. */
    ChildProcess ended() {
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

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
