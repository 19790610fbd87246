package io.swarmledger.app.faults;

import io.swarmledger.app.ChildJvm;
import io.swarmledger.app.SwarmLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A command in a process of its own, as a person starts it at a terminal: Ctrl-C ends it. */
final class CommandProcess extends ChildProcess {

    /** Whoever is started in the background ignores SIGINT, and so would whatever it starts. */
    private static final String[] AT_A_TERMINAL = {"env", "--default-signal=INT"};

    private final List<String> said = new ArrayList<>();

    private CommandProcess(ProcessBuilder command) {
        super(command);
        listen();
    }

    /** Whether this machine can start one so. */
    static boolean canStart() {
        return Mounts.succeeds(AT_A_TERMINAL[0], AT_A_TERMINAL[1], "true");
    }

    static CommandProcess run(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(AT_A_TERMINAL));
        command.addAll(ChildJvm.command(SwarmLedger.class, "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new CommandProcess(new ProcessBuilder(command));
    }

    @Override
    synchronized void note(String line) {
        said.add(line);
    }

    /** What it has said so far. */
    synchronized List<String> said() {
        return List.copyOf(said);
    }

    /** Waits until it has said a line that ends so. */
    CommandProcess saying(String end) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .failFast(() -> {
                    if (!isAlive()) {
                        throw new AssertionError("it has ended: " + this);
                    }
                })
                .until(() -> said().stream().anyMatch(line -> line.endsWith(end)));
        return this;
    }

    /** Ctrl-C; waits for the end. */
    CommandProcess interrupt() {
        if (!Mounts.succeeds("kill", "-INT", String.valueOf(pid()))) {
            throw new AssertionError("no signal reaches " + this);
        }
        ended();
        return this;
    }

    @Override
    public String toString() {
        return "process " + pid() + ", which said:\n" + String.join("\n", said());
    }
}
