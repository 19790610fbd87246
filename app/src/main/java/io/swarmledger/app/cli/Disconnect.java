package io.swarmledger.app.cli;

import io.swarmledger.app.recorder.claudecode.HookSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes back what {@link Connect} wrote, and nothing else. */
@Command(
        name = "disconnect",
        description = {
            "Takes the hooks that go to a service out of the settings of Claude Code, and nothing else.",
            "Shows the change; with --yes it is written."
        },
        mixinStandardHelpOptions = true)
final class Disconnect implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Override
    public Integer call() throws Exception {
        connection.change(HookSettings::disconnect);
        return 0;
    }
}
