package io.swarmledger.app.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * A process that is over within seconds. To compile what it runs as well as can be, and not only quickly, costs it as much
 * time again as it works: it does without. Where the machine cannot be told so, it takes longer and does the same.
 */
final class BriefRun {

    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    /** But for digests and the decoding of text, for which there are instructions of the machine's own. */
    private static final String QUICKLY = "[{match: [\"sun/security/provider/*.*\", \"java/lang/String*.*\","
            + " \"sun/nio/cs/*.*\"], c2: {Exclude: false}}, {match: [\"*.*\"], c2: {Exclude: true}}]";

    private BriefRun() {}

    /** This is one from now on. */
    static void begin() {
        try {
            Path directives = Files.createTempFile("swarm-ledger-compiler", ".json");
            try {
                Files.writeString(directives, QUICKLY);
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName(COMMANDS),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {directives.toString()}},
                                new String[] {String[].class.getName()});
            } finally {
                Files.delete(directives);
            }
        } catch (IOException | JMException | RuntimeException anotherKindOfMachine) {
            // Nothing depends on it.
            return;
        }
    }
}
