package io.swarmledger.app.cli;

import io.swarmledger.app.directory.LedgerUnavailable;
import io.swarmledger.app.door.Refusal;
import io.swarmledger.app.door.Shown;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.springframework.beans.BeansException;

/** A failure in one line for whoever typed the command. */
final class Failures {

    private Failures() {}

    static String describe(Throwable failure) {
        Throwable cause = LedgerUnavailable.causeOf(failure)
                .<Throwable>map(unavailable -> unavailable)
                .orElseGet(() -> rootOf(failure));
        String message = Refusal.find(cause).map(Refusal::detail).orElseGet(cause::getMessage);
        return message == null || message.isBlank() ? cause.toString() : Shown.text(message);
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
