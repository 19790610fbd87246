package io.swarmledger.app.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

    /** This is one from now on, unless it {@linkplain #end turns out} to be none. */
    static void begin() {
        try {
            Path directives = Files.createTempFile("swarm-ledger-compiler", ".json");
            try {
                Files.writeString(directives, QUICKLY);
                tell("compilerDirectivesAdd", new Object[] {new String[] {directives.toString()}}, String[].class);
            } finally {
                Files.delete(directives);
            }
        } catch (IOException | JMException | RuntimeException anotherKindOfMachine) {
            // Nothing depends on it.
            return;
        }
    }

    /** It lasts longer: from now on all is compiled as always. */
    static void end() {
        try {
            tell("compilerDirectivesClear", new Object[0]);
        } catch (JMException | RuntimeException anotherKindOfMachine) {
            // Then it did not begin either.
            return;
        }
    }

    private static void tell(String command, Object[] arguments, Class<?>... types) throws JMException {
        String[] signature = Stream.of(types).map(Class::getName).toArray(String[]::new);
        ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(COMMANDS), command, arguments, signature);
    }
}
