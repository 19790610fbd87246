package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.token.TokenFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
    public Integer call() throws UnknownHostException {
        InetAddress bound = InetAddress.getByName(address);
        if (!bound.isLoopbackAddress()) {
            new TokenFile(new LedgerFiles(Path.of(data.directory))).requireAny(address);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
        OpenLedger ledger = OpenLedger.serving(data, address, port, logFormat);
        spec.commandLine()
                .getErr()
                .println("The ledger in " + data.directory + " is served at http://" + address + ":" + ledger.port()
                        + "/");
        FirstLook.at(bound, ledger.port());
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            ledger.close();
        }
        return 0;
    }
}
