package io.swarmledger.app.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a ledger is asked first, once, in one process: whoever builds the program has the machine keep what that loads, and
 * a start need not load it again. It is no command: {@code Rehearsal DIRECTORY RECORDINGS}, with a directory for a ledger
 * of its own and one that holds {@code projects} and {@code hooks.jsonl} of Claude Code.
 */
final class Rehearsal {

    private final Path ledger;
    private final Path recordings;

    private Rehearsal(Path ledger, Path recordings) {
        this.ledger = ledger;
        this.recordings = recordings;
    }

    public static void main(String[] arguments) throws Exception {
        new Rehearsal(Path.of(arguments[0]), Path.of(arguments[1])).play();
        System.exit(0);
    }

    private void play() throws IOException, InterruptedException {
        run("--help");
        run("import", recordings.resolve("projects").toString(), "--data", ledger.toString());
        for (String what : new String[] {"agents", "tasks", "events", "stats"}) {
            run("query", what, "--data", ledger.toString());
        }
        run("query", "usage", "--by", "tool", "--data", ledger.toString());
        run("incidents", "--data", ledger.toString());
        serve();
    }

    /** Whatever it prints nobody reads; an exit code that is not 0 may be its answer. */
    private static void run(String... arguments) {
        if (CommandLineTool.run(arguments) > 1) {
            throw new IllegalStateException("There is no command " + String.join(" ", arguments));
        }
    }

    private void serve() throws IOException, InterruptedException {
        LedgerOption data = new LedgerOption();
        data.directory = ledger.toString();
        InetAddress here = InetAddress.getLoopbackAddress();
        try (OpenLedger served = OpenLedger.serving(data, here.getHostAddress(), 0, null)) {
            URI api = URI.create("http://" + here.getHostAddress() + ":" + served.port() + "/api/");
            HttpClient client = HttpClient.newHttpClient();
            for (String hook : Files.readAllLines(recordings.resolve("hooks.jsonl"))) {
                send(
                        client,
                        HttpRequest.newBuilder(api.resolve("hooks/claude-code"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(hook)));
            }
            for (String what :
                    new String[] {"agents", "tasks", "events?limit=10", "stats", "incidents", "usage?by=tool"}) {
                send(client, HttpRequest.newBuilder(api.resolve(what)));
            }
            FirstLook.look(here, served.port());
        }
    }

    private static void send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IllegalStateException(request.build().uri() + " is answered with " + status);
        }
    }
}
