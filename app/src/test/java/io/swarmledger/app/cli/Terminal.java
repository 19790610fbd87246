package io.swarmledger.app.cli;

import io.swarmledger.events.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Runs command lines as a person or a script does, and keeps what they print. */
public final class Terminal {

    private Terminal() {}

    /** What a command left behind. */
    public record Result(int exitCode, String out, String err) {

        public JsonNode json() {
            return Json.mapper().readTree(out);
        }

        public Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("Exit code " + exitCode + ": " + err);
            }
            return this;
        }
    }

    public static Result run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        CommandLine commandLine =
                CommandLineTool.commandLine(words).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(words);
        commandLine.getOut().flush();
        return new Result(exitCode, out.toString(), err.toString());
    }
}
