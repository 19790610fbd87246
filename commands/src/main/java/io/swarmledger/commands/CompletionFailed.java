package io.swarmledger.commands;

import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;

/**
 * An aggregate of an application's makes nothing that can be recorded of what is asked. Nothing was appended; not who asked
 * is at fault, but what completes it, which is to be mended.
 */
public final class CompletionFailed extends RuntimeException {

    private CompletionFailed(Class<?> aggregate, LedgerEvent asked, String what, Throwable cause) {
        super(
                aggregate.getName() + " completes a " + EventTypes.nameOf(asked) + " " + CommandRefused.plain(what)
                        + ": nothing was written",
                cause);
    }

    static CompletionFailed threw(Class<?> aggregate, LedgerEvent asked, Throwable thrown) {
        return new CompletionFailed(aggregate, asked, "by throwing " + thrown, thrown);
    }

    static CompletionFailed to(Class<?> aggregate, LedgerEvent asked, String what) {
        return new CompletionFailed(aggregate, asked, "to " + what, null);
    }
}
