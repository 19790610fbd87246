package io.swarmledger.app.cli;

import io.swarmledger.app.worker.Workers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the pages of a service that has just started, behind whatever else it does: whoever is the first to look at one
 * need not wait until classes are loaded and templates are read. Agents that have waited for the service come first, so it
 * rests longer than it works. It has no token, and is let in no further than anybody.
 */
final class FirstLook implements Runnable {

    static final List<String> PAGES = List.of(
            "/tasks",
            "/tasks/later",
            "/time",
            "/time/later",
            "/",
            "/overview/later",
            "/incidents",
            "/agents",
            "/events",
            "/failures",
            "/run",
            "/memory",
            "/operations");

    static final int TIMES = 2;
    private static final int PATIENCE_MS = 10_000;

    /** How much longer. */
    private static final int REST = 3;

    private final String origin;
    private final int rest;

    private FirstLook(String origin, int rest) {
        this.origin = origin;
        this.rest = rest;
    }

    /** Begins at the service that is bound to that address and port; it ends by itself. */
    static void at(InetAddress address, int port) {
        Workers.once("swarm-ledger-first-look", of(address, port, REST)).setPriority(Thread.MIN_PRIORITY);
    }

    /** The same without a rest, and returns when it has ended. */
    static void look(InetAddress address, int port) {
        of(address, port, 0).run();
    }

    private static FirstLook of(InetAddress address, int port, int rest) {
        InetAddress reached = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        String host = reached.getHostAddress();
        return new FirstLook("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port, rest);
    }

    @Override
    public void run() {
        try {
            for (int time = 0; time < TIMES; time++) {
                for (String page : PAGES) {
                    long begun = System.nanoTime();
                    look(page);
                    LockSupport.parkNanos(rest * (System.nanoTime() - begun));
                }
            }
        } catch (IOException notReached) {
            // It may be behind TLS, or stopping: nothing depends on this.
        }
    }

    private void look(String page) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(origin + page).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MS);
        connection.setReadTimeout(PATIENCE_MS);
        connection.setRequestProperty("Accept", "text/html");
        if (connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST) {
            try (var body = connection.getInputStream()) {
                body.transferTo(OutputStream.nullOutputStream());
            }
        } else {
            connection.disconnect();
        }
    }
}
