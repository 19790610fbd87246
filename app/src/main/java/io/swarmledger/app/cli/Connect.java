package io.swarmledger.app.cli;

import io.swarmledger.app.door.Shown;
import io.swarmledger.app.recorder.claudecode.HookSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Has the sessions of another program recorded as they happen. */
@Command(
        name = "connect",
        description = {
            "Has the sessions of Claude Code recorded as they happen: its hooks are posted to a service.",
            "Shows the change of the settings; with --yes it is written. What is there stays."
        },
        mixinStandardHelpOptions = true)
final class Connect implements Callable<Integer> {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,100}");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the service is; ${DEFAULT-VALUE} unless said otherwise.")
    private String url;

    @Option(
            names = "--token",
            paramLabel = "VARIABLE",
            description = "The environment variable that has the token of a writer, where the service demands one. The"
                    + " token itself is in no settings.")
    private String token;

    @Override
    public Integer call() throws Exception {
        String service = service();
        requireVariable();
        connection.change(settings -> settings.connect(service, token));
        PrintWriter err = spec.commandLine().getErr();
        err.println(standing(service));
        err.println("At the start of a session hooks are not sent over HTTP; who wants that start too, and not from the"
                + " first hook on, adds a command to SessionStart:");
        err.println("  " + command(service));
        return 0;
    }

    private String service() {
        String given = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try {
            URI uri = new URI(given);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
                return given;
            }
        } catch (URISyntaxException noAddress) {
            throw new ParameterException(spec.commandLine(), wrongUrl(), noAddress);
        }
        throw new ParameterException(spec.commandLine(), wrongUrl());
    }

    private String wrongUrl() {
        return "--url " + Shown.cell(url, 130) + " is no address of a service, such as http://127.0.0.1:8080";
    }

    private void requireVariable() {
        if (token != null && (!VARIABLE.matcher(token).matches() || token.startsWith("slt_"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--token is no name of an environment variable. A token does not belong into settings: put it into"
                            + " a variable, such as SWARM_LEDGER_TOKEN, and name that");
        }
    }

    /** Whether somebody answers there, and what to do if not. */
    private String standing(String service) throws InterruptedException {
        try {
            HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            HttpResponse<Void> answer = client.send(
                    HttpRequest.newBuilder(URI.create(service + "/api/stats"))
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.discarding());
            if (answer.statusCode() == 401 && token == null) {
                return "The service at " + service
                        + " demands a token: make one with `token create NAME --role writer`,"
                        + " put it into an environment variable, and name that with --token";
            }
            boolean isLedger = answer.headers().firstValue("X-Ledger-Id").isPresent();
            if (isLedger && answer.statusCode() == 404) {
                return "A ledger answers at " + service + ", but not below that path: leave it away";
            }
            return isLedger || answer.statusCode() == 401
                    ? "The service at " + service + " is running"
                    : "What answers at " + service + " is no ledger";
        } catch (IOException nobody) {
            return "No service is running at " + service + ". Start one: java -jar swarm-ledger.jar serve. Until then"
                    + " sessions go on unrecorded; `import ~/.claude/projects` makes up for that";
        }
    }

    private String command(String service) {
        String header = token == null ? "" : " -H \\\"Authorization: Bearer $" + token + "\\\"";
        return "{\"type\": \"command\", \"timeout\": 2, \"command\": \"curl -s -m 2" + header
                + " -H 'Content-Type: application/json' --data-binary @- " + service + HookSettings.DOOR
                + " >/dev/null || true\"}";
    }
}
