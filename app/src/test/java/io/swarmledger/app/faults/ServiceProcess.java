package io.swarmledger.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.ChildJvm;
import io.swarmledger.app.SwarmLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code serve} in a process of its own, as a person starts it, on a free port. */
final class ServiceProcess extends ChildProcess {

    /** For who waits for its end: long enough to be asked what it lost. */
    static final String SHORT_NOTICE = "-Dswarm-ledger.loss-notice=8s";

    private static final Pattern SERVED =
            Pattern.compile("The ledger in .* is served at http://127\\.0\\.0\\.1:(\\d+)/");

    private final List<String> said = new ArrayList<>();
    private volatile int port;

    private ServiceProcess(ProcessBuilder command) {
        super(command);
        listen();
    }

    /**
     * Serves the ledger in that directory; returns when it does.
     *
     * @param javaOptions for its JVM, behind those that it always has
     */
    static ServiceProcess on(Path directory, String... javaOptions) {
        return starting(directory, javaOptions).ready();
    }

    /** The same, and does not wait until it does. */
    static ServiceProcess starting(Path directory, String... javaOptions) {
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
        options.addAll(List.of(javaOptions));
        List<String> command = ChildJvm.command(SwarmLedger.class, options.toArray(String[]::new));
        command.addAll(List.of("serve", "--port", "0", "--data", directory.toString()));
        return new ServiceProcess(new ProcessBuilder(command));
    }

    @Override
    synchronized void note(String line) {
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
                    .until(() -> port != 0 || !isAlive());
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

    /** How many files it may have open from now on; those that it has stay open. */
    boolean limitFiles(int most) {
        return Mounts.succeeds("prlimit", "--pid", String.valueOf(pid()), "--nofile=" + most + ":4096");
    }

    /** SIGTERM; waits for the end. */
    @Override
    ServiceProcess terminate() {
        super.terminate().ended();
        return this;
    }

    /** It ends, and all that a person sees of it is one sentence. */
    void assertRefused(String... parts) {
        ended();
        assertThat(exitCode()).as(this::toString).isEqualTo(1);
        assertThat(said)
                .filteredOn(line -> !line.startsWith("Picked up "))
                .singleElement()
                .asString()
                .contains(parts);
    }

    @Override
    public synchronized String toString() {
        return "process " + pid() + ", which said:\n"
                + String.join("\n", said.subList(Math.max(0, said.size() - 40), said.size()));
    }
}
