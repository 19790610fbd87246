package io.swarmledger.app.faults;

import io.swarmledger.app.ChildJvm;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another process that holds the write lock of a file until it is told to let go. */
final class LockHolder implements AutoCloseable {

    private final Process process;

    private LockHolder(Process process) {
        this.process = process;
    }

    public static void main(String[] arguments) throws Exception {
        try (var connection =
                        SqliteConnections.rebuildable(Path.of(arguments[0])).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            System.out.println("held");
            if (System.in.read() >= 0) {
                statement.execute("ROLLBACK");
            }
        }
    }

    static LockHolder of(Path file) {
        List<String> command = ChildJvm.small(LockHolder.class, "-XX:TieredStopAtLevel=1");
        command.add(file.toString());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); !"held".equals(line); line = said.readLine()) {
                if (line == null) {
                    throw new AssertionError("the lock of " + file + " is not to be had");
                }
            }
            return new LockHolder(process);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Lets go, and waits until it has. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }
}
