package io.swarmledger.app.cli;

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
            description = "The address. Default: ${DEFAULT-VALUE}, which only this machine reaches")
    private String address;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
        OpenLedger ledger = OpenLedger.serving(data, address, port);
        spec.commandLine()
                .getErr()
                .println("The ledger in " + data.directory + " is served at http://" + address + ":" + ledger.port()
                        + "/");
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            ledger.close();
        }
        return 0;
    }
}
