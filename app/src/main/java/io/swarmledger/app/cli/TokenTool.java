package io.swarmledger.app.cli;

import com.github.freva.asciitable.ColumnData;
import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.door.Shown;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Each of its commands works beside a running service, which honours what they did at once. */
@Command(
        name = "token",
        description = "Tokens of a service that others reach; once there is one, every request needs one.",
        subcommands = CommandLine.HelpCommand.class,
        mixinStandardHelpOptions = true)
final class TokenTool implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: create, revoke or list");
    }

    @Command(
            name = "create",
            description = "Makes a token and prints it, this once: only its hash is kept.",
            mixinStandardHelpOptions = true)
    void create(
            @Parameters(paramLabel = "NAME", description = "Its holder's events are recorded under it.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            description = "${COMPLETION-CANDIDATES}: a reader asks, a writer sends commands and events"
                                    + " too, an operator works on the ledger itself too")
                    Role role,
            @Mixin DataOption data) {
        TokenFile tokens = tokensOf(data);
        String secret = tokens.create(name, role, Clock.systemUTC());
        spec.commandLine().getOut().println(secret);
        spec.commandLine().getOut().flush();
        spec.commandLine()
                .getErr()
                .println("The token of " + role + " " + name + ", in " + tokens.path()
                        + ". Send it in the header Authorization: Bearer");
    }

    @Command(name = "revoke", description = "Takes a token away.", mixinStandardHelpOptions = true)
    void revoke(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data) {
        TokenFile tokens = tokensOf(data);
        tokens.revoke(name);
        spec.commandLine()
                .getErr()
                .println("There is no token " + Shown.text(name) + " any more"
                        + (tokens.list().isEmpty()
                                ? "; it was the last one, and nobody is let in until there is another. Delete "
                                        + tokens.path() + " and start the service again to open it to everybody here"
                                : ""));
    }

    @Command(name = "list", description = "Names the tokens.", mixinStandardHelpOptions = true)
    void list(@Option(names = "--json", description = "Print them as JSON.") boolean json, @Mixin DataOption data) {
        List<Listed> tokens = tokensOf(data).list().stream()
                .map(token -> new Listed(token.name(), token.role(), token.createdAt()))
                .toList();
        Output output =
                new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
        if (json) {
            output.json(tokens);
        } else {
            output.table(tokens, COLUMNS);
        }
    }

    /** What of a token is shown. */
    private record Listed(String name, Role role, long createdAt) {}

    private static final List<ColumnData<Listed>> COLUMNS = List.of(
            Output.id("TOKEN", Listed::name), Output.column("ROLE", Listed::role), Output.time("CREATED", token ->
                    (double) token.createdAt()));

    private TokenFile tokensOf(DataOption data) {
        if (data.directory.equals(LedgerDirectory.IN_MEMORY)) {
            throw new ParameterException(
                    spec.commandLine(), "A ledger in memory has no tokens: name a directory with --data");
        }
        return new TokenFile(new LedgerFiles(Path.of(data.directory)));
    }
}
