package io.swarmledger.app.cli;

import io.swarmledger.app.door.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where a service is to listen, as it was written. */
record ListenAddress(CommandLine commandLine, String address, int port) {

    private static final int HIGHEST_PORT = 65_535;

    /**
     * The address, once it is clear that something can be served there: that is told before a ledger is made or opened.
     *
     * @throws ParameterException if it is no port, or no address of this machine
     */
    InetAddress free() {
        InetAddress bound = resolved();
        requireFree(bound);
        return bound;
    }

    private InetAddress resolved() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ParameterException(
                    commandLine,
                    "--port " + port + " is none: a port is 1 to " + HIGHEST_PORT + ", or 0 for a free one");
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new ParameterException(
                    commandLine, "--bind " + Shown.cell(address, 130) + " is no address that is known here");
        }
    }

    private void requireFree(InetAddress bound) {
        String place = "port " + port + " of " + Shown.cell(address, 130);
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(bound, port));
        } catch (BindException taken) {
            throw isElsewhere(bound)
                    ? new ParameterException(
                            commandLine, "--bind " + Shown.cell(address, 130) + " is no address of this machine")
                    : new IllegalStateException("Nothing can be served at " + place + ": " + taken.getMessage()
                            + ". Name another one with --port");
        } catch (IOException refused) {
            throw new UncheckedIOException("Nothing can be served at " + place, refused);
        }
    }

    private static boolean isElsewhere(InetAddress address) {
        try {
            return !address.isAnyLocalAddress()
                    && !address.isLoopbackAddress()
                    && NetworkInterface.getByInetAddress(address) == null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
