package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.token.TokenFile;
import io.swarmledger.app.worker.Standing;
import io.swarmledger.app.worker.Workers;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "Serves the ledger over HTTP until it is stopped.",
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {

    /** The exit code of a service that cannot do its work any more, so that whatever watches it starts it again. */
    static final int LOST = 3;

    private static final long LOOK_MS = 500;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @Mixin
    private LedgerOption data;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "The port; 0 takes a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = {
                "The address. Default: ${DEFAULT-VALUE}, which only this machine reaches.",
                "Any other needs a token first: see token create."
            })
    private String address;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "ecs, logstash or gelf: the service's own log as JSON, a line a message")
    private LogFormat logFormat;

    /** Those that Spring Boot knows. */
    enum LogFormat {
        ecs,
        logstash,
        gelf
    }

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        InetAddress bound = new ListenAddress(spec.commandLine(), address, port).free();
        if (!bound.isLoopbackAddress()) {
            new TokenFile(new LedgerFiles(Path.of(data.directory))).requireAny(address);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Workers.unstarted("swarm-ledger-stop", stopped::countDown));
        OpenLedger ledger = OpenLedger.serving(data, address, port, logFormat);
        spec.commandLine()
                .getErr()
                .println("The ledger in " + data.directory + " is served at http://" + address + ":" + ledger.port()
                        + "/");
        FirstLook.at(bound, ledger.port());
        try {
            Workers workers = ledger.bean(Workers.class);
            while (!stopped.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                Optional<Standing> lost = workers.lost();
                if (lost.isPresent()) {
                    return end(lost.get());
                }
            }
        } catch (InterruptedException interrupted) {
            ledger.close();
        }
        return 0;
    }

    /** What is under way may end, as far as it still can, but not for long. */
    private int end(Standing lost) {
        spec.commandLine()
                .getErr()
                .println("The service ends, and is to be started again, for it lost " + lost.name() + ". "
                        + lost.reason());
        Workers.once("swarm-ledger-end", () -> {
            LockSupport.parkNanos(GRACE_NANOS);
            Runtime.getRuntime().halt(LOST);
        });
        return LOST;
    }
}
