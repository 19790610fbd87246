package io.swarmledger.app.http;

import jakarta.servlet.ServletRequest;
import java.util.function.BooleanSupplier;

/** Whether whoever sent a request may still have what it asked for. An answer without end has to look again. */
public final class Welcome {

    private static final String ATTRIBUTE = Welcome.class.getName();

    private Welcome() {}

    /** Notes with a request what tells so. */
    public static void note(ServletRequest request, BooleanSupplier stillWelcome) {
        request.setAttribute(ATTRIBUTE, stillWelcome);
    }

    /** What tells so; of a request that nobody let in, that it may not. */
    public static BooleanSupplier of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier stillWelcome ? stillWelcome : () -> false;
    }
}
