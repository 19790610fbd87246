package io.swarmledger.app.faults;

import io.swarmledger.app.ChildJvm;
import io.swarmledger.commands.Appended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** A {@link Worker} seen from outside: what it has said so far, and the ways to end it. */
final class WorkerProcess extends ChildProcess {

    private final Map<String, Appended> acknowledged = new HashMap<>();
    private final Map<String, String> faults = new HashMap<>();
    private final Set<String> sent = new HashSet<>();
    private final Map<String, String> refused = new HashMap<>();
    private final List<String> otherLines = new ArrayList<>();
    private final AtomicReference<String> unavailable = new AtomicReference<>();
    private long openedInMillis = -1;

    private WorkerProcess(ProcessBuilder command) {
        super(command);
        listen();
    }

    /** How to start one. */
    static final class Start {

        private final Path directory;
        private final List<String> prefix = new ArrayList<>();
        private final List<String> javaOptions = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dspring.main.banner-mode=off", "-Dlogging.level.root=OFF"));
        private final List<String> properties = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private int clients = 64;

        private Start(Path directory) {
            this.directory = directory;
        }

        Start clients(int number) {
            clients = number;
            return this;
        }

        /** A command that runs the command after it, in other circumstances. */
        Start under(String... command) {
            prefix.addAll(Arrays.asList(command));
            return this;
        }

        /** What bash does first, in the same process. */
        Start afterBash(String script) {
            return under("bash", "-c", script + "; exec \"$@\"", "bash");
        }

        Start java(String... options) {
            javaOptions.addAll(Arrays.asList(options));
            return this;
        }

        Start property(String property) {
            properties.add(property);
            return this;
        }

        Start environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Starts it; {@code run} names what it sends. */
        WorkerProcess run(String run) {
            List<String> command = new ArrayList<>(prefix);
            command.addAll(ChildJvm.command(Worker.class, javaOptions.toArray(String[]::new)));
            command.addAll(List.of(directory.toString(), run, String.valueOf(clients)));
            command.addAll(properties);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            return new WorkerProcess(builder);
        }
    }

    /** A worker on the ledger in that directory, with 64 clients unless told. */
    static Start on(Path directory) {
        return new Start(directory);
    }

    @Override
    synchronized void note(String line) {
        String[] words = line.split(" ");
        if (!words[words.length - 1].equals(".")) {
            otherLines.add(line);
            return;
        }
        switch (words[0]) {
            case "ready" -> openedInMillis = Long.parseLong(words[1]);
            case "sent" -> sent.add(words[1]);
            case "acknowledged" -> acknowledged.put(
                    words[1], new Appended(words[1], words[2], Long.parseLong(words[3]), Long.parseLong(words[4])));
            case "refused" -> refused.put(words[1], words[2]);
            case "fault" -> faults.put(words[1], words[2]);
            case "unavailable" -> unavailable.set(line.substring("unavailable ".length(), line.length() - 2));
            default -> otherLines.add(line);
        }
    }

    /** Waits until it is open and has answered a query. */
    WorkerProcess ready() {
        return until(() -> openedInMillis >= 0);
    }

    /** Waits until so many more commands were acknowledged. */
    WorkerProcess acknowledging(int more) {
        int before = acknowledged().size();
        return until(() -> acknowledged.size() >= before + more);
    }

    /** Waits until a command failed for a fault of that kind. */
    WorkerProcess faulting(String kind) {
        return until(() -> faults.containsValue(kind));
    }

    private WorkerProcess until(java.util.function.BooleanSupplier condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .failFast(() -> {
                    if (!isAlive()) {
                        throw new AssertionError("process " + pid() + " has ended: " + this);
                    }
                })
                .until(() -> {
                    synchronized (this) {
                        return condition.getAsBoolean();
                    }
                });
        return this;
    }

    @Override
    WorkerProcess kill() {
        super.kill();
        return this;
    }

    @Override
    WorkerProcess ended() {
        super.ended();
        return this;
    }

    /** Why it could not open the ledger; {@code null} if it could. */
    String unavailable() {
        return unavailable.get();
    }

    /** What was answered, by event id. */
    synchronized Map<String, Appended> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Ids of commands that a rule refused. */
    synchronized Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    /** Kinds of the faults that were answered instead, by event id. */
    synchronized Map<String, String> faults() {
        return Map.copyOf(faults);
    }

    synchronized Set<String> sent() {
        return Set.copyOf(sent);
    }

    /** Ids of commands that were on their way at the end: nobody knows what became of them. */
    synchronized Set<String> unanswered() {
        Set<String> result = new HashSet<>(sent);
        result.removeAll(acknowledged.keySet());
        result.removeAll(refused.keySet());
        result.removeAll(faults.keySet());
        return result;
    }

    @Override
    public synchronized String toString() {
        return "opened in " + openedInMillis + " ms, " + sent.size() + " sent, " + acknowledged.size()
                + " acknowledged, " + refused.size() + " refused, faults " + new HashSet<>(faults.values())
                + ", unavailable: " + unavailable.get() + ", said:\n"
                + String.join("\n", otherLines.subList(Math.max(0, otherLines.size() - 20), otherLines.size()));
    }
}
