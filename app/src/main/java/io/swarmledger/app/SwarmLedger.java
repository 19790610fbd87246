package io.swarmledger.app;

import io.swarmledger.app.cli.CommandLineTool;

/** Where the program begins. */
public final class SwarmLedger {

    private SwarmLedger() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineTool.run(arguments));
    }
}
