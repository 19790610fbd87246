package io.swarmledger.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.swarmledger.app.cli.CommandLineTool;
import java.lang.management.ManagementFactory;

/** Where the program begins. */
public final class SwarmLedger {

    /** A jar of the class path is an open file, and a connection is one. */
    private static final long FEWEST_FILES = 256;

    private SwarmLedger() {}

    public static void main(String[] arguments) {
        requireFiles();
        System.exit(CommandLineTool.run(arguments));
    }

    /** With fewer it would end somewhere on its way, and say that some class is not there. */
    private static void requireFiles() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() > 0
                && system.getMaxFileDescriptorCount() < FEWEST_FILES) {
            System.err.println("This process may open " + system.getMaxFileDescriptorCount()
                    + " files at once; it needs " + FEWEST_FILES + " at least: ulimit -n " + FEWEST_FILES);
            System.exit(1);
        }
    }
}
