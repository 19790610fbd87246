package io.swarmledger.app.cli;

import io.swarmledger.app.text.FittedTable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The terminal that somebody sits at, if there is one: not behind a pipe, a file or a program that builds. */
final class Screen {

    private static final Path STDOUT = Path.of("/proc/self/fd/1");
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private static final int NARROWEST = 40;

    private Screen() {}

    /** Whether what is drawn over again on stderr is seen as it is meant. */
    static boolean draws() {
        return isDrawnOn(System.getenv()) && isTerminal(STDERR);
    }

    static boolean isDrawnOn(Map<String, String> environment) {
        String terminal = environment.get("TERM");
        return terminal != null && !terminal.isEmpty() && !terminal.equals("dumb") && !environment.containsKey("CI");
    }

    /** How many characters a line of stdout may have. */
    static int width() {
        return isTerminal(STDOUT) ? width(System.getenv("COLUMNS")) : FittedTable.UNBOUNDED;
    }

    private static int width(String columns) {
        String given = columns == null ? askTerminal() : columns;
        try {
            return Math.max(NARROWEST, Integer.parseInt(given.strip()));
        } catch (NumberFormatException unknown) {
            return FittedTable.UNBOUNDED;
        }
    }

    /** Java does not know it. */
    private static String askTerminal() {
        try {
            Process size = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectErrorStream(true)
                    .start();
            String[] rowsAndColumns = new String(size.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            return size.waitFor(1, TimeUnit.SECONDS) && rowsAndColumns.length == 2 ? rowsAndColumns[1] : "";
        } catch (IOException none) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException otherSystem) {
            return System.console() != null;
        }
    }
}
