package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.door.Refusal;
import io.swarmledger.app.door.Shown;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.springframework.beans.BeansException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.convert.ConversionFailedException;
import picocli.CommandLine;

/** A failure in one line for whoever typed the command. */
final class Failures {

    /** As in HTTP: of what can be asked of no ledger. */
    private static final Set<Integer> WRONG_USAGE = Set.of(400, 422);

    private Failures() {}

    static String describe(Throwable failure) {
        Throwable cause = causeOf(failure);
        if (cause instanceof BindException unbound && unbound.getCause() != null) {
            return Shown.text(reasonOf(unbound));
        }
        String message = Refusal.find(cause).map(Refusal::detail).orElseGet(cause::getMessage);
        return message == null || message.isBlank() ? cause.toString() : Shown.text(message);
    }

    /** Which property it is, and what is wrong with its value. */
    private static String reasonOf(BindException failure) {
        BindException innermost = failure;
        Throwable reason = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause instanceof BindException bind ? bind : innermost;
            reason = cause;
            if (cause instanceof ConversionFailedException unread) {
                return innermost.getName() + ": " + unread.getValue() + " cannot be read"
                        + (unread.getTargetType().getType().isEnum()
                                ? "; it is one of "
                                        + words(unread.getTargetType().getType())
                                : "");
            }
        }
        return innermost.getName() + ": " + reason.getMessage();
    }

    private static String words(Class<?> choices) {
        return Arrays.stream(choices.getEnumConstants())
                .map(one -> one.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    /** Wrong usage is told by what the command line says, or else by what the ledger says of it. */
    static int exitCode(Throwable failure) {
        return Refusal.find(causeOf(failure))
                .filter(refusal -> WRONG_USAGE.contains(refusal.status()))
                .map(refusal -> CommandLine.ExitCode.USAGE)
                .orElse(CommandLine.ExitCode.SOFTWARE);
    }

    private static Throwable causeOf(Throwable failure) {
        return LedgerUnavailable.causeOf(failure)
                .<Throwable>map(unavailable -> unavailable)
                .orElseGet(() -> rootOf(failure));
    }

    /** What went wrong itself, without what merely passed it on. */
    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && passesOn(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean passesOn(Throwable failure) {
        return Refusal.find(failure).isEmpty()
                && (failure instanceof BeansException
                        || failure instanceof CompletionException
                        || failure instanceof ExecutionException
                        || failure.getCause().toString().equals(failure.getMessage()));
    }
}
